package rolegrpc

import (
	"errors"

	"github.com/rolespec/rolespec/roles/rolehttp"
	"google.golang.org/grpc/codes"
)

// verdict returns the code and the text of a denial. They are the same for grpc-go and
// for connect-go, whose codes have the same numbers.
func verdict(err error) (codes.Code, string) {
	var denial *rolehttp.DeniedError
	if errors.As(err, &denial) {
		switch denial.Outcome {
		case rolehttp.NoToken:
			return codes.Unauthenticated, "there is no access token"
		case rolehttp.BadRequest:
			return codes.Unauthenticated, "the access token is malformed or sent more than once"
		case rolehttp.InvalidToken:
			return codes.Unauthenticated, "the access token is not valid"
		case rolehttp.Forbidden:
			return codes.PermissionDenied, "the call is not permitted"
		case rolehttp.Unavailable:
			return codes.Unavailable, "the access token could not be verified"
		}
	}
	return codes.Internal, "the call could not be decided"
}
