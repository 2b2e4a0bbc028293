package payloadjwks

import (
	"context"

	"github.com/rolespec/rolespec/payload"
)

// googleAddress is where Google publishes the certificates of its Identity Platform.
const googleAddress = "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"

// Google makes a [Source] of the keys of Google Identity Platform (Firebase
// Authentication), which come as certificates from one fixed address. See [New] for the
// rest; [WithAlgorithm] is an error, as the keys are for RS256.
//
// The ID tokens it issues name the project twice and carry no typ claim:
//
//	payload.NewVerifier[Claims](payload.KeyFunc(source.Key),
//		payload.WithIssuer("https://securetoken.google.com/"+project),
//		payload.WithAudience(project),
//		payload.AnyType())
func Google(ctx context.Context, opts ...Option) (*Source, error) {
	c := newConfig(opts)
	if c.alg != "" {
		c.problem("WithAlgorithm: the keys of Google are for RS256")
	}
	return start(ctx, googleAddress, c, payload.ParseCertificates)
}
