package payload_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

var errDown = errors.New("dial postgres://user:secret@db: refused")

// failing is a store whose methods fail as told, before or after they did something.
type failing struct {
	payload.RefreshStore
	before, after string
}

func (f *failing) fail(which, method string) error {
	if which == method {
		return errDown
	}
	return nil
}

func (f *failing) Create(ctx context.Context, family payload.Family) error {
	return errors.Join(f.fail(f.before, "Create"), f.RefreshStore.Create(ctx, family))
}

func (f *failing) Swap(ctx context.Context, family, old, next string, expires time.Time) (bool, error) {
	if err := f.fail(f.before, "Swap"); err != nil {
		return true, err // a careless store says yes beside its error
	}
	ok, err := f.RefreshStore.Swap(ctx, family, old, next, expires)
	return ok, errors.Join(err, f.fail(f.after, "Swap"))
}

func (f *failing) Revoke(ctx context.Context, family string) (bool, error) {
	if err := errors.Join(ctx.Err(), f.fail(f.before, "Revoke")); err != nil {
		return false, err
	}
	return f.RefreshStore.Revoke(ctx, family)
}

func (f *failing) RevokeSubject(ctx context.Context, subject string) error {
	if err := f.fail(f.before, "RevokeSubject"); err != nil {
		return err
	}
	return f.RefreshStore.RevokeSubject(ctx, subject)
}

// down checks that the error is the store's, and hides what the store said.
func down(t *testing.T, p payload.Pair, err error) {
	t.Helper()
	if p != (payload.Pair{}) {
		t.Error("a pair from a store that failed")
	}
	if !errors.Is(err, payload.ErrStore) || !errors.Is(err, errDown) || errors.Is(err, payload.ErrInvalid) {
		t.Fatalf("err = %v, want ErrStore with its cause", err)
	}
	if strings.Contains(fmt.Sprintf("%v %+v", err, err), "secret") {
		t.Errorf("the text tells what the store said: %v", err)
	}
}

// A store that fails gives no token, and what is in doubt is not redeemed.
func TestStoreFails(t *testing.T) {
	f := new(failing)
	s := newSession(t, func(m payload.RefreshStore) payload.RefreshStore { f.RefreshStore = m; return f })
	f.before = "Create"
	p, err := s.Issue(ctx, ann())
	down(t, p, err)

	f.before = ""
	good := s.login(t)
	f.before = "Swap"
	p, err = s.Refresh(ctx, good.Refresh)
	down(t, p, err)
	f.before = "" // it was not redeemed: it can be tried again
	old, good := good, s.next(t, good)

	f.before = "Revoke" // a reuse that cannot be recorded
	p, err = s.Refresh(ctx, old.Refresh)
	down(t, p, err)
	down(t, payload.Pair{}, s.Revoke(ctx, old.Refresh))
	f.before = "RevokeSubject"
	down(t, payload.Pair{}, s.RevokeSubject(ctx, "ann"))

	f.before, f.after = "", "Swap" // redeemed, and the answer is lost
	p, err = s.Refresh(ctx, good.Refresh)
	down(t, p, err)
	f.after = ""
	s.refusal(t, good.Refresh, payload.ErrReused)
}

// Who presents a stolen token does not save it by hanging up.
func TestReuseIsRecordedWithoutTheCaller(t *testing.T) {
	s := newSession(t, func(m payload.RefreshStore) payload.RefreshStore { return &failing{RefreshStore: m} })
	old := s.login(t)
	p := s.next(t, old)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Refresh(gone, old.Refresh); refused(t, err) != payload.ErrReused {
		t.Error(err)
	}
	s.refusal(t, p.Refresh, payload.ErrRevoked)
}

// The memory store forgets what has expired, and refuses what is too much.
func TestMemoryStoreIsBounded(t *testing.T) {
	at := now
	m := must[*payload.MemoryStore](t)(payload.NewMemoryStore(3, func() time.Time { return at }))
	create := func(id string, lasts time.Duration) error {
		return m.Create(ctx, payload.Family{ID: id, Subject: "ann", Token: "t", Expires: at.Add(lasts)})
	}
	for id, lasts := range map[string]time.Duration{"a": 3 * time.Second, "b": time.Second, "c": 2 * time.Second} {
		if err := create(id, lasts); err != nil {
			t.Fatal(err)
		}
	}
	if err := create("d", time.Hour); err == nil || m.Len() != 3 {
		t.Errorf("a fourth family: %v, %d in the store", err, m.Len())
	}
	if ok, err := m.Swap(ctx, "b", "t", "u", at.Add(time.Hour)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	at = at.Add(2*time.Second - 1)
	if m.Len() != 3 {
		t.Errorf("%d in the store, want 3: b was used", m.Len())
	}
	at = at.Add(1)
	if m.Len() != 2 || create("d", time.Hour) != nil {
		t.Errorf("%d in the store, want c forgotten", m.Len())
	}
	if found, _ := m.Revoke(ctx, "c"); found {
		t.Error("c was forgotten and found")
	}
	if m.RevokeSubject(ctx, "ann") != nil || m.Len() != 0 {
		t.Errorf("%d in the store, want none", m.Len())
	}
}

func TestNoMemoryStore(t *testing.T) {
	for _, most := range []int{0, -1} {
		if m, err := payload.NewMemoryStore(most, nil); m != nil || !errors.Is(err, payload.ErrConfig) {
			t.Errorf("%d: %v, %v", most, m, err)
		}
	}
	zero := new(payload.MemoryStore)
	if err := zero.Create(ctx, payload.Family{ID: "a"}); err == nil {
		t.Error("the zero store holds a family")
	}
	swapped, err := zero.Swap(ctx, "a", "", "b", now)
	found, revokeErr := zero.Revoke(ctx, "a")
	if swapped || found || errors.Join(err, revokeErr, zero.RevokeSubject(ctx, "ann")) != nil || zero.Len() != 0 {
		t.Errorf("the zero store: %v, %v, %v, %v", swapped, found, err, revokeErr)
	}
}

// A pair is an answer, not a line of a log.
func TestPairHidesItsTokens(t *testing.T) {
	p := payload.Pair{Access: "secret1", Refresh: "secret2"}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%v %+v %#v %s %q %x %d", p, p, p, p, p, p, p)
	fmt.Fprintf(&out, "%v %+v", &p, []payload.Pair{p})
	slog.New(slog.NewTextHandler(&out, nil)).Info("issued", "pair", p)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("issued", "pair", p)
	if strings.Contains(out.String(), "secret") || strings.Contains(out.String(), "736563") {
		t.Errorf("printed %s", out.String())
	}
	answer, err := json.Marshal(p)
	if want := `{"access_token":"secret1","refresh_token":"secret2"}`; err != nil || string(answer) != want {
		t.Errorf("have %s, %v, want %s", answer, err, want)
	}
}
