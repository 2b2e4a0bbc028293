package policynats

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// patience is how long NATS may take to answer. A question that is lost with a
// connection gets no answer when it is back.
const patience = 5 * time.Second

var (
	errEnded = errors.New("the watcher has ended")
	errSlow  = errors.New("no answer")
	errBack  = errors.New("a lost connection is back")
)

// Notify implements [policy.Notifier]. When a lost connection is back it watches
// anew: the watcher from before would take its time to find out that it is of no
// use any more.
func (s *source) Notify(ctx context.Context, changed func()) error {
	if s.kv == nil {
		return errNoBucket
	}
	back, forget := s.reconnected()
	defer forget()
	for {
		if err := s.follow(ctx, back, changed); !errors.Is(err, errBack) {
			return fmt.Errorf("policynats: watching %s/%s: %w", s.kv.Bucket(), s.key, err)
		}
	}
}

// reconnected returns where it is said that a lost connection is back, and what to
// call when nobody wants to know any more.
func (s *source) reconnected() (<-chan nats.Status, func()) {
	if s.conn == nil {
		return nil, func() {}
	}
	back := s.conn.StatusChanged(nats.CONNECTED)
	return back, func() { s.conn.RemoveStatusListener(back) }
}

// follow watches the key until the context or the watcher ends, or the connection is
// back, and returns why.
func (s *source) follow(ctx context.Context, back <-chan nats.Status, changed func()) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var waiting sync.WaitGroup
	defer waiting.Wait()
	defer cancel(nil) // and with its context the watcher
	waiting.Go(func() {
		select {
		case <-back:
			cancel(errBack)
		case <-ctx.Done():
		}
	})
	watcher, err := s.watch(ctx, cancel)
	if err != nil {
		return err
	}
	changed() // it may have while nobody watched
	for {
		select {
		case <-ctx.Done():
			drain(watcher)
			return context.Cause(ctx)
		case _, ok := <-watcher.Updates():
			if !ok {
				return cmp.Or(context.Cause(ctx), errEnded)
			}
			changed()
		}
	}
}

// watch sets up a watcher. Its context cannot have a deadline, as it is that of the
// watcher from then on.
func (s *source) watch(ctx context.Context, cancel context.CancelCauseFunc) (jetstream.KeyWatcher, error) {
	timer := time.AfterFunc(patience, func() { cancel(errSlow) })
	defer timer.Stop()
	watcher, err := s.kv.Watch(ctx, s.key, jetstream.UpdatesOnly(), jetstream.MetaOnly())
	if err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	return watcher, nil
}

// drain waits for a watcher that is ending: one that is stuck with what nobody reads
// would stay for ever. NATS may forget to say that it has ended, which is then not
// waited for.
func drain(watcher jetstream.KeyWatcher) {
	enough := time.After(time.Second)
	for {
		select {
		case _, ok := <-watcher.Updates():
			if !ok {
				return
			}
		case <-enough:
			return
		}
	}
}
