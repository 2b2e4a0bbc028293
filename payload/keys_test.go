package payload_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// What a KeyFunc gives is checked again: it serves the token's algorithm and kid or nothing.
func TestKeyFunc(t *testing.T) {
	mine := hmacKey(t, payload.KeyID("mine"))
	other := must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID("other")))
	long := must[payload.Key](t)(payload.HMACKey(payload.HS512, throwaway(64), payload.KeyID("mine")))
	named := `{"alg":"HS256","kid":"mine"}`
	errDown := errors.New("down")
	for _, tt := range []struct {
		name, header string
		key          payload.Key
		err          error
		want         error
	}{
		{"the key", named, mine, nil, nil},
		{"a key for a token without kid", goodHeader, mine, nil, nil},
		{"an error", named, payload.Key{}, errDown, payload.ErrKeysUnavailable},
		{"an error beside the key", named, mine, errDown, payload.ErrKeysUnavailable},
		{"an error that there is no key", named, mine, fmt.Errorf("of the set: %w", payload.ErrUnknownKey), payload.ErrUnknownKey},
		{"no key", named, payload.Key{}, nil, payload.ErrUnknownKey},
		{"the key of another id", named, other, nil, payload.ErrUnknownKey},
		{"a key without id", named, hmacKey(t), nil, payload.ErrUnknownKey},
		{"a key of another algorithm", named, long, nil, payload.ErrUnknownKey},
	} {
		t.Run(tt.name, func(t *testing.T) {
			type contextKey struct{}
			calls := 0
			find := payload.KeyFunc(func(ctx context.Context, alg payload.Algorithm, kid string, hasKid bool) (payload.Key, error) {
				calls++
				if alg != payload.HS256 || hasKid != (tt.header == named) || hasKid != (kid == "mine") || ctx.Value(contextKey{}) != 1 {
					t.Errorf("asked for %s, %q, %v", alg, kid, hasKid)
				}
				return tt.key, tt.err
			})
			v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](find,
				payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
			_, err := v.Verify(context.WithValue(ctx, contextKey{}, 1), mint(t, tt.header, goodBody))
			if tt.want == nil && err != nil || tt.want != nil && refused(t, err) != tt.want {
				t.Errorf("err = %v, want %v", err, tt.want)
			}
			if tt.want != nil && (!errors.Is(err, payload.ErrUnknownKey) || errors.Is(err, errDown) != (tt.want == payload.ErrKeysUnavailable)) {
				t.Errorf("err = %v, want ErrUnknownKey with what the source said", err)
			}
			if calls != 1 {
				t.Errorf("called %d times", calls)
			}
		})
	}
	_, err := payload.NewVerifier[Claims](payload.KeyFunc(nil), payload.AnyIssuer(), payload.AnyAudience())
	if !errors.Is(err, payload.ErrConfig) {
		t.Errorf("a nil KeyFunc: %v", err)
	}
}
