package payload_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// issued returns goodBody with another iat, as JSON, or without one.
func issued(iat string) string {
	if iat == "" {
		return replace(`"iat":1767225600,`, ``)
	}
	return replace(`"iat":1767225600`, `"iat":`+iat)
}

// The time is 1767225600, and exp an hour later.
func TestMaxAge(t *testing.T) {
	minute, leeway := payload.WithMaxAge(time.Minute), payload.WithLeeway(10*time.Second)
	for _, tt := range []struct {
		name, body string
		opts       []payload.Option
		want       error
	}{
		{"new", issued("1767225600"), []payload.Option{minute}, nil},
		{"exact", issued("1767225540"), []payload.Option{minute}, nil},
		{"a moment over", issued("1767225539.999999999"), []payload.Option{minute}, payload.ErrTooOld},
		{"over, and exp is far", strings.Replace(issued("1767225539"), "1767229200", "253402300799", 1), []payload.Option{minute}, payload.ErrTooOld},
		{"over by the leeway", issued("1767225530"), []payload.Option{minute, leeway}, nil},
		{"over by more than the leeway", issued("1767225529"), []payload.Option{minute, leeway}, payload.ErrTooOld},
		{"iat 0", issued("0"), []payload.Option{minute}, payload.ErrTooOld},
		{"no iat", issued(""), []payload.Option{minute}, payload.ErrClaims},
		{"no iat, and leeway", issued(""), []payload.Option{minute, leeway}, payload.ErrClaims},
		{"iat null", issued("null"), []payload.Option{minute}, payload.ErrClaims},
		{"in the future", issued("1767225601"), []payload.Option{minute}, payload.ErrNotYetValid},
		{"over and expired", strings.Replace(issued("1"), "1767229200", "2", 1), []payload.Option{minute}, payload.ErrTooOld},
		{"over and for another audience", strings.Replace(issued("1"), `"api"`, `"x"`, 1), []payload.Option{minute}, payload.ErrAudience},
		{"the greatest age", issued("0"), []payload.Option{payload.WithMaxAge(1<<63 - 1), leeway}, nil},
		{"the least age", issued("1767225600"), []payload.Option{payload.WithMaxAge(1)}, nil},
		{"not asked for", issued("0"), nil, nil},
		{"not asked for, no iat", issued(""), nil, nil},
	} {
		_, err := verifier[Claims](t, tt.opts...).Verify(ctx, mint(t, goodHeader, tt.body))
		if tt.want == nil && err != nil || tt.want != nil && refused(t, err) != tt.want {
			t.Errorf("%s: err = %v, want %v", tt.name, err, tt.want)
		}
	}
	for want, opts := range map[string][]payload.Option{
		"0s is not positive":        options(payload.WithMaxAge(0)),
		"-1m0s is not positive":     options(payload.WithMaxAge(-time.Minute)),
		"WithMaxAge is given twice": options(minute, minute),
	} {
		if _, err := payload.NewVerifier[Claims](payload.Keys{hmacKey(t)}, opts...); !errors.Is(err, payload.ErrConfig) || !strings.Contains(err.Error(), want) {
			t.Errorf("err = %v, want ErrConfig and %q", err, want)
		}
	}
}
