package payload_test

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rolespec/rolespec/payload"
)

var refreshSteps = flag.Int("refresh.steps", 5_000, "how many random steps a Refresher is compared with a model on")

// modelToken is a refresh token as the model sees it.
type modelToken struct {
	text, subject string
	family        int
	expires       time.Time
}

// model is the rules of refreshing in their plainest form: the one token of each family
// that can be redeemed, and nothing for a family that is over.
type model struct {
	tokens  []modelToken
	current map[int]string
}

func (m *model) add(p payload.Pair, subject string, family int, at time.Time) {
	m.current[family] = p.Refresh
	m.tokens = append(m.tokens, modelToken{p.Refresh, subject, family, at.Add(24 * time.Hour)})
}

// redeem says what becomes of a token, nil for a pair.
func (m *model) redeem(k modelToken, at time.Time) error {
	current, alive := m.current[k.family]
	switch {
	case !at.Before(k.expires):
		return payload.ErrExpired
	case !alive:
		return payload.ErrRevoked
	case current != k.text:
		delete(m.current, k.family)
		return payload.ErrReused
	}
	return nil
}

// A Refresher gives what the model gives, whatever is done with its tokens.
func TestRefresherIsTheModel(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := newSession(t, nil)
	m := &model{current: map[int]string{}}
	subjects := []string{"ann", "bob", "Ann"}
	done := map[string]int{}
	for step := range *refreshSteps {
		s.now = s.now.Add(time.Duration(r.IntN(600)) * time.Second)
		if len(m.tokens) > 200 {
			m.tokens = m.tokens[100:] // old ones, most of them expired
		}
		switch n := r.IntN(40); {
		case n < 8 || len(m.tokens) == 0:
			subject := subjects[r.IntN(len(subjects))]
			p := must[payload.Pair](t)(s.Issue(ctx, Claims{Registered: payload.Registered{Subject: subject}}))
			m.add(p, subject, step, s.now)
			done["login"]++
		case n == 8:
			subject := subjects[r.IntN(len(subjects))]
			if err := s.RevokeSubject(ctx, subject); err != nil {
				t.Fatal(err)
			}
			for _, k := range m.tokens {
				if k.subject == subject {
					delete(m.current, k.family)
				}
			}
			done["revoke subject"]++
		case n < 11:
			k := m.tokens[r.IntN(len(m.tokens))]
			if err := s.Revoke(ctx, k.text); err == nil {
				delete(m.current, k.family)
			} else if refused(t, err) != payload.ErrExpired || s.now.Before(k.expires) {
				t.Fatal(err)
			}
			done["logout"]++
		default:
			k := m.tokens[r.IntN(len(m.tokens))]
			if current := m.current[k.family]; r.IntN(3) > 0 && current != "" {
				k = m.find(current)
			}
			want := m.redeem(k, s.now)
			p, err := s.Refresh(ctx, k.text)
			if want != nil {
				if p != (payload.Pair{}) || refused(t, err) != want {
					t.Fatalf("step %d: have %v, want %v", step, err, want)
				}
				done[want.Error()]++
				continue
			}
			if err != nil {
				t.Fatalf("step %d: %v", step, err)
			}
			m.add(p, k.subject, k.family, s.now)
			done["refresh"]++
		}
	}
	if len(done) < 7 {
		t.Errorf("not all happened: %v", done)
	}
	t.Log(done)
}

func (m *model) find(text string) modelToken {
	for _, k := range m.tokens {
		if k.text == text {
			return k
		}
	}
	return m.tokens[0]
}

// FuzzRefreshID: no jti but those of a family that was begun is redeemed.
func FuzzRefreshID(f *testing.F) {
	for _, jti := range []string{"", ".", "F.T", "F.", ".T", "F.T.", "..", "\x00.\x00", "é.é", "F\n.T"} {
		f.Add(jti, "ann")
	}
	s := newSession(f, nil)
	good := s.login(f)
	f.Fuzz(func(t *testing.T, jti, subject string) {
		token, ok := signID(t, jti, subject)
		if !ok {
			return
		}
		if p, err := s.Refresh(ctx, token); err == nil || p != (payload.Pair{}) {
			t.Errorf("redeemed %q: %v", jti, err)
		}
		good = s.next(t, good)
	})
}

// signID signs a refresh token of any jti and subject; it is false if JSON cannot hold them.
func signID(t *testing.T, jti, subject string) (string, bool) {
	t.Helper()
	if !utf8.ValidString(jti + subject) {
		return "", false
	}
	claims := payload.Registered{
		Issuer: issuer, Audience: payload.Audience{audience}, Subject: subject, ID: jti, Type: payload.TypeRefresh,
		ExpiresAt: payload.NumericDate{Time: now.Add(time.Hour)},
	}
	return mint(t, goodHeader, string(must[[]byte](t)(json.Marshal(claims)))), true
}
