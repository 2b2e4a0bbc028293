package payload_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

const rfcX = `11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo`

// jwkTests are keys that ParseJWK refuses. Of a set, those that are for something else are
// left out, and all others make it refused.
var jwkTests = []struct {
	name, jwk string
	foreign   bool
}{
	{"use is enc", `{` + rfcOKP + `,"use":"enc"}`, true},
	{"use is of another case", `{` + rfcOKP + `,"use":"SIG"}`, true},
	{"use is a number", `{` + rfcOKP + `,"use":1}`, false},
	{"use is null", `{` + rfcOKP + `,"use":null}`, false},
	{"key_ops without verify", `{` + rfcOKP + `,"key_ops":["sign"]}`, true},
	{"key_ops of nothing", `{` + rfcOKP + `,"key_ops":[]}`, true},
	{"key_ops for more than signatures", `{` + rfcOKP + `,"key_ops":["verify","wrapKey"]}`, true},
	{"key_ops twice", `{` + rfcOKP + `,"key_ops":["verify","verify"]}`, false},
	{"key_ops is text", `{` + rfcOKP + `,"key_ops":"verify"}`, false},
	{"key_ops holds null", `{` + rfcOKP + `,"key_ops":["verify",null]}`, false},
	{"kty unknown", `{"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA"}`, true},
	{"kty unknown, no alg", `{"kty":"AKP","pub":"AAAA"}`, true},
	{"kty of another case", `{"kty":"okp","crv":"Ed25519","x":"` + rfcX + `"}`, true},
	{"kty missing", `{"crv":"Ed25519","x":"` + rfcX + `"}`, false},
	{"kty is a list", `{"kty":["OKP"],"crv":"Ed25519","x":"` + rfcX + `"}`, false},
	{"crv unknown", `{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`, true},
	{"crv for agreement", `{"kty":"OKP","crv":"X25519","x":"` + rfcX + `"}`, true},
	{"crv missing", `{"kty":"OKP","x":"` + rfcX + `"}`, false},
	{"crv missing, alg there", `{"kty":"EC","alg":"ES256","x":"AA","y":"AA"}`, false},
	{"alg for encryption", `{` + rfcRSA + `,"alg":"RSA-OAEP"}`, true},
	{"alg none", `{` + rfcRSA + `,"alg":"none"}`, true},
	{"alg empty", `{` + rfcRSA + `,"alg":""}`, true},
	{"alg is a number", `{` + rfcRSA + `,"alg":256}`, false},
	{"alg missing of RSA", `{` + rfcRSA + `}`, false},
	{"alg of HMAC, a public key", `{` + rfcRSA + `,"alg":"HS256"}`, false},
	{"alg of another kty", `{` + rfcRSA + `,"alg":"ES256"}`, false},
	{"alg of another curve", `{` + rfcEC + `,"alg":"ES384"}`, false},
	{"alg of another curve", `{` + rfcOKP + `,"alg":"ES256"}`, false},
	{"kid empty", `{` + rfcOKP + `,"kid":""}`, false},
	{"kid is a number", `{` + rfcOKP + `,"kid":7}`, false},
	{"kid is null", `{` + rfcOKP + `,"kid":null}`, false},
	{"kid with control", `{` + rfcOKP + `,"kid":"a\u0000"}`, false},
	{"kid too long", `{` + rfcOKP + `,"kid":"` + strings.Repeat("x", 256) + `"}`, false},
	{"RSA without n", `{"kty":"RSA","alg":"RS256","e":"AQAB"}`, false},
	{"RSA without e", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `"}`, false},
	{"RSA exponent 1", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":"AQ"}`, false},
	{"RSA exponent even", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":"BA"}`, false},
	{"RSA exponent empty", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":""}`, false},
	{"RSA exponent of 32 bits", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":"_____w"}`, false},
	{"RSA exponent of 65 bits", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":"AQAAAAAAAAAD"}`, false},
	{"RSA exponent with zero", `{"kty":"RSA","alg":"RS256","n":"` + rfcN + `","e":"AAEAAQ"}`, false},
	{"RSA of 1,536 bits", `{"kty":"RSA","alg":"RS256","n":"` + rfcN[:256] + `","e":"AQAB"}`, false},
	{"RSA too large", `{"kty":"RSA","alg":"RS256","n":"` + strings.Repeat("_", 4000) + `","e":"AQAB"}`, false},
	{"EC off the curve", strings.Replace(`{`+rfcEC+`}`, `"y":"4E`, `"y":"4F`, 1), false},
	{"EC on another curve", strings.Replace(`{`+rfcEC+`}`, "P-256", "P-384", 1), false},
	{"EC without y", `{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"}`, false},
	{"EC zero", `{"kty":"EC","crv":"P-256","x":"` + strings.Repeat("A", 43) + `","y":"` + strings.Repeat("A", 43) + `"}`, false},
	{"EC with zeros before", strings.Replace(`{`+rfcEC+`}`, `"x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"`,
		`"x":"ADCgQkzSHClEg4otdckrN-duog2fAIk6O07uijwKr-w-"`, 1), false},
	{"OKP short", `{"kty":"OKP","crv":"Ed25519","x":"` + rfcX[:42] + `"}`, false},
	{"base64 of the other alphabet", strings.Replace(`{`+rfcOKP+`}`, "_", "/", 1), false},
	{"base64 with padding", strings.Replace(`{`+rfcOKP+`}`, rfcX, rfcX+"=", 1), false},
	{"base64 with a line break", strings.Replace(`{`+rfcOKP+`}`, rfcX, `\n`+rfcX, 1), false},
	{"base64 of another tail", strings.Replace(`{`+rfcOKP+`}`, rfcX, rfcX[:42]+"p", 1), false},
	{"x is a number", `{"kty":"OKP","crv":"Ed25519","x":1}`, false},
	{"a name twice", `{` + rfcOKP + `,"kid":"a","kid":"b"}`, false},
	{"a name twice, escaped", `{` + rfcOKP + `,"kid":"a","k\u0069d":"b"}`, false},
	{"a name of another case", `{` + rfcOKP + `,"Kid":"a"}`, false},
	{"a private member of another case", `{` + rfcOKP + `,"D":"AA"}`, false},
	{"private", `{` + rfcOKP + `,` + rfcOKPPrivate + `}`, false},
	{"private, for encryption", `{` + rfcEC + `,` + rfcECPrivate + `,"use":"enc"}`, false},
	{"private, of an unknown kind", `{"kty":"X","d":"AA"}`, false},
	{"secret", `{"kty":"oct","alg":"HS256","k":"` + strings.Repeat("Ab_-", 11) + `"}`, false},
	{"secret without k", `{"kty":"oct","alg":"HS256"}`, false},
	{"a list", `[]`, false},
	{"null", `null`, false},
	{"text", `"x"`, false},
	{"nothing", `{}`, false},
}

func TestJWKRefused(t *testing.T) {
	good := `{` + rfcEC + `,"kid":"good","x5c":["!"],"x5u":"https://other.example","unknown":{"a":[1]}}`
	for _, tt := range jwkTests {
		t.Run(tt.name, func(t *testing.T) {
			key, err := payload.ParseJWK([]byte(tt.jwk))
			if !errors.Is(err, payload.ErrKey) || errors.Is(err, payload.ErrInvalid) || key.Algorithm() != "" {
				t.Errorf("ParseJWK: have %v, %v, want ErrKey", key, err)
			}
			for _, order := range []string{tt.jwk + `,` + good, good + `,` + tt.jwk} {
				keys, err := payload.ParseJWKS([]byte(`{"keys":[` + order + `]}`))
				if tt.foreign && (err != nil || len(keys) != 1 || keys[0].ID() != "good") {
					t.Errorf("ParseJWKS: have %v, %v, want the good key alone", keys, err)
				}
				if !tt.foreign && (!errors.Is(err, payload.ErrKey) || keys != nil) {
					t.Errorf("ParseJWKS: have %v, %v, want ErrKey", keys, err)
				}
			}
		})
	}
}

func TestPrivateJWKRefused(t *testing.T) {
	secret := func(alg string, n int) string {
		return `{"kty":"oct","alg":"` + alg + `","k":"` + base64.RawURLEncoding.EncodeToString(throwaway(n)) + `"}`
	}
	for _, tt := range []struct{ name, jwk string }{
		{"EC, another's half", strings.Replace(`{`+rfcEC+`,`+rfcECPrivate+`}`, `"870M`, `"871M`, 1)},
		{"EC, zero", `{` + rfcEC + `,"d":"` + strings.Repeat("A", 43) + `"}`},
		{"EC, the order", `{` + rfcEC + `,"d":"_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE"}`},
		{"EC, short", `{` + rfcEC + `,"d":"AQ"}`},
		{"EC with k", `{` + rfcEC + `,"k":"AQ"}`},
		{"OKP, another's half", strings.Replace(`{`+rfcOKP+`,`+rfcOKPPrivate+`}`, `"nWG`, `"nWH`, 1)},
		{"OKP, short", `{` + rfcOKP + `,"d":"AQ"}`},
		{"oct, empty", `{"kty":"oct","alg":"HS256","k":""}`},
		{"oct, 31 bytes", secret("HS256", 31)},
		{"oct, 63 bytes for HS512", secret("HS512", 63)},
		{"oct for RS256", secret("RS256", 64)},
		{"oct for AES", secret("A256KW", 64)},
		{"oct without alg", strings.Replace(secret("", 64), `"alg":"",`, "", 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			key, err := payload.ParseJWK([]byte(tt.jwk), payload.WithPrivateKeys())
			if !errors.Is(err, payload.ErrKey) || key.Algorithm() != "" {
				t.Errorf("have %v, %v, want ErrKey", key, err)
			}
		})
	}
}

func TestJWKSRefused(t *testing.T) {
	many := strings.TrimSuffix(strings.Repeat(`{"kty":"AKP"},`, payload.MaxJWKSKeys), ",")
	one := `{` + rfcOKP + `,"kid":"a"}`
	for _, tt := range []struct{ name, set string }{
		{"empty", ``},
		{"no keys", `{}`},
		{"no key", `{"keys":[]}`},
		{"null", `{"keys":null}`},
		{"an object", `{"keys":` + one + `}`},
		{"a bare key", one},
		{"a list", `[` + one + `]`},
		{"nothing for signatures", `{"keys":[{"kty":"AKP"}]}`},
		{"keys twice", `{"keys":[` + one + `],"keys":[` + one + `]}`},
		{"keys in two cases", `{"keys":[` + one + `],"Keys":[` + one + `]}`},
		{"text after", `{"keys":[` + one + `]}x`},
		{"byte order mark", "\ufeff" + `{"keys":[` + one + `]}`},
		{"the same kid", `{"keys":[` + one + `,{` + rfcEC + `,"kid":"a"}]}`},
		{"two without kid", `{"keys":[{` + rfcOKP + `},` + one + `]}`},
		{"too deep", `{"keys":[` + one + `],"x":` + strings.Repeat("[", 8) + strings.Repeat("]", 8) + `}`},
		{"too many", `{"keys":[` + many + `,` + one + `]}`},
		{"too large", `{"keys":[` + one + `],"x":"` + strings.Repeat("x", payload.MaxJWKSSize) + `"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if keys, err := payload.ParseJWKS([]byte(tt.set)); !errors.Is(err, payload.ErrKey) || keys != nil {
				t.Errorf("have %v, %v, want ErrKey", keys, err)
			}
		})
	}
	most := strings.Replace(many, `{"kty":"AKP"}`, one, 1)
	if keys, err := payload.ParseJWKS([]byte(`{"keys":[` + most + `]}`)); err != nil || len(keys) != 1 {
		t.Errorf("%d keys: have %v, %v, want one key", payload.MaxJWKSKeys, keys, err)
	}
}

// key_ops of a private key or a secret take away what they do not name.
func TestJWKPurpose(t *testing.T) {
	for _, tt := range []struct {
		ops         string
		sign, check bool
	}{
		{`["sign"]`, true, false}, {`["verify"]`, false, true}, {`["verify","sign"]`, true, true},
	} {
		secret := base64.RawURLEncoding.EncodeToString(throwaway(32))
		key := must[payload.Key](t)(payload.ParseJWK([]byte(`{"kty":"oct","alg":"HS256","k":"`+secret+`","key_ops":`+tt.ops+`}`),
			payload.WithPrivateKeys()))
		if key.CanSign() != tt.sign {
			t.Errorf("%s: CanSign is %v", tt.ops, key.CanSign())
		}
		v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{key},
			payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
		_, err := v.Verify(ctx, mint(t, goodHeader, goodBody))
		if tt.check && err != nil || !tt.check && refused(t, err) != payload.ErrSignature {
			t.Errorf("%s: Verify: %v", tt.ops, err)
		}
	}
}

func TestJWKOptions(t *testing.T) {
	rsaKey := []byte(`{` + rfcRSA + `}`)
	if key, err := payload.ParseJWK(rsaKey, payload.WithAlgorithm(payload.PS384)); err != nil || key.Algorithm() != payload.PS384 {
		t.Errorf("WithAlgorithm: %v, %v", key, err)
	}
	named := []byte(`{` + rfcRSA + `,"alg":"RS512"}`)
	if key, err := payload.ParseJWK(named, payload.WithAlgorithm(payload.PS384)); err != nil || key.Algorithm() != payload.RS512 {
		t.Errorf("a key with alg: %v, %v", key, err)
	}
	for name, opts := range map[string][]payload.JWKOption{
		"nil":               {nil},
		"algorithm twice":   {payload.WithAlgorithm(payload.RS256), payload.WithAlgorithm(payload.RS256)},
		"private twice":     {payload.WithPrivateKeys(), payload.WithPrivateKeys()},
		"none":              {payload.WithAlgorithm("none")},
		"empty":             {payload.WithAlgorithm("")},
		"of a curve":        {payload.WithAlgorithm(payload.ES256)},
		"of HMAC, with RSA": {payload.WithAlgorithm(payload.HS256)},
	} {
		key := `{` + rfcOKP + `}` // nothing is wrong but the options
		if name == "of HMAC, with RSA" {
			key = string(rsaKey)
		}
		if key, err := payload.ParseJWK([]byte(key), opts...); !errors.Is(err, payload.ErrKey) {
			t.Errorf("%s: have %v, %v, want ErrKey", name, key, err)
		}
		if keys, err := payload.ParseJWKS([]byte(`{"keys":[`+key+`]}`), opts...); !errors.Is(err, payload.ErrKey) {
			t.Errorf("%s, a set: have %v, %v, want ErrKey", name, keys, err)
		}
	}
}

// With a key of small order anybody can make signatures that fit; the encodings are those
// of the eight such points, and of two that are no point or spelled otherwise.
func TestSmallOrder(t *testing.T) {
	for _, point := range []string{
		"0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0000000000000000000000000000000000000000000000000000000000000080",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
		"0200000000000000000000000000000000000000000000000000000000000000",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	} {
		x := base64.RawURLEncoding.EncodeToString(must[[]byte](t)(hex.DecodeString(point)))
		if key, err := payload.ParseJWK([]byte(`{"kty":"OKP","crv":"Ed25519","x":"` + x + `"}`)); !errors.Is(err, payload.ErrKey) {
			t.Errorf("%s: have %v, %v, want ErrKey", point, key, err)
		}
	}
}

func TestReadJWKS(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	keys, err := payload.ReadJWKS(file("good", rfcA2), payload.WithPrivateKeys())
	if err != nil || len(keys) != 1 || !keys[0].CanSign() {
		t.Errorf("have %v, %v", keys, err)
	}
	if _, err := payload.ReadJWKS(file("large", rfcA1+strings.Repeat(" ", payload.MaxJWKSSize))); !errors.Is(err, payload.ErrKey) {
		t.Errorf("too large: %v", err)
	}
	if _, err := payload.ReadJWKS(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := payload.ReadJWKS(dir); err == nil {
		t.Error("a directory was read")
	}
}

// No error holds anything of a key.
func TestJWKErrorsTellNothing(t *testing.T) {
	for _, tt := range jwkTests {
		_, err := payload.ParseJWK([]byte(tt.jwk))
		_, set := payload.ParseJWKS([]byte(`{"keys":[` + tt.jwk + `]}`))
		text := fmt.Sprintf("%+v %#v %+v", err, err, set)
		for _, part := range strings.FieldsFunc(tt.jwk, func(c rune) bool { return strings.ContainsRune(`{}[]":,`, c) }) {
			if len(part) > 20 && strings.Contains(text, part[:20]) {
				t.Errorf("%s: %s holds %s", tt.name, text, part)
			}
		}
	}
}

// A set of secrets is for nobody else, one of key-pairs is for others: not both in one.
func TestMixedSetRefused(t *testing.T) {
	secret := func(kid string) string {
		return `{"kty":"oct","alg":"HS256","kid":"` + kid + `","k":"` + base64.RawURLEncoding.EncodeToString(throwaway(32)) + `"}`
	}
	public, private := `{`+rfcOKP+`,"kid":"c"}`, `{`+rfcOKP+`,`+rfcOKPPrivate+`,"kid":"c"}`
	left := `{` + rfcOKP + `,"use":"enc","kid":"d"}`
	for _, tt := range []struct {
		name, set string
		keys      int // 0: refused
	}{
		{"secrets", secret("a") + `,` + secret("b"), 2},
		{"key-pairs", public + `,{` + rfcEC + `,"kid":"d"}`, 2},
		{"a secret first", secret("a") + `,` + public, 0},
		{"a secret last", private + `,` + secret("a"), 0},
		{"a secret, and a key that is left out", secret("a") + `,` + left, 1},
	} {
		keys, err := payload.ParseJWKS([]byte(`{"keys":[`+tt.set+`]}`), payload.WithPrivateKeys())
		if len(keys) != tt.keys || (tt.keys == 0) != errors.Is(err, payload.ErrKey) {
			t.Errorf("%s: have %v, %v, want %d keys", tt.name, keys, err, tt.keys)
		}
	}
}
