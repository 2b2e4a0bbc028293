package payloadtest_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadtest"
)

type Claims struct {
	payload.Registered
	Account string `json:"account"`
}

// Each token is refused for the one thing that is wrong with it.
func TestTokens(t *testing.T) {
	kit := payloadtest.New[Claims](t)
	for _, tt := range []struct {
		name  string
		issue func(Claims) string
		want  error
	}{
		{"Token", kit.Token, nil},
		{"Refresh", kit.Refresh, payload.ErrType},
		{"Expired", kit.Expired, payload.ErrExpired},
		{"Future", kit.Future, payload.ErrNotYetValid},
		{"Forged", kit.Forged, payload.ErrSignature},
		{"UnknownKey", kit.UnknownKey, payload.ErrUnknownKey},
		{"AnotherIssuer", kit.AnotherIssuer, payload.ErrIssuer},
		{"AnotherAudience", kit.AnotherAudience, payload.ErrAudience},
	} {
		t.Run(tt.name, func(t *testing.T) {
			given := Claims{Registered: payload.Registered{Subject: "ann", Roles: []string{"user"}}, Account: "acme"}
			claims, err := kit.Verifier.Verify(context.Background(), tt.issue(given))
			if !errors.Is(err, tt.want) {
				t.Fatalf("err = %v, want %v", err, tt.want)
			}
			if err == nil && (claims.Subject != "ann" || claims.Account != "acme" || len(claims.Roles) != 1) {
				t.Errorf("claims %+v", claims)
			}
		})
	}
}

// The options of the verifier hold, and no two kits share a key.
func TestOptions(t *testing.T) {
	kit := payloadtest.New[Claims](t, payload.WithRequired("absent"))
	token := kit.Token(Claims{})
	if _, err := kit.Verifier.Verify(context.Background(), token); !errors.Is(err, payload.ErrClaims) {
		t.Errorf("a required claim: %v, want ErrClaims", err)
	}
	if _, err := payloadtest.New[Claims](t).Verifier.Verify(context.Background(), token); !errors.Is(err, payload.ErrSignature) {
		t.Errorf("the token of another kit: %v, want ErrSignature", err)
	}
}

// failing notes that a test failed, in the manner of t.Fatal.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Helper() {}
func (f *failing) Fatalf(string, ...any) {
	f.failed = true
	runtime.Goexit()
}

func TestFails(t *testing.T) {
	for name, run := range map[string]func(testing.TB){
		"a bad option": func(t testing.TB) { payloadtest.New[Claims](t, nil) },
		"bad claims": func(t testing.TB) {
			payloadtest.New[Claims](t).Token(Claims{Registered: payload.Registered{Issuer: "mine"}})
		},
		"bad claims to refresh": func(t testing.TB) {
			payloadtest.New[Claims](t).Refresh(Claims{Registered: payload.Registered{Issuer: "mine"}})
		},
	} {
		f, done := &failing{TB: t}, make(chan struct{})
		go func() {
			defer close(done)
			run(f)
		}()
		if <-done; !f.failed {
			t.Errorf("%s: the test goes on", name)
		}
	}
}

func ExampleNew() {
	t := new(testing.T) // the one of a test
	kit := payloadtest.New[Claims](t)
	_, err := kit.Verifier.Verify(context.Background(), kit.Expired(Claims{Account: "acme"}))
	fmt.Println(err)
	// Output:
	// payload: token has expired
}
