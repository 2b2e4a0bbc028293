package payload_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

// session is a Refresher with a clock that the test moves, and what it works on.
type session struct {
	*payload.Refresher[Claims]
	now    time.Time
	store  *payload.MemoryStore
	roles  []string // what renew finds
	denied error    // what renew says
	seen   []Claims // what renew was given
	access *payload.Verifier[Claims]
}

func (s *session) clock() time.Time { return s.now }

func (s *session) renew(_ context.Context, old Claims) (Claims, error) {
	s.seen = append(s.seen, old)
	old.Roles = s.roles
	return old, s.denied
}

// newSession makes a session on a store of its own, or on what wrap makes of it.
func newSession(t testing.TB, wrap func(payload.RefreshStore) payload.RefreshStore, opts ...payload.Option) *session {
	t.Helper()
	s := &session{now: now, roles: []string{"user"}}
	s.store = must[*payload.MemoryStore](t)(payload.NewMemoryStore(1000, s.clock))
	var store payload.RefreshStore = s.store
	if wrap != nil {
		store = wrap(store)
	}
	signer := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](hmacKey(t), issuer, audience, payload.WithClock(s.clock)))
	s.Refresher = must[*payload.Refresher[Claims]](t)(
		payload.NewRefresher(signer, payload.Keys{hmacKey(t)}, store, s.renew, opts...))
	s.access = must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.Keys{hmacKey(t)},
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(s.clock)))
	return s
}

func ann() Claims {
	return Claims{Registered: payload.Registered{Subject: "ann", Roles: []string{"user"}}, Account: "a1"}
}

func (s *session) login(t testing.TB) payload.Pair {
	t.Helper()
	return must[payload.Pair](t)(s.Issue(ctx, ann()))
}

// next refreshes, which must work.
func (s *session) next(t testing.TB, p payload.Pair) payload.Pair {
	t.Helper()
	return must[payload.Pair](t)(s.Refresh(ctx, p.Refresh))
}

// refusal refreshes, which must be refused for the one reason.
func (s *session) refusal(t testing.TB, token string, want error) {
	t.Helper()
	p, err := s.Refresh(ctx, token)
	if p != (payload.Pair{}) {
		t.Errorf("a pair in spite of the error %v", err)
	}
	if class := refused(t, err); class != want {
		t.Errorf("class %v, want %v", class, want)
	}
}

func TestRefreshIssuesTheNextPair(t *testing.T) {
	s := newSession(t, nil)
	p := s.login(t)
	first := must[Claims](t)(s.access.Verify(ctx, p.Access))
	if first.Subject != "ann" || first.Account != "a1" || !cmp.Equal(first.Roles, []string{"user"}) {
		t.Errorf("claims %+v", first)
	}
	redeemable := verifier[Claims](t, payload.WithType(payload.TypeRefresh))
	if kept := must[Claims](t)(redeemable.Verify(ctx, p.Refresh)); kept.Subject != "ann" || kept.Account != "a1" || kept.Roles != nil {
		t.Errorf("the refresh token has the claims %+v, want no roles", kept)
	}
	for i := range 5 {
		s.now = s.now.Add(23 * time.Hour)
		s.roles = []string{fmt.Sprintf("role%d", i)}
		p = s.next(t, p)
		claims := must[Claims](t)(s.access.Verify(ctx, p.Access))
		if claims.Subject != "ann" || claims.Account != "a1" || !cmp.Equal(claims.Roles, s.roles) {
			t.Errorf("claims %+v, want the roles %v", claims, s.roles)
		}
		if want := (Claims{Registered: payload.Registered{Subject: "ann"}, Account: "a1"}); !cmp.Equal(want, s.seen[i]) {
			t.Errorf("renew was given %+v, want %+v", s.seen[i], want)
		}
		if s.store.Len() != 1 {
			t.Errorf("the store holds %d families", s.store.Len())
		}
	}
}

// Presenting a token again ends the session of whoever holds its successor, and no other.
func TestReuseRevokesTheFamily(t *testing.T) {
	for _, generation := range []int{0, 1, 4} {
		t.Run(fmt.Sprintf("after %d", generation), func(t *testing.T) {
			s := newSession(t, nil)
			other := s.login(t)
			pairs := []payload.Pair{s.login(t)}
			for range 5 {
				pairs = append(pairs, s.next(t, pairs[len(pairs)-1]))
			}
			s.refusal(t, pairs[generation].Refresh, payload.ErrReused)
			for _, p := range pairs {
				s.refusal(t, p.Refresh, payload.ErrRevoked)
			}
			s.next(t, other)
		})
	}
}

// Of many who present one token at the same time, one is served; and since the others
// cannot be told from a thief, nobody is served after that.
func TestRefreshRace(t *testing.T) {
	const many = 100
	s := newSession(t, nil)
	var renew sync.Mutex
	signer := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](hmacKey(t), issuer, audience, payload.WithClock(clock)))
	r := must[*payload.Refresher[Claims]](t)(payload.NewRefresher(signer, payload.Keys{hmacKey(t)}, s.store,
		func(ctx context.Context, old Claims) (Claims, error) {
			renew.Lock()
			defer renew.Unlock()
			return s.renew(ctx, old)
		}))
	for range 10 {
		token := s.login(t).Refresh
		pairs, errs := make([]payload.Pair, many), make([]error, many)
		start := make(chan struct{})
		var all sync.WaitGroup
		for i := range many {
			all.Add(1)
			go func() {
				defer all.Done()
				<-start
				pairs[i], errs[i] = r.Refresh(ctx, token)
			}()
		}
		close(start)
		all.Wait()
		count, won := map[error]int{}, payload.Pair{}
		for i, err := range errs {
			if err == nil {
				count[nil]++
				won = pairs[i]
				continue
			}
			count[refused(t, err)]++
		}
		if want := (map[error]int{nil: 1, payload.ErrReused: 1, payload.ErrRevoked: many - 2}); !cmp.Equal(want, count) {
			t.Errorf("have %v, want %v", count, want)
		}
		s.refusal(t, won.Refresh, payload.ErrRevoked)
	}
}

func TestRevoke(t *testing.T) {
	s := newSession(t, nil)
	old := s.login(t)
	p, phone := s.next(t, old), s.login(t)
	bob := must[payload.Pair](t)(s.Issue(ctx, Claims{Registered: payload.Registered{Subject: "bob"}}))
	for range 2 { // a token that was redeemed logs out, too, and twice is no error
		if err := s.Revoke(ctx, old.Refresh); err != nil {
			t.Error(err)
		}
	}
	s.refusal(t, p.Refresh, payload.ErrRevoked)
	phone = s.next(t, phone)
	for range 2 {
		if err := s.RevokeSubject(ctx, "ann"); err != nil {
			t.Error(err)
		}
	}
	s.refusal(t, phone.Refresh, payload.ErrRevoked)
	bob = s.next(t, bob)
	s.next(t, s.login(t))
	if err := s.Revoke(ctx, bob.Refresh+"="); refused(t, err) != payload.ErrMalformed {
		t.Error(err)
	}
	if err := s.Revoke(ctx, bob.Access); refused(t, err) != payload.ErrType {
		t.Error(err)
	}
	s.next(t, bob)
	if err := s.RevokeSubject(ctx, ""); !errors.Is(err, payload.ErrConfig) {
		t.Error(err)
	}
}

// A refresh token is verified as strictly as an access token.
func TestRefreshRefuses(t *testing.T) {
	s := newSession(t, nil)
	p := s.login(t)
	sign := func(key payload.Key, iss, aud string, claims Claims) string {
		signer := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](key, iss, aud, payload.WithClock(clock)))
		return must[string](t)(signer.Refresh(claims))
	}
	other := must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(40)))
	jti := func(jti string) string {
		body := strings.NewReplacer(`"j1"`, `"`+jti+`"`, `"access"`, `"refresh"`).Replace(goodBody)
		return mint(t, goodHeader, body)
	}
	// Of "cut": 41 characters are no octets in base64, whatever they are, while 42 may be
	// 31 of the 32.
	for name, tt := range map[string]struct {
		token string
		want  error
	}{
		"empty":                  {"", payload.ErrMalformed},
		"access token":           {p.Access, payload.ErrType},
		"cut":                    {p.Refresh[:len(p.Refresh)-2], payload.ErrMalformed},
		"another key":            {sign(other, issuer, audience, ann()), payload.ErrSignature},
		"another issuer":         {sign(hmacKey(t), "x", audience, ann()), payload.ErrIssuer},
		"another audience":       {sign(hmacKey(t), issuer, "x", ann()), payload.ErrAudience},
		"of Signer.Refresh":      {sign(hmacKey(t), issuer, audience, ann()), payload.ErrRevoked},
		"no family":              {jti(".T"), payload.ErrRevoked},
		"no token":               {jti("F."), payload.ErrRevoked},
		"no jti":                 {jti(""), payload.ErrRevoked},
		"family that is not one": {jti("F.T"), payload.ErrRevoked},
		"no subject": {mint(t, goodHeader, strings.NewReplacer(`"j1"`, `"F.T"`, `"access"`, `"refresh"`, `"sub":"u1",`, ``).Replace(goodBody)),
			payload.ErrRevoked},
	} {
		t.Run(name, func(t *testing.T) { s.refusal(t, tt.token, tt.want) })
	}
	if len(s.seen) > 1 { // the family that is not one is found out by the store
		t.Errorf("renew was called %d times for bad tokens", len(s.seen))
	}
	s.now = now.Add(24*time.Hour - time.Second)
	p = s.next(t, p)
	s.now = s.now.Add(24 * time.Hour)
	s.refusal(t, p.Refresh, payload.ErrExpired)
	if s.store.Len() != 0 {
		t.Errorf("the store holds %d families that have expired", s.store.Len())
	}
}

// With leeway a token is redeemed after exp, and once as before it.
func TestRefreshLeeway(t *testing.T) {
	s := newSession(t, nil, payload.WithLeeway(1500*time.Millisecond))
	p := s.login(t)
	s.now = now.Add(24*time.Hour + 1400*time.Millisecond)
	if s.store.Len() != 1 {
		t.Fatal("the store forgot a family that can be refreshed")
	}
	s.next(t, p)
	s.refusal(t, p.Refresh, payload.ErrReused)
}

var errDenied = errors.New("ann is locked out; secret")

// What renew does wrong gives no pair, and redeems nothing.
func TestRefreshRenew(t *testing.T) {
	s := newSession(t, nil)
	p := s.login(t)
	s.denied = errDenied
	none, err := s.Refresh(ctx, p.Refresh)
	if none != (payload.Pair{}) || !errors.Is(err, payload.ErrRenew) || !errors.Is(err, errDenied) || errors.Is(err, payload.ErrInvalid) {
		t.Errorf("%v, %v", none, err)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the text tells what renew said: %v", err)
	}
	s.denied = nil
	p = s.next(t, p)

	signer := signer[Claims](t, hmacKey(t))
	for name, change := range map[string]func(*Claims){
		"another subject": func(c *Claims) { c.Subject = "root" },
		"no subject":      func(c *Claims) { c.Subject = "" },
		"exp":             func(c *Claims) { c.ExpiresAt = payload.NumericDate{Time: now.Add(time.Hour)} },
		"too large":       func(c *Claims) { c.Account = strings.Repeat("x", 9000) },
	} {
		r := must[*payload.Refresher[Claims]](t)(payload.NewRefresher(signer, payload.Keys{hmacKey(t)}, s.store,
			func(_ context.Context, old Claims) (Claims, error) { change(&old); return old, nil }))
		if none, err := r.Refresh(ctx, p.Refresh); none != (payload.Pair{}) || !errors.Is(err, payload.ErrSign) {
			t.Errorf("%s: %v, %v", name, none, err)
		}
	}
	s.next(t, p)
}

func TestIssueRefuses(t *testing.T) {
	s := newSession(t, nil)
	for name, claims := range map[string]Claims{
		"no subject": {},
		"iss":        {Registered: payload.Registered{Subject: "ann", Issuer: "x"}},
	} {
		if p, err := s.Issue(ctx, claims); p != (payload.Pair{}) || !errors.Is(err, payload.ErrSign) {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
	if s.store.Len() != 0 {
		t.Errorf("the store holds %d families", s.store.Len())
	}
}
