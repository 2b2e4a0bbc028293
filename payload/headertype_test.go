package payload_test

import (
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// A header type that is asked for has to be there: what tells an access token of RFC 9068
// from an ID token of the same issuer and audience.
func TestHeaderType(t *testing.T) {
	const none = `{"alg":"HS256"}`
	of := func(typ string) string { return `{"alg":"HS256","typ":"` + typ + `"}` }
	for _, tt := range []struct {
		asked, header string
		want          error
	}{
		{"at+jwt", of("at+jwt"), nil},
		{"at+jwt", of("AT+JWT"), nil},
		{"at+jwt", of("application/at+jwt"), nil},
		{"application/at+jwt", of("at+jwt"), nil},
		{"at+jwt", none, payload.ErrType},
		{"at+jwt", of("JWT"), payload.ErrType},
		{"at+jwt", of("application/x/at+jwt"), payload.ErrType},
		{"at+jwt", of("logout+jwt"), payload.ErrType},
		{"at+jwt", of(""), payload.ErrMalformed},
		{"at+jwt", `{"alg":"HS256","typ":["at+jwt"]}`, payload.ErrMalformed},
		{"JWT", of("jwt"), nil},
		{"JWT", of("at+jwt"), payload.ErrType},
		{"logout+jwt", of("logout+jwt"), nil},
		{"logout+jwt", of("JWT"), payload.ErrType},
		{"x/y", of("application/x/y"), payload.ErrType}, // two slashes: nothing was left out
		{"application/x/y", of("x/y"), payload.ErrType},
	} {
		v := verifier[Claims](t, payload.WithHeaderType(tt.asked))
		_, err := v.Verify(ctx, mint(t, tt.header, goodBody))
		if tt.want == nil && err != nil || tt.want != nil && refused(t, err) != tt.want {
			t.Errorf("%s, asked for %s: err = %v, want %v", tt.header, tt.asked, err, tt.want)
		}
	}
	// It does not stand for the claim: that is waived by AnyType alone.
	token := mint(t, of("at+jwt"), replace(`"typ":"access",`, ``))
	v := verifier[Claims](t, payload.WithHeaderType("at+jwt"))
	if _, err := v.Verify(ctx, token); refused(t, err) != payload.ErrType {
		t.Errorf("no typ claim: %v", err)
	}
	v = verifier[Claims](t, payload.WithHeaderType("at+jwt"), payload.AnyType())
	if _, err := v.Verify(ctx, token); err != nil {
		t.Errorf("no typ claim, waived: %v", err)
	}
}
