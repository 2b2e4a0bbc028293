package payload_test

import (
	"flag"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

// The campaign of mutated tokens; a longer one is asked for by a flag.
var (
	mutations    = flag.Int("token.mutations", 20_000, "how many mutated tokens are verified, a tenth of it with -short")
	mutationSeed = flag.Uint64("token.seed", 1, "seed of the mutations")
)

// No changed token is accepted: there is one text for one token. An ECDSA signature has a
// second form, (r, n-s), which is a token of the same claims; no mutation here finds it.
func TestMutations(t *testing.T) {
	v, tokens := everyKey(t)
	issued := map[string]bool{}
	for _, token := range tokens {
		issued[token] = true
	}
	rounds := *mutations
	if testing.Short() {
		rounds /= 10
	}
	m := mutator{rand.New(rand.NewPCG(*mutationSeed, 2)), tokens}
	counts := map[string]int{}
	for range rounds {
		from := tokens[m.IntN(len(tokens))]
		changed := m.mutate(from)
		claims, err := v.Verify(ctx, changed)
		switch {
		case issued[changed]:
			counts["unchanged"]++
			if err != nil {
				t.Fatalf("an issued token: %v\n%s", err, changed)
			}
		case err == nil || !cmp.Equal(claims, Claims{}):
			t.Fatalf("accepted with %v: %+v\n%s\n%s", err, claims, from, changed)
		default:
			counts[refused(t, err).Error()]++
		}
	}
	t.Logf("%d tokens of %d: %v", rounds, len(tokens), counts)
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
