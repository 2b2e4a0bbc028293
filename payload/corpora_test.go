package payload_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// corpora is where the cases of others lie beside a checkout, if they are there; they are
// not part of this repository.
const corpora = "../../shared/corpora/"

type jwsCase struct {
	ID, Comment, Note, JWS, Result string
	JWKs                           []json.RawMessage
}

// keys reads the keys of the case, for the algorithm of the token where they name none.
func (c jwsCase) keys(alg payload.Algorithm) (payload.Keys, error) {
	opts := []payload.JWKOption{payload.WithPrivateKeys()}
	if strings.Contains("RS256 RS384 RS512 PS256 PS384 PS512 HS256 HS384 HS512", string(alg)) && alg != "" {
		opts = append(opts, payload.WithAlgorithm(alg))
	}
	set, err := json.Marshal(map[string]any{"keys": c.JWKs})
	if err != nil {
		return nil, err
	}
	return payload.ParseJWKS(set, opts...)
}

func must2(b []byte, _ error) []byte { return b }

// signed reports whether the header, the key and the signature of a token are accepted.
// The payloads are text as a rule, so it is refused for that, after the signature.
func (c jwsCase) signed(t *testing.T) (bool, error) {
	t.Helper()
	head, _, _ := strings.Cut(c.JWS, ".")
	var header struct{ Alg payload.Algorithm }
	_ = json.Unmarshal(must2(base64.RawURLEncoding.DecodeString(head)), &header)
	keys, err := c.keys(header.Alg)
	if err != nil {
		return false, err
	}
	v, err := payload.NewVerifier[map[string]any](keys, payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType(),
		payload.WithMaxTokenSize(1<<20), payload.WithClock(func() time.Time { return time.Unix(1300819379, 0) }))
	if err != nil {
		return false, err
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
	"json_web_signature/347 351":                 "disputed: the key is for ES521, which does not exist",
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
