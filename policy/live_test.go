package policy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// TestReload follows a source through good and bad days.
func TestReload(t *testing.T) {
	var told []string
	var log bytes.Buffer
	source := &fake{text: generation(1), tag: "1"}
	l := watch(t, source,
		policy.Logger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: withoutTime}))),
		policy.OnChange(func(before, now policy.Status) {
			told = append(told, fmt.Sprint(before.Version != now.Version, before.Err != nil, now.Err != nil))
		}))
	down := errors.New("the source is down")
	for _, step := range []struct {
		why       string
		text, tag string
		err       error
		shows     int64
		fails     string // a part of the error
		told      string // whether the version is new, and whether there was and is an error
		logged    string
	}{
		{"nothing new", generation(1), "1", nil, 1, "", "", ""},
		{"a new one", generation(2), "2", nil, 2, "", "true false false", `level=INFO msg="policy: in force" version=`},
		{"no policy", "rolespec: 1", "3", nil, 2, "the key roles is missing", "false false true", `level=ERROR msg="policy: not in force" error="fake:1:1: the key roles is missing`},
		{"the same again", "rolespec: 1", "3", nil, 2, "the key roles is missing", "", ""},
		{"another fault", "", "4", nil, 2, "the file is empty", "false true true", "the file is empty"},
		{"the source is down", "", "", down, 2, "down", "false true true", "the source is down"},
		{"still", "", "", down, 2, "down", "", ""},
		{"it is there again", generation(2), "2", nil, 2, "", "false true false", `msg="policy: its source is in force again"`},
		{"a claim that the payload could not have", strings.Replace(generation(3), "roles", "claims: {}\nroles", 1) + "  - {endpoint: x, methods: GET, rule: a == $b}\n", "5", nil, 2, `there is no claim "b"`, "false false true", `there is no claim`},
		{"a new one after a fault", generation(3), "6", nil, 3, "", "true true false", `msg="policy: in force"`},
		{"another tag, the same text", generation(3), "7", nil, 3, "", "", ""},
		{"an old one", generation(1), "1", nil, 1, "", "true false false", `msg="policy: in force"`},
		{"unchanged though it has nothing", "", "", policy.ErrUnchanged, 1, "", "", ""},
		{"without a tag", generation(4), "", nil, 4, "", "true false false", `msg="policy: in force"`},
		{"without a tag, nothing new", generation(4), "", nil, 4, "", "", ""},
		{"unchanged, though nobody named a tag", "", "", policy.ErrUnchanged, 4, "unchanged", "false false true", "unchanged"},
	} {
		source.set(step.text, step.tag, step.err)
		told = nil
		log.Reset()
		began, before := time.Now(), l.Status()
		err := l.Reload(t.Context())
		status := l.Status()
		if (step.fails == "") != (err == nil) || !strings.Contains(text(err), step.fails) || text(status.Err) != text(err) {
			t.Errorf("%s: have error %v and in the status %v, want %q", step.why, err, status.Err, step.fails)
		}
		if have := shows(t, l); have != step.shows || status.Version != l.Version() || l.Version() != l.Current().Policy.Version() {
			t.Errorf("%s: have generation %d and versions %q and %q, want %d", step.why, have, status.Version, l.Version(), step.shows)
		}
		if have := strings.Join(told, ", "); have != step.told {
			t.Errorf("%s: was told %q, want %q", step.why, have, step.told)
		}
		if (step.logged == "") != (log.Len() == 0) || !strings.Contains(log.String(), step.logged) {
			t.Errorf("%s: was logged %q, want %q", step.why, log.String(), step.logged)
		}
		if isNew := status.Version != before.Version; isNew == status.Since.Equal(before.Since) {
			t.Errorf("%s: in force since %v, before since %v, want that only a new policy is", step.why, status.Since, before.Since)
		}
		if status.Checked.Before(began) || status.Since.After(status.Checked) || !status.Since.Equal(l.Current().Since) {
			t.Errorf("%s: have status %+v, want it of now", step.why, status)
		}
	}
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// TestRefusedTextsAreReadAgain: of what is refused no tag is remembered, so that the
// status keeps the fault, and the first policy is taken when it comes back.
func TestRefusedTextsAreReadAgain(t *testing.T) {
	source := &fake{text: generation(1), tag: "1"}
	l := watch(t, source)
	source.set("", "2", nil)
	for range 2 {
		if err := l.Reload(t.Context()); err == nil {
			t.Error("have no error, want that of an empty file")
		}
	}
	if have := fmt.Sprintf("%q", source.tags); have != `["" "1" ""]` {
		t.Errorf("asked with the tags %s, want those of the policy and then none", have)
	}
}

func TestWatchNeedsAPolicy(t *testing.T) {
	down := errors.New("the source is down")
	for name, source := range map[string]policy.Source{
		"no source":      nil,
		"down":           &fake{err: down},
		"unchanged":      &fake{err: policy.ErrUnchanged},
		"no policy":      &fake{text: "rolespec: 2"},
		"half a policy":  &fake{text: generation(1)[:15]},
		"nothing":        &fake{},
		"a lacking type": &fake{text: strings.Replace(generation(1), "generation == 1,", "a == $account,", 1)},
	} {
		l, err := policy.Watch[shortToken](t.Context(), source)
		if l != nil || err == nil {
			t.Errorf("%s: have %v and error %v, want an error alone", name, l, err)
		}
	}
	if _, err := policy.Watch[policy.Claims](t.Context(), &fake{err: down}); !errors.Is(err, down) {
		t.Errorf("have error %v, want what the source says", err)
	}
	_, err := policy.Watch[policy.Claims](t.Context(), &fake{text: "x"})
	if all := (policy.Errors)(nil); !errors.As(err, &all) || !errors.Is(err, roles.ErrPolicy) {
		t.Errorf("have error %v, want Errors", err)
	}
}

// TestLiveOfNothing: whoever forgot to check an error gets nothing.
func TestLiveOfNothing(t *testing.T) {
	for name, l := range map[string]*policy.Live[policy.Claims]{"nil": nil, "zero": new(policy.Live[policy.Claims])} {
		visible, err := l.Verify(user, "tasks", "GET")
		permission, perr := l.Permission(user, "tasks", "GET")
		d := l.Decide(user, "tasks", "GET")
		if !errors.Is(err, roles.ErrForbidden) || !errors.Is(perr, roles.ErrForbidden) || d.Allowed() || !errors.Is(d.Err, roles.ErrForbidden) {
			t.Errorf("%s: have errors %v, %v and %v, want it forbidden", name, err, perr, d.Err)
		}
		if !visible.Equal(spec.None()) || !permission.Rows.Equal(spec.None()) || !permission.Check.Equal(spec.None()) {
			t.Errorf("%s: have %v and %v, want no rows", name, visible, permission)
		}
		if l.Version() != "" || l.Status() != (policy.Status{}) || l.Current().Policy != nil || l.Current().Service != nil {
			t.Errorf("%s: have status %+v, want none", name, l.Status())
		}
		if l.Reload(t.Context()) == nil {
			t.Errorf("%s: reloaded from nowhere", name)
		}
		l.Close()
	}
}

// TestReloadOfAnEndedContext: that nobody waits any more is no fault of the source.
func TestReloadOfAnEndedContext(t *testing.T) {
	var told atomic.Int32
	source := &fake{text: generation(1)}
	l := watch(t, source, policy.OnChange(func(policy.Status, policy.Status) { told.Add(1) }))
	before := l.Status()
	ended, end := context.WithCancel(t.Context())
	end()
	for range 20 { // either the wait or the read sees it
		if err := l.Reload(ended); !errors.Is(err, context.Canceled) {
			t.Fatalf("have error %v, want that the context has ended", err)
		}
	}
	if l.Status() != before || told.Load() != 1 {
		t.Errorf("have status %+v and %d calls, want %+v and that of the first policy", l.Status(), told.Load(), before)
	}
}

// slow is a source that answers when it is told to.
type slow struct {
	fake
	began, answer chan struct{}
}

func (s *slow) Read(ctx context.Context, tag string) (policy.Text, error) {
	s.began <- struct{}{}
	select {
	case <-s.answer:
	case <-ctx.Done():
	}
	return s.fake.Read(ctx, tag)
}

// TestReloadWaitsNoLongerThanItsContext while another Reload is at the source.
func TestReloadWaitsNoLongerThanItsContext(t *testing.T) {
	source := &slow{fake{text: generation(1)}, make(chan struct{}, 9), make(chan struct{}, 9)}
	source.answer <- struct{}{}
	l := watch(t, source)
	<-source.began
	first := make(chan error)
	go func() { first <- l.Reload(t.Context()) }()
	<-source.began
	ended, end := context.WithCancel(t.Context())
	end()
	if err := l.Reload(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("have error %v, want that the context has ended", err)
	}
	source.answer <- struct{}{}
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestClose(t *testing.T) {
	source := &slow{fake{text: generation(1)}, make(chan struct{}, 9), make(chan struct{}, 9)}
	source.answer <- struct{}{}
	l := watch(t, source, policy.Interval(time.Nanosecond))
	<-source.began
	<-source.began // by the watcher, which hangs in it
	before := l.Status()
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			l.Close()
		}()
	}
	all.Wait()
	l.Close()
	if have := shows(t, l); have != 1 || l.Status() != before {
		t.Errorf("have generation %d and status %+v, want what there was", have, l.Status())
	}
	reads := source.asked()
	source.set(generation(2), "", nil)
	source.answer <- struct{}{}
	if err := l.Reload(t.Context()); err != nil || shows(t, l) != 2 || source.asked() != reads+1 {
		t.Errorf("have error %v, generation %d and %d reads, want that one can still ask for it", err, shows(t, l), source.asked())
	}
}

// TestSwaps has readers ask while policies come and go: each answer is of one policy
// as a whole, and never of an older one than was there when it was asked for.
func TestSwaps(t *testing.T) {
	const readers, swaps = 8, 1000
	source := &fake{text: generation(1)}
	l := watch(t, source)
	var least atomic.Int64
	var asked [readers]int
	var all sync.WaitGroup
	done := make(chan struct{})
	for i := range readers {
		all.Add(1)
		go func() {
			defer all.Done()
			for last := int64(1); ; asked[i]++ {
				select {
				case <-done:
					return
				default:
				}
				want := max(last, least.Load())
				if last = shows(t, l); last < want {
					t.Errorf("have generation %d, want %d or a later one", last, want)
					return
				}
			}
		}()
	}
	for n := 2; n <= swaps+1; n++ {
		source.set(generation(n), "", nil)
		if n%7 == 0 {
			source.set("rolespec: 1", "", nil)
			if l.Reload(t.Context()) == nil {
				t.Error("half a policy: have no error")
			}
			source.set(generation(n), "", nil)
		}
		if err := l.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		least.Store(int64(n))
	}
	close(done)
	all.Wait()
	for i, n := range asked {
		if n == 0 {
			t.Errorf("reader %d never asked", i)
		}
	}
}
