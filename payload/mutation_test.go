package payload_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// waived begin the classes of tokens that are genuine to a Verifier which takes any issuer
// and audience.
var waived = regexp.MustCompile(`^(valid|iss-|aud-|typ-header-|ecdsa-high-s)`)

// everyKey makes a Verifier of the keys of the conformance cases, for any issuer and
// audience, and returns the genuine tokens among those that name their key.
func everyKey(t testing.TB) (*payload.Verifier[Claims], []string) {
	t.Helper()
	var keys payload.Keys
	for kid, raw := range rawKeys(t) {
		if kid == "rsa-weak" || strings.HasSuffix(kid, "-attacker") {
			continue
		}
		keys = append(keys, must[payload.Key](t)(raw.as(t, raw.Alg, kid)))
	}
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](keys,
		payload.AnyIssuer(), payload.AnyAudience(), payload.WithClock(func() time.Time { return time.Unix(1767225600, 0) })))
	var tokens []string
	for _, c := range tokenCases(t) {
		if _, err := v.Verify(ctx, c.Token); err == nil && waived.MatchString(c.Class) {
			tokens = append(tokens, c.Token)
		}
	}
	if len(tokens) < 20 {
		t.Fatalf("%d tokens to mutate", len(tokens))
	}
	return v, tokens
}

// mutate changes a token in one of the ways an attacker would start with.
func mutate(r *rand.Rand, token string, others []string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\x00é"
	i, c := r.IntN(len(token)), alphabet[r.IntN(len(alphabet))]
	switch r.IntN(7) {
	case 0: // another character
		return token[:i] + string(c) + token[i+1:]
	case 1: // one more
		return token[:i] + string(c) + token[i:]
	case 2: // one less
		return token[:i] + token[i+1:]
	case 3: // the end cut off
		return token[:i]
	case 4: // a bit
		return token[:i] + string([]byte{token[i] ^ 1<<r.IntN(8)}) + token[i+1:]
	case 5: // two characters swapped
		b := []byte(token)
		j := r.IntN(len(b))
		b[i], b[j] = b[j], b[i]
		return string(b)
	default: // a segment of another token
		parts, from := strings.Split(token, "."), strings.Split(others[r.IntN(len(others))], ".")
		k := r.IntN(3)
		parts[k] = from[k]
		return strings.Join(parts, ".")
	}
}

// No changed token is accepted: there is one text for one token.
func TestMutations(t *testing.T) {
	v, tokens := everyKey(t)
	known := map[string]bool{}
	for _, token := range tokens {
		known[token] = true
	}
	rounds := 300
	if testing.Short() {
		rounds = 50
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, token := range tokens {
		for range rounds {
			changed := mutate(r, token, tokens)
			if known[changed] {
				continue
			}
			if claims, err := v.Verify(ctx, changed); err == nil || claims.Subject != "" {
				t.Fatalf("accepted with %v: %+v\n%s\n%s", err, claims, token, changed)
			}
		}
	}
}

// One Verifier and one Signer serve many goroutines; run with -race.
func TestConcurrent(t *testing.T) {
	v, tokens := everyKey(t)
	s := signer[Claims](t, hmacKey(t))
	own := verifier[Claims](t)
	claims := Claims{Registered: payload.Registered{Subject: "u1", Roles: []string{"admin"}}}
	var all sync.WaitGroup
	for g := range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 50 {
				token := tokens[(g*50+i)%len(tokens)]
				if _, err := v.Verify(ctx, token); err != nil {
					t.Errorf("a good token: %v", err)
				}
				if _, err := v.Verify(ctx, token+"x"); err == nil {
					t.Error("a bad token was accepted")
				}
				issued, err := s.Access(claims)
				if err != nil {
					t.Error(err)
				}
				if got, err := own.Verify(ctx, issued); err != nil || got.Subject != "u1" {
					t.Errorf("%+v, %v", got, err)
				}
			}
		}()
	}
	all.Wait()
}
