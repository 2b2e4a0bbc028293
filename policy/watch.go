package policy

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/rolespec/rolespec/roles"
)

// WatchOption changes how [Watch] follows a source.
type WatchOption func(*watcher)

// Interval is how often the source is asked; the default is 10 seconds. It is
// varied by a tenth, so that a fleet does not ask all at once. A [Notifier] is
// asked besides, in case a notice was lost.
func Interval(d time.Duration) WatchOption {
	return func(w *watcher) {
		if d > 0 {
			w.interval = d
		}
	}
}

// Logger is told of each policy that comes into force, and of each text that does
// not. The default is silence.
func Logger(l *slog.Logger) WatchOption {
	return func(w *watcher) {
		if l != nil {
			w.log = l
		}
	}
}

// OnChange is called whenever a policy comes into force, a text is refused for
// another reason than before, or a source can be read again; the first policy is
// one of these. One call at a time, and the next look at the source waits for it,
// so that it must not call Reload or Close itself.
func OnChange(f func(before, now Status)) WatchOption {
	return func(w *watcher) {
		if f != nil {
			w.onChange = f
		}
	}
}

// Watch reads the policy of a source and follows it until the context ends or the
// Live is closed. An error means that there is no policy to begin with: an
// [Errors], what the source says, or a claim that P does not have.
func Watch[P roles.Payload](ctx context.Context, source Source, opts ...WatchOption) (*Live[P], error) {
	if source == nil {
		return nil, errNoSource
	}
	l := &Live[P]{
		watcher:   watcher{source: source, interval: 10 * time.Second, log: slog.New(slog.DiscardHandler), onChange: func(Status, Status) {}},
		reloading: make(chan struct{}, 1),
		done:      make(chan struct{}),
	}
	for _, opt := range opts {
		opt(&l.watcher)
	}
	if err := l.Reload(ctx); err != nil {
		return nil, err
	}
	ctx, l.stop = context.WithCancel(ctx)
	go func() {
		defer close(l.done)
		l.watcher.run(ctx, func() error { return l.Reload(ctx) })
	}()
	return l, nil
}

var errNoSource = errors.New("policy: there is no source")

// watcher is what following a source needs, whatever is made of it.
type watcher struct {
	source   Source
	interval time.Duration
	log      *slog.Logger
	onChange func(before, now Status)
}

// maxRead is how long a source may take to answer.
const maxRead = 30 * time.Second

// read returns nil where there is nothing new.
func (w *watcher) read(ctx context.Context, tag string) (*Text, error) {
	ctx, cancel := context.WithTimeout(ctx, maxRead)
	defer cancel()
	text, err := w.source.Read(ctx, tag)
	switch {
	case errors.Is(err, ErrUnchanged) && tag != "":
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &text, nil
}

// run reloads at intervals and when the source says so. A source that cannot be read
// is asked again sooner; its text, where that is no policy, stays one that is none.
func (w *watcher) run(ctx context.Context, reload func() error) {
	changed := make(chan struct{}, 1)
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		w.listen(ctx, func() {
			select {
			case changed <- struct{}{}:
			default: // one is waiting already, and will see this change too
			}
		})
	}()
	wait, pause := w.interval, minPause
	for {
		timer := time.NewTimer(varied(wait))
		select {
		case <-ctx.Done():
			timer.Stop()
			<-listening
			return
		case <-timer.C:
		case <-changed:
			timer.Stop()
		}
		if err := reload(); err == nil || errors.Is(err, roles.ErrPolicy) {
			wait, pause = w.interval, minPause
		} else {
			wait, pause = min(pause, w.interval), min(2*pause, maxPause)
		}
	}
}

// listen keeps a notifier listening, with longer and longer pauses where it fails.
func (w *watcher) listen(ctx context.Context, changed func()) {
	notifier, ok := w.source.(Notifier)
	if !ok {
		return
	}
	pause := minPause
	for ctx.Err() == nil {
		var listened atomic.Bool
		err := notifier.Notify(ctx, func() {
			listened.Store(true)
			changed()
		})
		if ctx.Err() != nil {
			return
		}
		if listened.Load() {
			pause = minPause
		}
		w.log.Warn("policy: not listening for changes", "error", err, "again_in", pause)
		if sleep(ctx, varied(pause)) != nil {
			return
		}
		pause = min(2*pause, maxPause)
	}
}

const minPause, maxPause = 250 * time.Millisecond, 30 * time.Second

// varied is a duration, more or less a tenth of it.
func varied(d time.Duration) time.Duration {
	d = min(d, math.MaxInt64/2)
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}

func (w *watcher) report(before, now Status) {
	switch {
	case now.Err != nil:
		w.log.Error("policy: not in force", "error", now.Err, "version", now.Version)
	case before.Version != now.Version:
		w.log.Info("policy: in force", "version", now.Version, "before", before.Version)
	default:
		w.log.Info("policy: its source is in force again", "version", now.Version)
	}
	w.onChange(before, now)
}
