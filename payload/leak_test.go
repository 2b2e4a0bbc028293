package payload_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// Nothing of a token is in an error, its reason, or a log of it.
func TestErrorsTellNothing(t *testing.T) {
	v := verifier[Claims](t)
	var out bytes.Buffer
	for _, tt := range refusalTests {
		_, err := v.Verify(ctx, mint(t, tt.header, tt.body))
		var refusal *payload.Error
		if !errors.As(err, &refusal) {
			t.Fatalf("%s: %v", tt.name, err)
		}
		fmt.Fprintf(&out, "%v\n%+v\n%#v\n%s\n", err, err, err, refusal.Reason())
		slog.New(slog.NewTextHandler(&out, nil)).Info("refused", "err", err)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("refused", "err", err)
	}
	for _, value := range []string{"issuer.example", "u1", "j1", "a1", "admin", "root", "17672", "t2", "tenant", "HS256", "hs256"} {
		if strings.Contains(out.String(), value) {
			t.Errorf("the errors hold %q", value)
		}
	}
}

// A log has the class and the reason; the reason names a claim that the type declares.
func TestErrorReason(t *testing.T) {
	_, err := verifier[Claims](t).Verify(ctx, mint(t, goodHeader, replace(`"a1"`, `7`)))
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("refused", "err", err)
	want := `err.error="payload: token has wrong claims" err.reason="claim account does not fit its Go type"`
	if !strings.Contains(out.String(), want) {
		t.Errorf("logged %s, want %s", out.String(), want)
	}
	zero := new(payload.Error)
	if !errors.Is(zero, payload.ErrInvalid) || zero.Error() != payload.ErrInvalid.Error() || zero.Reason() != "" {
		t.Errorf("the zero Error is %v: %q", zero, zero.Reason())
	}
}
