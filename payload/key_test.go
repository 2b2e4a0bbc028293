package payload_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

var rsaTestKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// signingKeys has a key for every algorithm, made for this run.
func signingKeys(t testing.TB) payload.Keys {
	t.Helper()
	key := must[payload.Key](t)
	private := must[*rsa.PrivateKey](t)(rsaTestKey())
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys := payload.Keys{
		key(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID("HS256"))),
		key(payload.HMACKey(payload.HS384, throwaway(48), payload.KeyID("HS384"))),
		key(payload.HMACKey(payload.HS512, throwaway(64), payload.KeyID("HS512"))),
		key(payload.Ed25519PrivateKey(ed, payload.KeyID("EdDSA"))),
	}
	for _, alg := range []payload.Algorithm{
		payload.RS256, payload.RS384, payload.RS512, payload.PS256, payload.PS384, payload.PS512,
	} {
		keys = append(keys, key(payload.RSAPrivateKey(alg, private, payload.KeyID(string(alg)))))
	}
	for alg, curve := range map[payload.Algorithm]elliptic.Curve{
		payload.ES256: elliptic.P256(), payload.ES384: elliptic.P384(), payload.ES512: elliptic.P521(),
	} {
		ec := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(curve, rand.Reader))
		keys = append(keys, key(payload.ECDSAPrivateKey(ec, payload.KeyID(string(alg)))))
	}
	return keys
}

func TestKeysRefused(t *testing.T) {
	good := must[*rsa.PrivateKey](t)(rsaTestKey())
	weak := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 1024))
	p224 := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P224(), rand.Reader))
	offCurve := &ecdsa.PublicKey{Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)}
	mixed := &rsa.PrivateKey{PublicKey: weak.PublicKey, D: good.D, Primes: good.Primes}
	mixed.N = good.N
	mixed.E = 3
	huge := new(big.Int).Lsh(big.NewInt(1), 16400)
	pemSecret := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: throwaway(64)})

	type made struct {
		key payload.Key
		err error
	}
	of := func(key payload.Key, err error) made { return made{key, err} }
	for name, got := range map[string]made{
		"HMAC nil":             of(payload.HMACKey(payload.HS256, nil)),
		"HMAC empty":           of(payload.HMACKey(payload.HS256, []byte{})),
		"HMAC 31 bytes":        of(payload.HMACKey(payload.HS256, throwaway(31))),
		"HMAC 47 for HS384":    of(payload.HMACKey(payload.HS384, throwaway(47))),
		"HMAC 63 for HS512":    of(payload.HMACKey(payload.HS512, throwaway(63))),
		"HMAC never filled":    of(payload.HMACKey(payload.HS256, make([]byte, 32))),
		"HMAC of PEM":          of(payload.HMACKey(payload.HS256, pemSecret)),
		"HMAC for RS256":       of(payload.HMACKey(payload.RS256, throwaway(64))),
		"HMAC for none":        of(payload.HMACKey("none", throwaway(64))),
		"HMAC for nothing":     of(payload.HMACKey("", throwaway(64))),
		"RSA nil":              of(payload.RSAKey(payload.RS256, nil)),
		"RSA zero":             of(payload.RSAKey(payload.RS256, &rsa.PublicKey{})),
		"RSA no modulus":       of(payload.RSAKey(payload.RS256, &rsa.PublicKey{E: 65537})),
		"RSA 1024 bits":        of(payload.RSAKey(payload.RS256, &weak.PublicKey)),
		"RSA 16401 bits":       of(payload.RSAKey(payload.RS256, &rsa.PublicKey{N: huge.SetBit(huge, 0, 1), E: 65537})),
		"RSA even modulus":     of(payload.RSAKey(payload.RS256, &rsa.PublicKey{N: new(big.Int).Lsh(good.N, 1), E: 65537})),
		"RSA exponent 1":       of(payload.RSAKey(payload.RS256, &rsa.PublicKey{N: good.N, E: 1})),
		"RSA exponent 0":       of(payload.RSAKey(payload.RS256, &rsa.PublicKey{N: good.N})),
		"RSA exponent even":    of(payload.RSAKey(payload.RS256, &rsa.PublicKey{N: good.N, E: 65536})),
		"RSA for ES256":        of(payload.RSAKey(payload.ES256, &good.PublicKey)),
		"RSA private nil":      of(payload.RSAPrivateKey(payload.PS256, nil)),
		"RSA private zero":     of(payload.RSAPrivateKey(payload.PS256, &rsa.PrivateKey{})),
		"RSA private 1024":     of(payload.RSAPrivateKey(payload.PS256, weak)),
		"RSA private mixed up": of(payload.RSAPrivateKey(payload.PS256, mixed)),
		"RSA private for none": of(payload.RSAPrivateKey("none", good)),
		"ECDSA nil":            of(payload.ECDSAKey(nil)),
		"ECDSA zero":           of(payload.ECDSAKey(&ecdsa.PublicKey{})),
		"ECDSA no point":       of(payload.ECDSAKey(&ecdsa.PublicKey{Curve: elliptic.P256()})),
		"ECDSA P-224":          of(payload.ECDSAKey(&p224.PublicKey)),
		"ECDSA off the curve":  of(payload.ECDSAKey(offCurve)),
		"ECDSA private nil":    of(payload.ECDSAPrivateKey(nil)),
		"ECDSA private zero":   of(payload.ECDSAPrivateKey(&ecdsa.PrivateKey{})),
		"ECDSA private empty":  of(payload.ECDSAPrivateKey(&ecdsa.PrivateKey{PublicKey: ecdsa.PublicKey{Curve: elliptic.P256()}})),
		"ECDSA private P-224":  of(payload.ECDSAPrivateKey(p224)),
		"Ed25519 nil":          of(payload.Ed25519Key(nil)),
		"Ed25519 short":        of(payload.Ed25519Key(make([]byte, 31))),
		"Ed25519 private nil":  of(payload.Ed25519PrivateKey(nil)),
		"Ed25519 private seed": of(payload.Ed25519PrivateKey(make([]byte, 32))),
		"nil option":           of(payload.HMACKey(payload.HS256, throwaway(32), nil)),
		"empty id":             of(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID(""))),
		"long id":              of(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID(strings.Repeat("x", 256)))),
		"id with control":      of(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID("a\nb"))),
		"id not UTF-8":         of(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID("\xff"))),
		"two ids":              of(payload.HMACKey(payload.HS256, throwaway(32), payload.KeyID("a"), payload.KeyID("b"))),
	} {
		if !errors.Is(got.err, payload.ErrKey) || errors.Is(got.err, payload.ErrInvalid) {
			t.Errorf("%s: err = %v, want ErrKey", name, got.err)
		}
		if got.key.Algorithm() != "" || got.key.CanSign() || got.key.ID() != "" {
			t.Errorf("%s: a key was returned: %v", name, got.key)
		}
	}
}

func TestKeysCopied(t *testing.T) {
	secret := throwaway(32)
	key := must[payload.Key](t)(payload.HMACKey(payload.HS256, secret))
	clear(secret)
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{key},
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
	if _, err := v.Verify(ctx, mint(t, goodHeader, goodBody)); err != nil {
		t.Errorf("after the secret was wiped: %v", err)
	}
}

// A key shows no material, whatever prints it, and however deep it lies.
func TestKeysRedacted(t *testing.T) {
	private := must[*rsa.PrivateKey](t)(rsaTestKey())
	secret := throwaway(32)
	keys := payload.Keys{
		must[payload.Key](t)(payload.HMACKey(payload.HS256, secret, payload.KeyID("k1"))),
		must[payload.Key](t)(payload.RSAPrivateKey(payload.RS256, private, payload.KeyID("k2"))),
	}
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](keys, payload.AnyIssuer(), payload.AnyAudience()))
	s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](keys[0], issuer, audience))
	type hidden struct {
		key  payload.Key
		keys *payload.Keys
		v    *payload.Verifier[Claims]
	}
	var out bytes.Buffer
	inside := hidden{keys[1], &keys, v}
	for _, value := range []any{keys[0], keys[1], &keys[0], keys, inside, &inside, *v, *s, payload.Key{}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%t"} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
		data, _ := json.Marshal(value)
		out.Write(data)
		slog.New(slog.NewTextHandler(&out, nil)).Info("m", "value", value)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "value", value)
	}
	text := strings.ToLower(out.String())
	for _, material := range [][]byte{secret[:8], private.D.Bytes()[:8], private.N.Bytes()[:8], private.Primes[0].Bytes()[:8]} {
		for _, form := range []string{
			string(material), hex.EncodeToString(material), base64.StdEncoding.EncodeToString(material)[:10],
			fmt.Sprint(material)[1:20], new(big.Int).SetBytes(material).String()[:12], fmt.Sprintf("%#v", material)[7:30],
		} {
			if strings.Contains(text, strings.ToLower(form)) {
				t.Errorf("key material shows as %q", form)
			}
		}
	}
	for _, tt := range []struct{ format, want string }{
		{"%v", `HS256 key "k1"`}, {"%+v", `HS256 key "k1"`}, {"%#v", `payload.Key(HS256 key "k1")`}, {"%x", `HS256 key "k1"`},
	} {
		if got := fmt.Sprintf(tt.format, keys[0]); got != tt.want {
			t.Errorf("%s prints %q, want %q", tt.format, got, tt.want)
		}
	}
	if got := fmt.Sprint(payload.Key{}); got != "no key" {
		t.Errorf("the zero Key prints %q", got)
	}
}

// Only the key named, or the only one of the algorithm, is used.
func TestKeyChoice(t *testing.T) {
	other := must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(33), payload.KeyID("other")))
	mine := hmacKey(t, payload.KeyID("mine"))
	long := must[payload.Key](t)(payload.HMACKey(payload.HS512, throwaway(64), payload.KeyID("long")))
	bare := hmacKey(t)
	kid := func(id string) string { return `{"alg":"HS256","kid":"` + id + `"}` }
	for _, tt := range []struct {
		name   string
		keys   payload.Keys
		header string
		want   error
	}{
		{"named", payload.Keys{other, mine}, kid("mine"), nil},
		{"names another", payload.Keys{other, mine}, kid("other"), payload.ErrSignature},
		{"names one of another algorithm", payload.Keys{long, mine}, kid("long"), payload.ErrUnknownKey},
		{"names none", payload.Keys{mine}, kid("x"), payload.ErrUnknownKey},
		{"names none, key without id", payload.Keys{bare}, kid("x"), payload.ErrUnknownKey},
		{"no name, one of the algorithm", payload.Keys{long, mine}, goodHeader, nil},
		{"no name, key without id", payload.Keys{long, bare}, goodHeader, nil},
		{"no name, two of the algorithm", payload.Keys{other, mine}, goodHeader, payload.ErrUnknownKey},
		{"no name, none of the algorithm", payload.Keys{long}, goodHeader, payload.ErrUnknownKey},
	} {
		v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](tt.keys,
			payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
		_, err := v.Verify(ctx, mint(t, tt.header, goodBody))
		if tt.want == nil && err != nil || tt.want != nil && refused(t, err) != tt.want {
			t.Errorf("%s: err = %v, want %v", tt.name, err, tt.want)
		}
	}
}

// golang-jwt takes PSS salts of any length; RFC 7518 does not.
func TestPSSSalt(t *testing.T) {
	private := must[*rsa.PrivateKey](t)(rsaTestKey())
	key := must[payload.Key](t)(payload.RSAKey(payload.PS256, &private.PublicKey))
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{key},
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
	b64 := base64.RawURLEncoding.EncodeToString
	input := b64([]byte(`{"alg":"PS256"}`)) + "." + b64([]byte(goodBody))
	digest := crypto.SHA256.New()
	digest.Write([]byte(input))
	for salt, accepted := range map[int]bool{32: true, 0: false, 20: false, 33: false, 64: false} {
		if salt == 0 {
			salt = rsa.PSSSaltLengthAuto // as long as fits
		}
		sig, err := rsa.SignPSS(rand.Reader, private, crypto.SHA256, digest.Sum(nil), &rsa.PSSOptions{SaltLength: salt})
		if err != nil {
			t.Fatal(err)
		}
		_, err = v.Verify(ctx, input+"."+b64(sig))
		if !accepted && refused(t, err) != payload.ErrSignature || accepted && err != nil {
			t.Errorf("salt of %d bytes: %v", salt, err)
		}
	}
	if verdict := verdicts(t)["pss-salt-length"]; verdict != "reject" {
		t.Errorf("the table of doc.go says %q", verdict)
	}
}
