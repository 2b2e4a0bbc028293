package payload_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// pemKeys has a key in every form, made for this run, by name.
type pemKeys struct {
	RSA, EC, Ed                                    any // private
	PKIX, PKCS1, Cert, PKCS8, PKCS1Private         string
	ECPKIX, ECCert, ECPKCS8, SEC1, EdPKIX, EdPKCS8 string
	P224                                           string
}

var pemTestKeys = sync.OnceValues(func() (k pemKeys, err error) {
	rsaKey, err := rsaTestKey()
	if err != nil {
		return k, err
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return k, err
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		return k, err
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return k, err
	}
	der := func(data []byte, e error) []byte { err = errors.Join(err, e); return data }
	certificate := func(public, private any) []byte {
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "keys.example"}, NotAfter: time.Unix(1, 0)}
		return der(x509.CreateCertificate(rand.Reader, template, template, public, private))
	}
	k = pemKeys{
		RSA: rsaKey, EC: ecKey, Ed: edKey,
		PKIX:         block("PUBLIC KEY", der(x509.MarshalPKIXPublicKey(&rsaKey.PublicKey))),
		PKCS1:        block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey)),
		Cert:         block("CERTIFICATE", certificate(&rsaKey.PublicKey, rsaKey)),
		PKCS8:        block("PRIVATE KEY", der(x509.MarshalPKCS8PrivateKey(rsaKey))),
		PKCS1Private: block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey)),
		ECPKIX:       block("PUBLIC KEY", der(x509.MarshalPKIXPublicKey(&ecKey.PublicKey))),
		ECCert:       block("CERTIFICATE", certificate(&ecKey.PublicKey, ecKey)),
		ECPKCS8:      block("PRIVATE KEY", der(x509.MarshalPKCS8PrivateKey(ecKey))),
		SEC1:         block("EC PRIVATE KEY", der(x509.MarshalECPrivateKey(ecKey))),
		EdPKIX:       block("PUBLIC KEY", der(x509.MarshalPKIXPublicKey(edKey.Public()))),
		EdPKCS8:      block("PRIVATE KEY", der(x509.MarshalPKCS8PrivateKey(edKey))),
		P224:         block("PUBLIC KEY", der(x509.MarshalPKIXPublicKey(&p224.PublicKey))),
	}
	return k, err
})

func TestParsePEM(t *testing.T) {
	k := must[pemKeys](t)(pemTestKeys())
	for _, tt := range []struct {
		name, pem string
		alg       payload.Algorithm
		signs     bool
		private   any
	}{
		{"PKIX", k.PKIX, payload.RS256, false, k.RSA},
		{"PKIX for PSS", k.PKIX, payload.PS512, false, k.RSA},
		{"PKCS#1", k.PKCS1, payload.RS384, false, k.RSA},
		{"certificate", k.Cert, payload.RS256, false, k.RSA},
		{"PKCS#8", k.PKCS8, payload.RS256, true, k.RSA},
		{"PKCS#1 private", k.PKCS1Private, payload.PS256, true, k.RSA},
		{"EC PKIX", k.ECPKIX, payload.ES256, false, k.EC},
		{"EC certificate", k.ECCert, payload.ES256, false, k.EC},
		{"EC PKCS#8", k.ECPKCS8, payload.ES256, true, k.EC},
		{"SEC 1", k.SEC1, payload.ES256, true, k.EC},
		{"Ed25519 PKIX", k.EdPKIX, payload.EdDSA, false, k.Ed},
		{"Ed25519 PKCS#8", k.EdPKCS8, payload.EdDSA, true, k.Ed},
		{"white space around", "\n " + k.EdPKIX + "\r\n\n", payload.EdDSA, false, k.Ed},
		{"Windows lines", strings.ReplaceAll(k.EdPKIX, "\n", "\r\n"), payload.EdDSA, false, k.Ed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			key, err := payload.ParsePEM(tt.alg, []byte(tt.pem), payload.KeyID("k"))
			if err != nil || key.Algorithm() != tt.alg || key.CanSign() != tt.signs || key.ID() != "k" {
				t.Fatalf("have %v, %v, CanSign %v", key, err, key.CanSign())
			}
			signing := key
			if !tt.signs {
				signing = goKey(t, tt.alg, tt.private)
			}
			s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](signing, issuer, audience, payload.WithClock(clock)))
			v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{key},
				payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
			if _, err := v.Verify(ctx, must[string](t)(s.Access(Claims{}))); err != nil {
				t.Error(err)
			}
		})
	}
}

// goKey makes a key with the id k of a private key of the standard library.
func goKey(t testing.TB, alg payload.Algorithm, private any) payload.Key {
	t.Helper()
	id := payload.KeyID("k")
	switch private := private.(type) {
	case *rsa.PrivateKey:
		return must[payload.Key](t)(payload.RSAPrivateKey(alg, private, id))
	case *ecdsa.PrivateKey:
		return must[payload.Key](t)(payload.ECDSAPrivateKey(private, id))
	}
	return must[payload.Key](t)(payload.Ed25519PrivateKey(private.(ed25519.PrivateKey), id))
}

func TestPEMRefused(t *testing.T) {
	k := must[pemKeys](t)(pemTestKeys())
	weak := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 1024))
	der := func(text string) []byte { b, _ := pem.Decode([]byte(text)); return b.Bytes }
	headers := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: throwaway(64), Headers: map[string]string{
		"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}}
	smallOrder := append(der(k.EdPKIX)[:12:12], append([]byte{1}, make([]byte, 31)...)...)
	for _, tt := range []struct {
		name string
		alg  payload.Algorithm
		pem  string
	}{
		{"empty", payload.RS256, ""},
		{"text", payload.RS256, "a secret"},
		{"RSA for ES256", payload.ES256, k.PKIX},
		{"RSA for HS256", payload.HS256, k.PKIX},
		{"RSA for nothing", "", k.PKIX},
		{"RSA for none", "none", k.PKIX},
		{"EC for RS256", payload.RS256, k.ECPKIX},
		{"EC for another curve", payload.ES384, k.ECPKIX},
		{"EC for nothing", "", k.ECPKIX},
		{"EC for EdDSA", payload.EdDSA, k.SEC1},
		{"Ed25519 for ES256", payload.ES256, k.EdPKIX},
		{"Ed25519 for nothing", "", k.EdPKCS8},
		{"Ed25519 of small order", payload.EdDSA, block("PUBLIC KEY", smallOrder)},
		{"P-224", payload.ES256, k.P224},
		{"1,024 bits", payload.RS256, block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&weak.PublicKey))},
		{"1,024 bits private", payload.RS256, block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(weak))},
		{"two blocks", payload.EdDSA, k.EdPKIX + k.EdPKIX},
		{"text before", payload.EdDSA, "Subject: me\n" + k.EdPKIX},
		{"text after", payload.EdDSA, k.EdPKIX + "x"},
		{"a broken block before", payload.EdDSA, "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----\n" + k.EdPKIX},
		{"a block cut off", payload.EdDSA, k.EdPKIX[:len(k.EdPKIX)-10]},
		{"encrypted, PKCS#8", payload.RS256, block("ENCRYPTED PRIVATE KEY", der(k.PKCS8))},
		{"encrypted, PKCS#1", payload.RS256, string(pem.EncodeToMemory(headers))},
		{"another type", payload.RS256, block("X509 CRL", der(k.PKIX))},
		{"the type of another form", payload.RS256, block("RSA PUBLIC KEY", der(k.PKIX))},
		{"bytes after PKIX", payload.RS256, block("PUBLIC KEY", append(der(k.PKIX), 0))},
		{"bytes after PKCS#8", payload.RS256, block("PRIVATE KEY", append(der(k.PKCS8), 0))},
		{"bytes after SEC 1", payload.ES256, block("EC PRIVATE KEY", append(der(k.SEC1), 0))},
		{"empty block", payload.RS256, block("PUBLIC KEY", nil)},
		{"not DER", payload.RS256, block("PUBLIC KEY", throwaway(64))},
		{"a header", payload.RS256, string(pem.EncodeToMemory(&pem.Block{
			Type: "PUBLIC KEY", Bytes: der(k.PKIX), Headers: map[string]string{"Comment": "mine"}}))},
		{"too large", payload.RS256, strings.Replace(k.PKIX, "\n-----END", strings.Repeat("\n", 32<<10)+"-----END", 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			key, err := payload.ParsePEM(tt.alg, []byte(tt.pem))
			if !errors.Is(err, payload.ErrKey) || key.Algorithm() != "" {
				t.Fatalf("have %v, %v, want ErrKey", key, err)
			}
			for _, line := range strings.Split(tt.pem, "\n") {
				if len(line) > 20 && line[0] != '-' && strings.Contains(err.Error(), line[:10]) {
					t.Errorf("%v holds %s", err, line)
				}
			}
		})
	}
	if _, err := payload.ParsePEM(payload.RS256, []byte(k.PKIX), payload.KeyID("")); !errors.Is(err, payload.ErrKey) {
		t.Errorf("an option's error: %v", err)
	}
}

func TestParseCertificates(t *testing.T) {
	k := must[pemKeys](t)(pemTestKeys())
	object := func(all map[string]any) string { return string(must[[]byte](t)(json.Marshal(all))) }
	keys, err := payload.ParseCertificates([]byte(object(map[string]any{"one": k.Cert, "two": k.Cert})))
	if err != nil || len(keys) != 2 || keys[0].ID() != "one" || keys[0].Algorithm() != payload.RS256 || keys[0].CanSign() {
		t.Errorf("have %v, %v", keys, err)
	}
	many := map[string]any{}
	for i := range payload.MaxJWKSKeys + 1 {
		many[string(rune('Ā'+i))] = k.Cert
	}
	one := string(must[[]byte](t)(json.Marshal(k.Cert)))
	for name, data := range map[string]string{
		"empty": "", "list": "[]", "none": "{}", "not text": `{"a":1}`, "null": `{"a":null}`,
		"public key": object(map[string]any{"a": k.PKIX}), "private key": object(map[string]any{"a": k.PKCS8}),
		"EC": object(map[string]any{"a": k.ECCert}), "chain": object(map[string]any{"a": k.Cert + k.Cert}),
		"no id": object(map[string]any{"": k.Cert}), "one is bad": object(map[string]any{"a": k.Cert, "b": "x"}),
		"an id twice": `{"a":` + one + `,"a":` + one + `}`, "too many": object(many),
		"too large": `{"a":` + one + `}` + strings.Repeat(" ", payload.MaxJWKSSize),
	} {
		if keys, err := payload.ParseCertificates([]byte(data)); !errors.Is(err, payload.ErrKey) || keys != nil {
			t.Errorf("%s: have %v, %v, want ErrKey", name, keys, err)
		}
	}
}
