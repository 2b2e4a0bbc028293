package payload_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

// tokenCase is a line of testdata/tokens.jsonl.gz.
type tokenCase struct {
	ID, Class, Token, Expected string
	Verifier                   struct {
		Algs             []payload.Algorithm
		Kids             []string
		Issuer, Audience string
		Typ              string
		Now, Leeway      int64
	}
	Claims json.RawMessage
}

type rawKey struct {
	Kid       string
	Alg       payload.Algorithm
	PublicPEM string `json:"public_pem"`
	Secret    string `json:"secret_b64url"`
}

func unzip(t testing.TB, path string) []byte {
	t.Helper()
	f := must[*os.File](t)(os.Open(path))
	defer f.Close()
	return must[[]byte](t)(io.ReadAll(must[*gzip.Reader](t)(gzip.NewReader(f))))
}

func tokenCases(t testing.TB) []tokenCase {
	t.Helper()
	var all []tokenCase
	lines := bufio.NewScanner(bytes.NewReader(unzip(t, "testdata/tokens.jsonl.gz")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c tokenCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d cases, %v", len(all), err)
	}
	return all
}

func rawKeys(t testing.TB) map[string]rawKey {
	t.Helper()
	var file struct{ Keys []rawKey }
	if err := json.Unmarshal(unzip(t, "testdata/throwaway_token_keys.json.gz"), &file); err != nil {
		t.Fatal(err)
	}
	keys := map[string]rawKey{}
	for _, k := range file.Keys {
		keys[k.Kid] = k
	}
	return keys
}

// as makes a Key of the algorithm, if this is a key for it.
func (k rawKey) as(t testing.TB, alg payload.Algorithm, id string) (payload.Key, error) {
	t.Helper()
	withID := payload.KeyID(id)
	if k.Secret != "" {
		return payload.HMACKey(alg, must[[]byte](t)(base64.RawURLEncoding.DecodeString(k.Secret)), withID)
	}
	block, _ := pem.Decode([]byte(k.PublicPEM))
	switch public := must[any](t)(x509.ParsePKIXPublicKey(block.Bytes)).(type) {
	case *rsa.PublicKey:
		return payload.RSAKey(alg, public, withID)
	case *ecdsa.PublicKey:
		return payload.ECDSAKey(public, withID)
	case ed25519.PublicKey:
		return payload.Ed25519Key(public, withID)
	}
	t.Fatalf("key %s is of no known type", k.Kid)
	return payload.Key{}, nil
}

// keys makes the keys of a case: one for each kid and algorithm that fit together. A
// second algorithm of a kid gets an id of its own, since a Key has one.
func (c tokenCase) keys(t testing.TB, raw map[string]rawKey) payload.Keys {
	t.Helper()
	var all payload.Keys
	for _, kid := range c.Verifier.Kids {
		id := kid
		for _, alg := range c.Verifier.Algs {
			key, err := raw[kid].as(t, alg, id)
			if errors.Is(err, payload.ErrKey) || err == nil && key.Algorithm() != alg {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, key)
			id = kid + "/" + string(alg)
		}
	}
	return all
}

// verify verifies the token of a case into claims of type C.
func verify[C any](t testing.TB, c tokenCase, raw map[string]rawKey) (C, error) {
	t.Helper()
	keys := c.keys(t, raw)
	if len(keys) == 0 { // weak, or not for an algorithm of the case: no Verifier can be made
		var none C
		return none, payload.ErrInvalid
	}
	v, err := payload.NewVerifier[C](keys,
		payload.WithIssuer(c.Verifier.Issuer), payload.WithAudience(c.Verifier.Audience),
		payload.WithType(c.Verifier.Typ), payload.WithLeeway(time.Duration(c.Verifier.Leeway)*time.Second),
		payload.WithClock(func() time.Time { return time.Unix(c.Verifier.Now, 0) }))
	if err != nil {
		t.Fatal(err)
	}
	return v.Verify(ctx, c.Token)
}

func TestConformance(t *testing.T) {
	raw, verdicts := rawKeys(t), verdicts(t)
	counts := map[string]int{}
	for _, c := range tokenCases(t) {
		want, listed := c.Expected, true
		if want == "policy" {
			want, listed = verdicts[c.row(t)]
		}
		if !listed {
			t.Errorf("%s: class %s is not in the table of doc.go", c.ID, c.Class)
			continue
		}
		got, err := verify[map[string]any](t, c, raw)
		typed, typedErr := verify[Claims](t, c, raw)
		if (err == nil) != (typedErr == nil) {
			t.Errorf("%s %s: a map gives %v, a struct %v", c.ID, c.Class, err, typedErr)
		}
		if (err == nil) != (want == "accept") {
			t.Errorf("%s %s: err = %v, want %s", c.ID, c.Class, err, want)
			continue
		}
		counts[c.Expected+" -> "+want]++
		if err != nil {
			if !errors.Is(err, payload.ErrInvalid) || got != nil || !cmp.Equal(typed, Claims{}) {
				t.Errorf("%s %s: err = %v with claims %v, %+v", c.ID, c.Class, err, got, typed)
			}
			continue
		}
		sameClaims(t, c, got, typed)
	}
	want := map[string]int{"accept -> accept": 101, "reject -> reject": 319, "policy -> accept": 8, "policy -> reject": 72}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
}

// row is the row of the table of doc.go that decides a case.
func (c tokenCase) row(t testing.TB) string {
	head, _, _ := strings.Cut(c.Token, ".")
	decoded, err := base64.RawURLEncoding.DecodeString(head)
	if c.Class == "typ-header-other" && err == nil && bytes.Contains(decoded, []byte(`"typ":"at+jwt"`)) {
		return "typ-header-at+jwt"
	}
	return c.Class
}

func sameClaims(t *testing.T, c tokenCase, got map[string]any, typed Claims) {
	t.Helper()
	doc := []byte(c.Claims)
	if len(doc) == 0 || string(doc) == "null" { // policy cases state no claims: take the token's
		doc = must[[]byte](t)(base64.RawURLEncoding.DecodeString(strings.Split(c.Token, ".")[1]))
	}
	var want map[string]any
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s %s: claims (-want +got):\n%s", c.ID, c.Class, diff)
	}
	var wantTyped Claims
	if err := json.Unmarshal(doc, &wantTyped); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantTyped, typed); diff != "" {
		t.Errorf("%s %s: typed claims (-want +got):\n%s", c.ID, c.Class, diff)
	}
}

// verdicts reads the table of doc.go, which is what the tests hold the package to.
func verdicts(t testing.TB) map[string]string {
	t.Helper()
	_, table, found := strings.Cut(string(must[[]byte](t)(os.ReadFile("doc.go"))), "//\tcase ")
	if !found {
		t.Fatal("doc.go has no table")
	}
	rows := map[string]string{}
	for _, line := range strings.Split(table, "\n")[1:] {
		words := strings.Fields(strings.TrimPrefix(line, "//\t"))
		if len(words) < 3 {
			break
		}
		switch words[1] {
		case "accepted":
			rows[words[0]] = "accept"
		case "refused":
			rows[words[0]] = "reject"
		default:
			t.Fatalf("doc.go: no verdict in %q", line)
		}
	}
	return rows
}
