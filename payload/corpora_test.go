package payload_test

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// corpora is where the cases of others lie beside a checkout, if they are there; they are
// not part of this repository.
const corpora = "../../shared/corpora/"

type jwk struct {
	Kty, Alg, Crv, Kid, Use, K, N, E, X, Y string
	KeyOps                                 []string `json:"key_ops"`
}

type jwsCase struct {
	ID, Comment, Note, JWS, Result string
	JWKs                           []jwk
}

func number(s string) *big.Int {
	b, _ := base64.RawURLEncoding.DecodeString(s)
	return new(big.Int).SetBytes(b)
}

// key makes a Key of a JWK, for the algorithm of the token where it names none.
func (k jwk) key(alg payload.Algorithm) (payload.Key, error) {
	var opts []payload.KeyOption
	if k.Kid != "" {
		opts = append(opts, payload.KeyID(k.Kid))
	}
	if k.Alg != "" {
		alg = payload.Algorithm(k.Alg)
	}
	switch k.Kty {
	case "oct":
		return payload.HMACKey(alg, must2(base64.RawURLEncoding.DecodeString(k.K)), opts...)
	case "RSA":
		return payload.RSAKey(alg, &rsa.PublicKey{N: number(k.N), E: int(number(k.E).Int64())}, opts...)
	case "EC":
		curve := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}[k.Crv]
		return payload.ECDSAKey(&ecdsa.PublicKey{Curve: curve, X: number(k.X), Y: number(k.Y)}, opts...)
	}
	return payload.Ed25519Key(ed25519.PublicKey(must2(base64.RawURLEncoding.DecodeString(k.X))), opts...)
}

func must2(b []byte, _ error) []byte { return b }

// signed reports whether the header, the key and the signature of a token are accepted.
// The payloads are text as a rule, so it is refused for that, after the signature.
func (c jwsCase) signed(t *testing.T) (ok bool, why error) {
	t.Helper()
	head, _, _ := strings.Cut(c.JWS, ".")
	var header struct{ Alg payload.Algorithm }
	_ = json.Unmarshal(must2(base64.RawURLEncoding.DecodeString(head)), &header)
	var keys payload.Keys
	for _, k := range c.JWKs {
		key, err := k.key(header.Alg)
		if err != nil {
			why = err
			continue
		}
		keys = append(keys, key)
	}
	v, err := payload.NewVerifier[map[string]any](keys, payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType(),
		payload.WithMaxTokenSize(1<<20), payload.WithClock(func() time.Time { return time.Unix(1300819379, 0) }))
	if err != nil {
		return false, errors.Join(err, why)
	}
	_, err = v.Verify(ctx, c.JWS)
	var refusal *payload.Error
	if errors.As(err, &refusal) {
		return strings.HasPrefix(refusal.Reason(), "claim"), errors.New(refusal.Reason())
	}
	return err == nil, err
}

// differences are the cases where this package says otherwise than the corpus, by reason.
var differences = map[string]string{
	"json_web_signature/259 264 268 272 320 325": "an empty payload is no claims object, refused before the signature",
	"json_web_signature/346 350":                 "disputed: the key is for PS256, the header says PS384",
	"json_web_signature/357 358 359 376 377":     "the secret is all zeros, which no Key can be made of",
	"json_web_signature/372 373":                 "disputed: not base64url; and the secret is all zeros",
	"json_web_signature/353 354 355 356":         "use and key_ops are members of a JWK; a Key is made of a Go key",
	"json_web_key/19 20 21":                      "use, and alg that contradicts crv, likewise",
	"json_web_key/1":                             "a set of HMAC and ECDSA keys is allowed: each serves its algorithm only",
	"json_web_crypto/47":                         "likewise",
	"json_web_key/7":                             "keys are not checked for ROCA",
	"json_web_crypto/46":                         "likewise",
}

// listed returns the ids of differences.
func listed() map[string]bool {
	ids := map[string]bool{}
	for line := range differences {
		group, numbers, _ := strings.Cut(line, "/")
		for _, n := range strings.Fields(numbers) {
			ids[group+"/"+n] = true
		}
	}
	return ids
}

// TestCorpora runs the signature cases of the RFCs and of Wycheproof.
func TestCorpora(t *testing.T) {
	for _, file := range []string{"rfc_jws.jsonl", "wycheproof_jws.jsonl"} {
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(corpora + file)
			if err != nil {
				t.Skipf("SKIPPED: %s%s is not there", corpora, file)
			}
			counts, listed := map[string]int{}, listed()
			lines := bufio.NewScanner(bytes.NewReader(data))
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				var c jwsCase
				if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
					t.Fatal(err)
				}
				ok, why := c.signed(t)
				differs := ok != (c.Result == "valid")
				if differs != listed[c.ID] {
					t.Errorf("%s %s is %s, accepted is %v: %v (%s)", c.ID, c.Comment, c.Result, ok, why, c.Note)
				}
				counts[fmt.Sprintf("%s, differs: %v", c.Result, differs)]++
			}
			t.Log(counts)
		})
	}
}
