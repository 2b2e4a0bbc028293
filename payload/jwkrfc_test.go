package payload_test

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// The keys of RFC 7517, appendix A. The first of A.1 and A.2 is for encryption.
const (
	rfcN = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs" +
		"tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5haj" +
		"rn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
	rfcPrivate = `"d":"X4cTteJY_gn4FYPsXB8rdXix5vwsg1FLN5E3EaG6RJoVH-HLLKD9M7dx5oo7GURknchnrRweUkC7hT5fJLM0WbFAKNLWY2vv7B6NqXSzUvxT0_` +
		`YSfqijwp3RTzlBaCxWp4doFk5N2o8Gy_nHNKroADIkJ46pRUohsXywbReAdYaMwFs9tv8d_cPVY3i07a3t8MN6TNwm0dSawm9v47UiCl3Sk5ZiG7xoj` +
		`PLu4sbg1U2jx4IBTNBznbJSzFHK66jT8bgkuqsk0GjskDJk19Z4qwjwbsnn4j2WBii3RL-Us2lGVkY8fkFzme1z0HbIkfz0Y6mqnOYtqc0X4jfcKoAC` +
		`8Q","p":"83i-7IvMGXoMXCskv73TKr8637FiO7Z27zv8oj6pbWUQyLPQBQxtPVnwD20R-60eTDmD2ujnMt5PoqMrm8RfmNhVWDtjjMmCMjOpSXicF` +
		`Hj7XOuVIYQyqVWlWEh6dN36GVZYk93N8Bc9vY41xy8B9RzzOGVQzXvNEvn7O0nVbfs","q":"3dfOR9cuYq-0S-mkFLzgItgMEfFzB2q3hWehMuG0o` +
		`Cuqnb3vobLyumqjVZQO1dIrdwgTnCdpYzBcOfW5r370AFXjiWft_NGEiovonizhKpo9VVS78TzFgxkIdrecRezsZ-1kYd_s1qDbxtkDEgfAITAG9LUn` +
		`ADun4vIcb6yelxk","dp":"G4sPXkc6Ya9y8oJW9_ILj4xuppu0lzi_H7VTkS8xj5SdX3coE0oimYwxIi2emTAue0UOa5dpgFGyBJ4c8tQ2VF402XR` +
		`ugKDTP8akYhFo5tAA77Qe_NmtuYZc3C3m3I24G2GvR5sSDxUyAN2zq8Lfn9EUms6rY3Ob8YeiKkTiBj0","dq":"s9lAH9fggBsoFR8Oac2R_E2gw2` +
		`82rT2kGOAhvIllETE1efrA6huUUvMfBcMpn8lqeW6vzznYY5SSQF7pMdC_agI3nG8Ibp1BUb0JUiraRNqUfLhcQb_d9GF4Dh7e74WbRsobRonujTYN1` +
		`xCaP6TO61jvWrX-L18txXw494Q_cgk","qi":"GyM_p6JrXySiz1toFgKbWV-JdI3jQ4ypu9rbMWx3rQJBfmt0FoYzgUIZEVFEcOqwemRN81zoDAaa` +
		`-Bk0KWNGDjJHZDdDmFhW3AN7lI-puxk_mHZGJ11rxyR8O55XLSe3SPmRfKwZI6yU24ZxvQKFYItdldUKGzO6Ia6zTKhAVRU"`
	rfcEC = `"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",` +
		`"y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"`
	rfcECPrivate = `"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"`
	rfcRSA       = `"kty":"RSA","n":"` + rfcN + `","e":"AQAB"`

	rfcA1 = `{"keys":[{` + rfcEC + `,"use":"enc","kid":"1"},{` + rfcRSA + `,"alg":"RS256","kid":"2011-04-29"}]}`
	rfcA2 = `{"keys":[{` + rfcEC + `,` + rfcECPrivate + `,"use":"enc","kid":"1"},` +
		`{` + rfcRSA + `,` + rfcPrivate + `,"alg":"RS256","kid":"2011-04-29"}]}`
	rfcA3 = `{"keys":[{"kty":"oct","alg":"A128KW","k":"GawgguFyGrWKav7AX4VKUg"},{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ` +
		`-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow","kid":"HMAC key used in JWS spec Appendix A.1 example"}]}`

	// RFC 8037, appendices A.1 and A.2.
	rfcOKP        = `"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"`
	rfcOKPPrivate = `"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"`
)

func TestJWKSOfRFCs(t *testing.T) {
	private, hs := payload.WithPrivateKeys(), payload.WithAlgorithm(payload.HS256)
	for _, tt := range []struct {
		name, set string
		opts      []payload.JWKOption
		want      string // "" for an error
		signs     bool
	}{
		{"RFC 7517 A.1", rfcA1, nil, `RS256 key "2011-04-29"`, false},
		{"RFC 7517 A.2, unasked", rfcA2, nil, "", false},
		{"RFC 7517 A.2", rfcA2, []payload.JWKOption{private}, `RS256 key "2011-04-29"`, true},
		{"RFC 7517 A.3, no alg", rfcA3, []payload.JWKOption{private}, "", false},
		{"RFC 7517 A.3, unasked", rfcA3, []payload.JWKOption{hs}, "", false},
		{"RFC 7517 A.3", rfcA3, []payload.JWKOption{private, hs}, `HS256 key "HMAC key used in JWS spec Appendix A.1 example"`, true},
		{"RFC 8037 A.2", `{"keys":[{` + rfcOKP + `}]}`, nil, "EdDSA key", false},
		{"RFC 8037 A.1, unasked", `{"keys":[{` + rfcOKP + `,` + rfcOKPPrivate + `}]}`, nil, "", false},
		{"RFC 8037 A.1", `{"keys":[{` + rfcOKP + `,` + rfcOKPPrivate + `}]}`, []payload.JWKOption{private}, "EdDSA key", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			keys, err := payload.ParseJWKS([]byte(tt.set), tt.opts...)
			if tt.want == "" {
				if !errors.Is(err, payload.ErrKey) || keys != nil {
					t.Errorf("have %v, %v, want ErrKey", keys, err)
				}
				return
			}
			if err != nil || len(keys) != 1 || keys[0].String() != tt.want || keys[0].CanSign() != tt.signs {
				t.Errorf("have %v, %v, want %s", keys, err, tt.want)
			}
		})
	}
}

// The public halves of RFC keys are written as the RFCs write them.
func TestMarshalJWKOfRFCs(t *testing.T) {
	for _, tt := range []struct{ public, private string }{
		{rfcRSA + `,"alg":"RS256","kid":"k"`, rfcPrivate},
		{rfcEC + `,"alg":"ES256","kid":"k"`, rfcECPrivate},
		{rfcOKP + `,"alg":"EdDSA","kid":"k"`, rfcOKPPrivate},
	} {
		key := must[payload.Key](t)(payload.ParseJWK([]byte(`{`+tt.public+`,`+tt.private+`}`), payload.WithPrivateKeys()))
		var have, want map[string]any
		_ = json.Unmarshal(must[[]byte](t)(key.MarshalJWK()), &have)
		_ = json.Unmarshal([]byte(`{`+tt.public+`,"use":"sig"}`), &want)
		if len(have) != len(want) {
			t.Errorf("have %v, want %v", have, want)
		}
		for name := range want {
			if have[name] != want[name] {
				t.Errorf("%s is %v, want %v", name, have[name], want[name])
			}
		}
	}
}

// Reading a key and making it of the Go key is the same: each verifies what the other signs.
func TestPublicJWKSVerifies(t *testing.T) {
	var publishable payload.Keys
	for _, key := range signingKeys(t) {
		if !strings.HasPrefix(string(key.Algorithm()), "HS") {
			publishable = append(publishable, key)
		}
	}
	set := must[[]byte](t)(payload.PublicJWKS(publishable...))
	keys := must[payload.Keys](t)(payload.ParseJWKS(set))
	if len(keys) != len(publishable) || len(keys) != 10 {
		t.Fatalf("%d keys of %d were read", len(keys), len(publishable))
	}
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](keys,
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
	for _, key := range publishable {
		s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](key, issuer, audience, payload.WithClock(clock)))
		if _, err := v.Verify(ctx, must[string](t)(s.Access(Claims{}))); err != nil {
			t.Errorf("%v: %v", key, err)
		}
	}
	for _, key := range keys {
		if key.CanSign() {
			t.Errorf("%v signs", key)
		}
	}
}

func TestPublicJWKSRefused(t *testing.T) {
	public := must[payload.Key](t)(payload.ParseJWK([]byte(`{` + rfcOKP + `}`)))
	many := make([]payload.Key, 0, payload.MaxJWKSKeys+1)
	for i := range payload.MaxJWKSKeys + 1 {
		many = append(many, must[payload.Key](t)(payload.ParseJWK([]byte(`{`+rfcOKP+`,"kid":"`+string(rune('Ā'+i))+`"}`))))
	}
	for name, keys := range map[string][]payload.Key{
		"none": nil, "zero": {{}}, "secret": {hmacKey(t)}, "two without id": {public, public}, "too many": many,
	} {
		if set, err := payload.PublicJWKS(keys...); !errors.Is(err, payload.ErrKey) || set != nil {
			t.Errorf("%s: have %s, %v, want ErrKey", name, set, err)
		}
	}
	for _, key := range []payload.Key{{}, hmacKey(t)} {
		if data, err := key.MarshalJWK(); !errors.Is(err, payload.ErrKey) || data != nil {
			t.Errorf("%v: have %s, %v, want ErrKey", key, data, err)
		}
	}
}

// privateJWK writes the test key as a JWK, with changes.
func privateJWK(t testing.TB, change func(map[string]any)) []byte {
	t.Helper()
	key := must[*rsa.PrivateKey](t)(rsaTestKey())
	encode := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }
	all := map[string]any{
		"kty": "RSA", "alg": "PS256", "n": encode(key.N), "e": "AQAB", "d": encode(key.D),
		"p": encode(key.Primes[0]), "q": encode(key.Primes[1]),
		"dp": encode(key.Precomputed.Dp), "dq": encode(key.Precomputed.Dq), "qi": encode(key.Precomputed.Qinv),
	}
	change(all)
	return must[[]byte](t)(json.Marshal(all))
}

// Every part of a private RSA key must be there and be right.
func TestPrivateJWKParts(t *testing.T) {
	read := func(change func(map[string]any)) error {
		_, err := payload.ParseJWK(privateJWK(t, change), payload.WithPrivateKeys())
		return err
	}
	if err := read(func(map[string]any) {}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"n", "e", "d", "p", "q", "dp", "dq", "qi"} {
		if err := read(func(all map[string]any) { delete(all, name) }); !errors.Is(err, payload.ErrKey) {
			t.Errorf("without %s: %v", name, err)
		}
		if err := read(func(all map[string]any) { all[name] = "Aw" }); !errors.Is(err, payload.ErrKey) {
			t.Errorf("%s is 3: %v", name, err)
		}
	}
	if err := read(func(all map[string]any) { all["oth"] = []any{} }); !errors.Is(err, payload.ErrKey) {
		t.Errorf("with oth: %v", err)
	}
}
