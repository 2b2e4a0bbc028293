package payload_test

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
	"github.com/rolespec/rolespec/payload/payloadtest"
)

// keySourceTests have a row of the table of keys in doc.go each: a key that signs, and the
// source it is verified by.
var keySourceTests = map[string]func(*testing.T) (payload.Key, payload.KeySource){
	"shared-secret": func(t *testing.T) (payload.Key, payload.KeySource) {
		secret := base64.RawURLEncoding.EncodeToString(throwaway(32))
		read := must[payload.Key](t)(payload.ParseJWK([]byte(`{"kty":"oct","alg":"HS256","k":"`+secret+`"}`), payload.WithPrivateKeys()))
		return hmacKey(t), payload.Keys{read}
	},
	"key-pair": func(t *testing.T) (payload.Key, payload.KeySource) {
		k := must[pemKeys](t)(pemTestKeys())
		public := must[payload.Key](t)(payload.ParsePEM(payload.RS256, []byte(k.PKIX)))
		return must[payload.Key](t)(payload.ParsePEM(payload.RS256, []byte(k.PKCS8))), payload.Keys{public}
	},
	"by-kid": func(t *testing.T) (payload.Key, payload.KeySource) {
		mine := hmacKey(t, payload.KeyID("mine"))
		other := must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(40), payload.KeyID("other")))
		return mine, payload.Keys{other, mine}
	},
	"by-algorithm": func(t *testing.T) (payload.Key, payload.KeySource) {
		private := must[*rsa.PrivateKey](t)(rsaTestKey())
		public := must[payload.Key](t)(payload.RSAKey(payload.RS256, &private.PublicKey))
		return must[payload.Key](t)(payload.RSAPrivateKey(payload.RS256, private)), payload.Keys{hmacKey(t), public}
	},
	"local-set": func(t *testing.T) (payload.Key, payload.KeySource) {
		path := filepath.Join(t.TempDir(), "jwks.json")
		if err := os.WriteFile(path, []byte(`{"keys":[{`+rfcOKP+`,"kid":"k"}]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		return okpKey(t), must[payload.Keys](t)(payload.ReadJWKS(path))
	},
	"remote-set": func(t *testing.T) (payload.Key, payload.KeySource) {
		key := okpKey(t)
		address := serve(t, must[[]byte](t)(payload.PublicJWKS(key)))
		source := must[*payloadjwks.Source](t)(payloadjwks.New(ctx, address))
		t.Cleanup(func() { source.Close() })
		return key, payload.KeyFunc(source.Key)
	},
	"google": func(t *testing.T) (payload.Key, payload.KeySource) {
		k := must[pemKeys](t)(pemTestKeys())
		certificates := must[[]byte](t)(json.Marshal(map[string]string{"k": k.Cert}))
		return goKey(t, payload.RS256, k.RSA), must[payload.Keys](t)(payload.ParseCertificates(certificates))
	},
	"elsewhere": func(t *testing.T) (payload.Key, payload.KeySource) {
		key := okpKey(t)
		return key, payload.KeyFunc(func(_ context.Context, _ payload.Algorithm, _ string, _ bool) (payload.Key, error) { return key, nil })
	},
	"published": func(t *testing.T) (payload.Key, payload.KeySource) {
		key := okpKey(t)
		return key, must[payload.Keys](t)(payload.ParseJWKS(must[[]byte](t)(payload.PublicJWKS(key))))
	},
	"for-tests": nil, // has a signer of its own
}

func okpKey(t testing.TB) payload.Key {
	t.Helper()
	return must[payload.Key](t)(payload.ParseJWK([]byte(`{`+rfcOKP+`,`+rfcOKPPrivate+`,"kid":"k"}`), payload.WithPrivateKeys()))
}

func serve(t testing.TB, data []byte) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }))
	t.Cleanup(server.Close)
	return server.URL
}

func TestKeySources(t *testing.T) {
	_, table, _ := strings.Cut(string(must[[]byte](t)(os.ReadFile("doc.go"))), "//\tkeys ")
	rows := map[string]bool{}
	for _, line := range strings.Split(table, "\n")[1:] {
		words := strings.Fields(strings.TrimPrefix(line, "//\t"))
		if len(words) < 2 {
			break
		}
		rows[words[0]] = true
	}
	tested := map[string]bool{}
	for row, make := range keySourceTests {
		tested[row] = true
		if make == nil {
			continue
		}
		t.Run(row, func(t *testing.T) {
			key, source := make(t)
			s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](key, issuer, audience, payload.WithClock(clock)))
			v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](source,
				payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
			claims, err := v.Verify(ctx, must[string](t)(s.Access(Claims{Account: "acme"})))
			if err != nil || claims.Account != "acme" {
				t.Errorf("have %+v, %v", claims, err)
			}
		})
	}
	t.Run("for-tests", func(t *testing.T) {
		kit := payloadtest.New[Claims](t)
		if claims, err := kit.Verifier.Verify(ctx, kit.Token(Claims{Account: "acme"})); err != nil || claims.Account != "acme" {
			t.Errorf("have %+v, %v", claims, err)
		}
	})
	if diff := cmp.Diff(rows, tested); diff != "" {
		t.Errorf("the table of doc.go and the tests (-doc +tested):\n%s", diff)
	}
}
