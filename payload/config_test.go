package payload_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

func TestNewVerifierRefuses(t *testing.T) {
	key := hmacKey(t)
	long := must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(40)))
	named := hmacKey(t, payload.KeyID("a"))
	also := must[payload.Key](t)(payload.HMACKey(payload.HS512, throwaway(64), payload.KeyID("a")))
	keys := payload.Keys{key}
	iss, aud := payload.WithIssuer(issuer), payload.WithAudience(audience)
	for _, tt := range []struct {
		want string // the error names it
		keys payload.KeySource
		opts []payload.Option
	}{
		{"no key source", nil, []payload.Option{iss, aud}},
		{"no key is given", payload.Keys(nil), []payload.Option{iss, aud}},
		{"no key is given", payload.Keys{}, []payload.Option{iss, aud}},
		{"key 1 is the zero Key", payload.Keys{key, {}}, []payload.Option{iss, aud}},
		{`two keys have the id "a"`, payload.Keys{named, also}, []payload.Option{iss, aud}},
		{"key 0 has no id", payload.Keys{key, long}, []payload.Option{iss, aud}},
		{"key 1 has no id", payload.Keys{named, key}, []payload.Option{iss, aud}},
		{"no issuer", keys, []payload.Option{aud}},
		{"no audience", keys, []payload.Option{iss}},
		{"no issuer: give WithIssuer, or AnyIssuer; no audience: give WithAudience, or AnyAudience", keys, nil},
		{"the issuer is empty", keys, []payload.Option{payload.WithIssuer(""), aud}},
		{"audience is missing or empty", keys, []payload.Option{iss, payload.WithAudience()}},
		{"audience is missing or empty", keys, []payload.Option{iss, payload.WithAudience("api", "")}},
		{"WithIssuer and AnyIssuer are both given", keys, []payload.Option{iss, aud, payload.AnyIssuer()}},
		{"WithIssuer is given twice", keys, []payload.Option{iss, aud, payload.WithIssuer("x")}},
		{"AnyAudience and WithAudience are both given", keys, []payload.Option{iss, payload.AnyAudience(), aud}},
		{"WithAudience is given twice", keys, []payload.Option{iss, aud, aud}},
		{"AnyType and WithType are both given", keys, []payload.Option{iss, aud, payload.AnyType(), payload.WithType("x")}},
		{"the type is empty", keys, []payload.Option{iss, aud, payload.WithType("")}},
		{"WithHeaderType: the type is empty", keys, []payload.Option{iss, aud, payload.WithHeaderType("application/")}},
		{"WithHeaderType is given twice", keys, []payload.Option{iss, aud, payload.WithHeaderType("JWT"), payload.WithHeaderType("JWT")}},
		{"option 2 is nil", keys, []payload.Option{iss, aud, nil}},
		{"-1ns is not between", keys, []payload.Option{iss, aud, payload.WithLeeway(-1)}},
		{"11m0s is not between", keys, []payload.Option{iss, aud, payload.WithLeeway(11 * time.Minute)}},
		{"the clock is nil", keys, []payload.Option{iss, aud, payload.WithClock(nil)}},
		{"WithClock is given twice", keys, []payload.Option{iss, aud, payload.WithClock(clock), payload.WithClock(clock)}},
		{"WithMaxTokenSize: 0", keys, []payload.Option{iss, aud, payload.WithMaxTokenSize(0)}},
		{"WithMaxTokenSize: 1048577", keys, []payload.Option{iss, aud, payload.WithMaxTokenSize(1<<20 + 1)}},
		{"WithMaxDepth: 0", keys, []payload.Option{iss, aud, payload.WithMaxDepth(0)}},
		{"WithMaxDepth: 1001", keys, []payload.Option{iss, aud, payload.WithMaxDepth(1001)}},
		{"claim name is missing or empty", keys, []payload.Option{iss, aud, payload.WithRequired()}},
		{"claim name is missing or empty", keys, []payload.Option{iss, aud, payload.WithRequired("")}},
		{`"Account" differs`, keys, []payload.Option{iss, aud, payload.WithRequired("sub", "Account")}},
	} {
		v, err := payload.NewVerifier[Claims](tt.keys, tt.opts...)
		if v != nil || !errors.Is(err, payload.ErrConfig) || errors.Is(err, payload.ErrInvalid) {
			t.Errorf("%s: got %v, %v", tt.want, v, err)
			continue
		}
		if !strings.Contains(err.Error(), tt.want) {
			t.Errorf("err = %q, want it to name %q", err, tt.want)
		}
	}
}

type base struct{ payload.Registered }

type unmarshals struct{ Claims }

func (*unmarshals) UnmarshalJSON([]byte) error { return nil }

// claimsTypes are told apart by whether it is known what their fields hold.
func TestClaimsTypes(t *testing.T) {
	type ownClaims struct {
		Sub   string   `json:"sub"`
		Roles []string `json:"roles"`
		Exp   float64  `json:"exp"`
		Skip  string   `json:"-"`
	}
	type list struct {
		payload.Registered
		Next *list `json:"next"`
	}
	type pointer struct{ *payload.Registered }
	type pointerAbove struct{ *base }
	type tagged struct {
		payload.Registered `json:"registered"`
	}
	type skipped struct {
		payload.Registered `json:"-"`
	}
	type second struct {
		payload.Registered
		Roles string `json:"roles"`
	}
	type untagged struct{ Roles []string }
	type otherCase struct {
		payload.Registered
		X int `json:"EXP"`
	}
	type self *self

	check := func(name string, err error, want string) {
		t.Helper()
		if want == "" && err != nil || want != "" && (!errors.Is(err, payload.ErrConfig) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: err = %v, want %q", name, err, want)
		}
	}
	check("Registered", try[payload.Registered](t), "")
	check("embedded twice removed", try[base](t), "")
	check("own claims", try[ownClaims](t), "")
	check("map", try[map[string]any](t), "")
	check("map of messages", try[map[string]json.RawMessage](t), "")
	check("holds itself", try[list](t), "")
	check("unmarshals itself, without Registered", try[json.RawMessage](t), "must be a struct or a map")
	check("pointer", try[pointer](t), "embeds Registered through a pointer")
	check("pointer above", try[pointerAbove](t), "embeds Registered through a pointer")
	check("tagged", try[tagged](t), "embeds Registered with a json tag")
	check("skipped", try[skipped](t), "embeds Registered with a json tag")
	check("second field", try[second](t), `second field for the claim "roles"`)
	check("untagged", try[untagged](t), `"Roles", which differs from the claim "roles" in case only`)
	check("another case", try[otherCase](t), `"EXP", which differs from the claim "exp" in case only`)
	check("unmarshals itself", try[unmarshals](t), "unmarshals itself")
	check("any", try[any](t), "must be a struct or a map")
	check("text", try[string](t), "must be a struct or a map")
	check("list", try[[]Claims](t), "must be a struct or a map")
	check("map of numbers", try[map[int]string](t), "must be a struct or a map")
	check("pointer to itself", try[self](t), "must be a struct or a map")
}

func try[C any](t *testing.T) error {
	t.Helper()
	_, err := payload.NewVerifier[C](payload.Keys{hmacKey(t)}, payload.AnyIssuer(), payload.AnyAudience())
	return err
}

func TestOptions(t *testing.T) {
	bare := `{"exp":1767225601}`
	for _, tt := range []struct {
		name string
		body string
		opts []payload.Option
		want error
	}{
		{"all waived", bare, []payload.Option{payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType()}, nil},
		{"waived is still checked for its type", `{"exp":1767225601,"iss":1}`,
			[]payload.Option{payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType()}, payload.ErrClaims},
		{"exp is never waived", `{}`,
			[]payload.Option{payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType()}, payload.ErrClaims},
		{"issuer waived, audience not", bare, []payload.Option{payload.AnyIssuer(), payload.WithAudience("api")}, payload.ErrAudience},
		{"one of the audiences", goodBody, []payload.Option{payload.AnyIssuer(), payload.WithAudience("x", "api")}, nil},
		{"type", goodBody, []payload.Option{payload.AnyIssuer(), payload.AnyAudience(), payload.WithType(payload.TypeRefresh)}, payload.ErrType},
		{"leeway for exp", replace(`1767229200`, `1767225541`), options(payload.WithLeeway(time.Minute)), nil},
		{"leeway for exp, used up", replace(`1767229200`, `1767225540`), options(payload.WithLeeway(time.Minute)), payload.ErrExpired},
		{"leeway for nbf", replace(`"nbf":1767225600`, `"nbf":1767225660`), options(payload.WithLeeway(time.Minute)), nil},
		{"leeway for nbf, used up", replace(`"nbf":1767225600`, `"nbf":1767225661`), options(payload.WithLeeway(time.Minute)), payload.ErrNotYetValid},
		{"leeway for iat", replace(`"iat":1767225600`, `"iat":1767225660`), options(payload.WithLeeway(time.Minute)), nil},
		{"required is there", goodBody, options(payload.WithRequired("account", "jti")), nil},
		{"required is missing", replace(`,"account":"a1"`, ``), options(payload.WithRequired("account")), payload.ErrClaims},
		{"required is null", replace(`"a1"`, `null`), options(payload.WithRequired("account")), payload.ErrClaims},
		{"required that the type does not have", goodBody, options(payload.WithRequired("tenant")), payload.ErrClaims},
		{"depth", `{"exp":1767225601,"x":{}}`, []payload.Option{payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType(), payload.WithMaxDepth(1)}, payload.ErrMalformed},
		{"size", goodBody, options(payload.WithMaxTokenSize(300)), payload.ErrMalformed},
		{"size raised", with(`"x":"` + strings.Repeat("x", 9000) + `"`), options(payload.WithMaxTokenSize(20000)), nil},
	} {
		v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{hmacKey(t)},
			append([]payload.Option{payload.WithClock(clock)}, tt.opts...)...))
		_, err := v.Verify(ctx, mint(t, goodHeader, tt.body))
		if tt.want == nil && err != nil || tt.want != nil && refused(t, err) != tt.want {
			t.Errorf("%s: err = %v, want %v", tt.name, err, tt.want)
		}
	}
}

// Waived claims are checked for their type, also when no field of the claims type is.
func TestWaivedTypes(t *testing.T) {
	v := verifierOf[map[string]any](t, payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType())
	for _, claim := range []string{`"iss":7`, `"aud":7`, `"aud":["a",7]`, `"typ":[]`, `"sub":null`, `"jti":1`, `"roles":"a"`, `"nbf":"1"`} {
		_, err := v.Verify(ctx, mint(t, goodHeader, `{"exp":1767225601,`+claim+`}`))
		if refused(t, err) != payload.ErrClaims {
			t.Errorf("%s: %v", claim, err)
		}
	}
}

func verifierOf[C any](t *testing.T, opts ...payload.Option) *payload.Verifier[C] {
	t.Helper()
	opts = append(opts, payload.WithClock(clock))
	return must[*payload.Verifier[C]](t)(payload.NewVerifier[C](payload.Keys{hmacKey(t)}, opts...))
}

func options(more ...payload.Option) []payload.Option {
	return append([]payload.Option{payload.WithIssuer(issuer), payload.WithAudience(audience)}, more...)
}
