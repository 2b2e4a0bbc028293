//go:build go1.25

package policy_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/rolespec/rolespec/policy"
)

// growing is a file that is being rewritten in place: each part is what it holds
// from then on.
type growing struct {
	began time.Time
	parts []part
}

type part struct {
	at   time.Duration
	text string
}

func (g *growing) Open(name string) (fs.File, error) {
	text := ""
	for _, p := range g.parts {
		if time.Since(g.began) >= p.at {
			text = p.text
		}
	}
	return fstest.MapFS{name: {Data: []byte(text)}}.Open(name)
}

// TestHalfAFile has a source look at a file while somebody writes it. One part of it
// would be a policy, without the restriction that is still to come.
func TestHalfAFile(t *testing.T) {
	for range 20 { // as the source looks at other moments each time
		synctest.Test(t, testHalfAFile)
	}
}

func testHalfAFile(t *testing.T) {
	whole := generation(2) + "restrict:\n- endpoint: tasks\n  methods: \"*\"\n  rule: account == 1\n"
	file := &growing{time.Now(), []part{{0, generation(1)}}}
	for i, n := range []int{0, 20, len(generation(2)), len(generation(2)) + 20, len(whole) - 2, len(whole)} {
		file.parts = append(file.parts, part{time.Second + time.Duration(i)*90*time.Millisecond, whole[:n]})
	}
	l, err := policy.Watch[policy.Claims](t.Context(), policy.FS(file, "f"), policy.Interval(10*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	old := l.Version()
	want := mustParse(t, "f", whole).Version()
	for range 60 {
		time.Sleep(50 * time.Millisecond)
		if have := l.Version(); have != old && have != want {
			t.Fatalf("have version %q, want the old or the whole new one", have)
		}
	}
	if have := l.Version(); have != want || l.Status().Err != nil {
		t.Errorf("have version %q and status %+v, want %q", have, l.Status(), want)
	}
}

// TestInterval asks no more often than it is told to, and not all at once.
func TestInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &fake{text: generation(1)}
		l := watch(t, source, policy.Interval(time.Minute), policy.Interval(0))
		time.Sleep(100*time.Minute + time.Second)
		if have := source.asked() - 1; have < 90 || have > 111 {
			t.Errorf("was asked %d times in 100 minutes, want about once a minute", have)
		}
		source.set(generation(2), "", nil)
		time.Sleep(66*time.Second + time.Millisecond)
		if have := shows(t, l); have != 2 {
			t.Errorf("have generation %d after a minute and a tenth, want 2", have)
		}
		l.Close()
		reads := source.asked()
		time.Sleep(time.Hour)
		if have := source.asked(); have != reads {
			t.Errorf("was asked %d times after Close", have-reads)
		}
	})
}

func TestLongestInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &fake{text: generation(1)}
		watch(t, source, policy.Interval(math.MaxInt64))
		time.Sleep(24 * 365 * time.Hour)
		if have := source.asked(); have != 1 {
			t.Errorf("was asked %d times in a year, want once", have)
		}
	})
}

func TestDefaultInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &fake{text: generation(1)}
		l, err := policy.Watch[policy.Claims](t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		time.Sleep(11*time.Second + time.Millisecond)
		if have := source.asked(); have != 2 {
			t.Errorf("was asked %d times in 11 seconds, want twice", have)
		}
	})
}

// TestContextOfWatch: the end of the context ends the watching, and nothing is
// reported. Goroutines that are left over would hang the test.
func TestContextOfWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int32
		source := &fake{text: generation(1)}
		ctx, cancel := context.WithCancel(t.Context())
		l, err := policy.Watch[policy.Claims](ctx, source, policy.Interval(time.Second), policy.OnChange(func(policy.Status, policy.Status) { told.Add(1) }))
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		synctest.Wait()
		reads := source.asked()
		source.set(generation(2), "", nil)
		time.Sleep(time.Hour)
		if source.asked() != reads || shows(t, l) != 1 || told.Load() != 1 || l.Status().Err != nil {
			t.Errorf("have %d more reads, generation %d, %d calls and status %+v, want that nothing happens", source.asked()-reads, shows(t, l), told.Load(), l.Status())
		}
		l.Close()
	})
}

// TestSilentSource: one that does not answer is at fault after half a minute.
func TestSilentSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &slow{fake{text: generation(1)}, make(chan struct{}, 99), make(chan struct{}, 9)}
		source.answer <- struct{}{}
		l := watch(t, source, policy.Interval(time.Minute))
		time.Sleep(97 * time.Second) // a minute and a tenth, and half a minute
		synctest.Wait()
		if err := l.Status().Err; !errors.Is(err, context.DeadlineExceeded) || shows(t, l) != 1 {
			t.Errorf("have error %v and generation %d, want a deadline and 1", err, shows(t, l))
		}
	})
}

// notifier is a source that says when it has changed.
type notifier struct {
	fake
	changed chan struct{}
	fails   atomic.Pointer[error]
	heard   atomic.Int32
}

func (n *notifier) Notify(ctx context.Context, changed func()) error {
	n.heard.Add(1)
	if err := n.fails.Load(); err != nil {
		return *err
	}
	changed()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case _, ok := <-n.changed:
			if !ok {
				return nil
			}
			changed()
		}
	}
}

func TestNotifier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		source := &notifier{fake: fake{text: generation(1)}, changed: make(chan struct{})}
		l := watch(t, source, policy.Interval(1000*time.Hour), policy.Logger(slog.New(slog.NewTextHandler(&log, nil))))
		synctest.Wait()
		if have := source.asked(); have != 2 {
			t.Errorf("was asked %d times, want again when it began to listen", have)
		}
		source.set(generation(2), "", nil)
		source.changed <- struct{}{}
		synctest.Wait()
		if have := shows(t, l); have != 2 {
			t.Errorf("have generation %d at once, want 2", have)
		}

		down := errors.New("no line")
		source.fails.Store(&down)
		heard := source.heard.Load()
		source.changed <- struct{}{}
		close(source.changed)
		time.Sleep(10 * time.Minute)
		if have := source.heard.Load() - heard; have < 20 || have > 32 {
			t.Errorf("was listened to %d times in 10 minutes, want pauses that grow from a quarter of a second to half a minute", have)
		}
		synctest.Wait()
		if have := strings.Count(log.String(), "not listening for changes"); have != int(source.heard.Load()-heard)+1 {
			t.Errorf("have %d lines in the log for %d failures", have, source.heard.Load()-heard+1)
		}
		source.changed = make(chan struct{})
		source.fails.Store(nil)
		source.set(generation(3), "", nil)
		time.Sleep(34 * time.Second)
		synctest.Wait()
		if have := shows(t, l); have != 3 {
			t.Errorf("have generation %d after it is there again, want 3", have)
		}
	})
}

// TestNotices: many changes while the source is read are one.
func TestNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &notifier{fake: fake{text: generation(1)}, changed: make(chan struct{})}
		watch(t, source, policy.Interval(1000*time.Hour), policy.OnChange(func(policy.Status, policy.Status) { time.Sleep(time.Minute) }))
		synctest.Wait()
		source.set(generation(2), "", nil)
		reads := source.asked()
		for range 100 {
			source.changed <- struct{}{}
		}
		time.Sleep(time.Hour)
		if have := source.asked() - reads; have < 1 || have > 2 {
			t.Errorf("was asked %d times, want once, or once more for what came in between", have)
		}
	})
}
