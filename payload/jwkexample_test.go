package payload_test

import (
	"context"
	"fmt"
	"log"

	"github.com/rolespec/rolespec/payload"
)

// examplePublic is the public key of RFC 8037.
const examplePublic = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"2026-01"}`

func ExampleParseJWK() {
	key, err := payload.ParseJWK([]byte(examplePublic))
	fmt.Println(key, key.CanSign(), err)

	_, err = payload.ParseJWK([]byte(`{"kty":"RSA","n":"...","e":"AQAB"}`))
	fmt.Println(err)
	// Output:
	// EdDSA key "2026-01" false <nil>
	// payload: unusable key: the JWK is RSA or oct and has no alg; give WithAlgorithm
}

// What is for something else than signatures is left out of a set.
func ExampleParseJWKS() {
	keys, err := payload.ParseJWKS([]byte(`{"keys":[` + examplePublic + `,{"kty":"RSA","use":"enc","n":"...","e":"AQAB"}]}`))
	fmt.Println(keys, err)
	// Output:
	// [EdDSA key "2026-01"] <nil>
}

func ExampleParsePEM() {
	key, err := payload.ParsePEM(payload.EdDSA, []byte(`
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
`), payload.KeyID("2026-01"))
	fmt.Println(key, err)
	// Output:
	// EdDSA key "2026-01" <nil>
}

// A service publishes what its tokens are verified with.
func ExamplePublicJWKS() {
	key, err := payload.ParseJWK([]byte(examplePublic))
	if err != nil {
		log.Fatal(err)
	}
	set, err := payload.PublicJWKS(key)
	fmt.Println(string(set), err)
	// Output:
	// {"keys":[{"kty":"OKP","use":"sig","alg":"EdDSA","kid":"2026-01","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]} <nil>
}

// Keys that are looked up somewhere else, here in a map.
func ExampleKeyFunc() {
	keys := map[string]payload.Key{}
	find := func(_ context.Context, _ payload.Algorithm, kid string, _ bool) (payload.Key, error) {
		return keys[kid], nil // the zero Key for a kid that is not there: refused
	}
	_, err := payload.NewVerifier[User](payload.KeyFunc(find),
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
	fmt.Println(err)
	// Output:
	// <nil>
}
