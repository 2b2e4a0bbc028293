package payload_test

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rolespec/rolespec/payload"
)

func signer[C any, P payload.Embeds[C]](t testing.TB, key payload.Key, opts ...payload.SignerOption) *payload.Signer[C] {
	t.Helper()
	opts = append([]payload.SignerOption{payload.WithClock(clock)}, opts...)
	return must[*payload.Signer[C]](t)(payload.NewSigner[C, P](key, issuer, audience, opts...))
}

// Every algorithm signs what its own key verifies, and no other key of the set does.
func TestSignAndVerify(t *testing.T) {
	keys := signingKeys(t)
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](keys,
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
	claims := Claims{Registered: payload.Registered{Subject: "u1", Roles: []string{"admin"}}, Account: "a1"}
	want := claims
	want.Issuer, want.Audience, want.Type = issuer, payload.Audience{audience}, "access"
	want.IssuedAt, want.NotBefore = payload.NumericDate{Time: now}, payload.NumericDate{Time: now}
	want.ExpiresAt = payload.NumericDate{Time: now.Add(600 * time.Second)}
	ids := map[string]bool{}
	for _, key := range keys {
		token := must[string](t)(signer[Claims](t, key).Access(claims))
		got, err := v.Verify(ctx, token)
		if err != nil {
			t.Errorf("%v: %v", key, err)
			continue
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(payload.Registered{}, "ID")); diff != "" {
			t.Errorf("%v: claims (-want +got):\n%s", key, diff)
		}
		if len(got.ID) < 22 || ids[got.ID] {
			t.Errorf("%v: jti %q is short or seen before", key, got.ID)
		}
		ids[got.ID] = true
	}
}

func TestRefresh(t *testing.T) {
	s := signer[Claims](t, hmacKey(t))
	token := must[string](t)(s.Refresh(Claims{Registered: payload.Registered{Subject: "u1"}}))
	if _, err := verifier[Claims](t).Verify(ctx, token); refused(t, err) != payload.ErrType {
		t.Errorf("a refresh token as an access token: %v", err)
	}
	got, err := verifier[Claims](t, payload.WithType(payload.TypeRefresh)).Verify(ctx, token)
	if err != nil || got.ExpiresAt.Sub(now) != 86_400*time.Second || got.Type != "refresh" {
		t.Errorf("as a refresh token: %+v, %v", got, err)
	}
	short := signer[Claims](t, hmacKey(t), payload.WithAccessLifetime(time.Second), payload.WithRefreshLifetime(time.Minute))
	for _, tt := range []struct {
		token string
		life  time.Duration
	}{
		{must[string](t)(short.Access(Claims{})), time.Second},
		{must[string](t)(short.Refresh(Claims{})), time.Minute},
	} {
		got, err := verifier[Claims](t, payload.AnyType()).Verify(ctx, tt.token)
		if err != nil || got.ExpiresAt.Sub(now) != tt.life {
			t.Errorf("lifetime %v: %+v, %v", tt.life, got, err)
		}
	}
}

func TestSignedForm(t *testing.T) {
	for kid, want := range map[string]string{
		"":       `{"alg":"HS256","typ":"JWT"}`,
		`a"b<&é`: `{"alg":"HS256","typ":"JWT","kid":"a\"b\u003c\u0026é"}`,
	} {
		var opts []payload.KeyOption
		if kid != "" {
			opts = append(opts, payload.KeyID(kid))
		}
		token := must[string](t)(signer[Claims](t, hmacKey(t, opts...)).Access(Claims{}))
		header := must[[]byte](t)(base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[0]))
		if string(header) != want {
			t.Errorf("header %s, want %s", header, want)
		}
		body := must[[]byte](t)(base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1]))
		var members map[string]any
		if err := json.Unmarshal(body, &members); err != nil || members["aud"] != "api" || len(members) != 7 {
			t.Errorf("body %s, %v", body, err)
		}
	}
}

// The claims passed in, and what they hold, stay as they are.
func TestSignerDoesNotChangeClaims(t *testing.T) {
	make := func() Claims {
		return Claims{
			Registered: payload.Registered{Subject: "u1", Roles: []string{"b", "a"}},
			Profile:    &Profile{Tags: []string{"x"}},
		}
	}
	claims := make()
	if _, err := signer[Claims](t, hmacKey(t)).Access(claims); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(make(), claims); diff != "" {
		t.Errorf("claims changed (-before +after):\n%s", diff)
	}
}

// lying marshals as something else than its fields say.
type lying struct {
	payload.Registered
	Text string `json:"-"`
}

func (l lying) MarshalJSON() ([]byte, error) {
	exp, err := l.ExpiresAt.MarshalJSON()
	text := strings.NewReplacer("EXP", string(exp), "JTI", l.ID).Replace(l.Text)
	return []byte(text), err
}

type unmarshalable struct {
	payload.Registered
	F func() `json:"f"`
}

type extra struct {
	payload.Registered
	More map[string]any `json:"more"`
}

func TestSignerRefuses(t *testing.T) {
	key, date := hmacKey(t), payload.NumericDate{Time: now}
	refusal := func(name string, err error, want string) {
		t.Helper()
		if !errors.Is(err, payload.ErrSign) || errors.Is(err, payload.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: err = %v, want ErrSign and %q", name, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error holds a claim value: %v", name, err)
		}
	}
	for claim, reg := range map[string]payload.Registered{
		"iss": {Issuer: "secret"}, "aud": {Audience: payload.Audience{"secret"}}, "exp": {ExpiresAt: date},
		"nbf": {NotBefore: date}, "iat": {IssuedAt: date}, "jti": {ID: "secret"}, "typ": {Type: "secret"},
	} {
		token, err := signer[Claims](t, key).Access(Claims{Registered: reg})
		refusal(claim, err, "claim "+claim)
		if token != "" {
			t.Errorf("%s: a token with the error", claim)
		}
	}
	liar := signer[lying](t, key)
	frame := `{"iss":"https://issuer.example","aud":"api","exp":EXP,"nbf":1767225600,"iat":1767225600,"jti":"JTI","typ":"access"`
	for name, text := range map[string]string{
		"list":           `[]`,
		"empty":          `{}`,
		"another issuer": strings.Replace(frame, "issuer.example", "evil.example", 1) + "}",
		"more roles":     frame + `,"roles":["root"]}`,
		"roles text":     frame + `,"roles":"root"}`,
		"Roles":          frame + `,"Roles":["root"]}`,
		"twice":          frame + `,"x":1,"x":2}`,
		"later exp":      strings.Replace(frame, "EXP", "1967225600", 1) + "}",
	} {
		_, err := liar.Access(lying{Text: text})
		refusal(name, err, "")
	}
	if _, err := liar.Access(lying{Text: frame + "}"}); err != nil {
		t.Errorf("what marshals itself truthfully: %v", err)
	}
	_, err := signer[unmarshalable](t, key).Access(unmarshalable{})
	refusal("a function", err, "do not marshal")
	_, err = signer[Claims](t, key).Access(Claims{Registered: payload.Registered{Subject: "secret\xff"}})
	refusal("subject not UTF-8", err, "")
	_, err = signer[Claims](t, key).Access(Claims{Registered: payload.Registered{Roles: []string{"secret\xff"}}})
	refusal("role not UTF-8", err, "")
	_, err = signer[Claims](t, key).Access(Claims{Account: strings.Repeat("secret", 2000)})
	refusal("too large", err, "the limit is 8192")
	var nested any
	for range 40 {
		nested = []any{nested}
	}
	_, err = signer[extra](t, key).Access(extra{More: map[string]any{"n": nested}})
	refusal("too deep", err, "nested too deeply")
	_, err = signer[Claims](t, key, payload.WithAccessLifetime(200*365*24*time.Hour)).Access(Claims{})
	if err != nil {
		t.Errorf("200 years: %v", err)
	}
	early := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](key, issuer, audience,
		payload.WithClock(func() time.Time { return time.Unix(-5, 0) })))
	_, err = early.Access(Claims{})
	refusal("before 1970", err, "")
	var missing *payload.Signer[Claims]
	for _, s := range []*payload.Signer[Claims]{missing, {}} {
		_, err = s.Access(Claims{})
		refusal("no signer", err, "NewSigner")
		_, err = s.Refresh(Claims{})
		refusal("no signer", err, "NewSigner")
	}
}

func TestNewSignerRefuses(t *testing.T) {
	key := hmacKey(t)
	private := must[payload.Key](t)(payload.RSAPrivateKey(payload.RS256, must[*rsa.PrivateKey](t)(rsaTestKey())))
	public := must[payload.Key](t)(payload.RSAKey(payload.RS256, &must[*rsa.PrivateKey](t)(rsaTestKey()).PublicKey))
	if !private.CanSign() || public.CanSign() {
		t.Error("CanSign is wrong")
	}
	type pointer struct{ *payload.Registered }
	type shadow struct {
		payload.Registered
		Type int `json:"typ"`
	}
	for _, tt := range []struct {
		want string
		made func() (any, error)
	}{
		{"zero Key", func() (any, error) { return payload.NewSigner[Claims](payload.Key{}, issuer, audience) }},
		{"cannot sign", func() (any, error) { return payload.NewSigner[Claims](public, issuer, audience) }},
		{"issuer is empty; the audience is empty", func() (any, error) { return payload.NewSigner[Claims](key, "", "") }},
		{"option 0 is nil", func() (any, error) { return payload.NewSigner[Claims](key, issuer, audience, nil) }},
		{"0s is not a positive", func() (any, error) {
			return payload.NewSigner[Claims](key, issuer, audience, payload.WithAccessLifetime(0))
		}},
		{"1.5s is not a positive", func() (any, error) {
			return payload.NewSigner[Claims](key, issuer, audience, payload.WithRefreshLifetime(1500*time.Millisecond))
		}},
		{"WithRefreshLifetime is given twice", func() (any, error) {
			o := payload.WithRefreshLifetime(time.Second)
			return payload.NewSigner[Claims](key, issuer, audience, o, o)
		}},
		{"WithClock is given twice", func() (any, error) {
			return payload.NewSigner[Claims](key, issuer, audience, payload.WithClock(clock), payload.WithClock(clock))
		}},
		{"through a pointer", func() (any, error) { return payload.NewSigner[pointer](key, issuer, audience) }},
		{"second field", func() (any, error) { return payload.NewSigner[shadow](key, issuer, audience) }},
	} {
		_, err := tt.made()
		if !errors.Is(err, payload.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("err = %v, want ErrConfig and %q", err, tt.want)
		}
	}
}
