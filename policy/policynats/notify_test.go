package policynats_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/rolespec/rolespec/policy/policynats"
)

// A policy that shares the bucket with others is not read whenever they change.
func TestNoticesOfOneKey(t *testing.T) {
	t.Parallel()
	kv := create(t, somewhere(t))
	ctx, cancel := context.WithCancel(t.Context())
	var notices atomic.Int32
	ended := make(chan error, 1)
	go func() { ended <- policynats.Source(kv, key).Notify(ctx, func() { notices.Add(1) }) }()
	until(t, soon, "listening", func() bool { return notices.Load() > 0 })
	for range 5 {
		if _, err := policynats.Publish(t.Context(), kv, "other", text(1)); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, kv, 1) // notices come in order
	until(t, soon, "a notice", func() bool { return notices.Load() > 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("have %v, want that the context has ended", err)
	}
	if have := notices.Load(); have != 2 {
		t.Errorf("have %d notices, want 2: as it begins and of the key", have)
	}
}

// A connection that is closed for good is not waited for.
func TestNotifyEnds(t *testing.T) {
	t.Parallel()
	url := somewhere(t)
	bucket := create(t, url).Bucket()
	conn := connect(t, url)
	source := policynats.Source(open(t, conn, bucket), key, policynats.Reconnects(conn))
	ended := make(chan error, 1)
	listening := make(chan struct{}, 1)
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	go func() { ended <- source.Notify(ctx, func() { listening <- struct{}{} }) }()
	<-listening
	conn.Close()
	if err := <-ended; err == nil || ctx.Err() != nil {
		t.Errorf("have %v, want that the watcher has ended", err)
	}
	if err := source.Notify(t.Context(), func() { t.Error("a notice") }); err == nil {
		t.Error("listens on a closed connection")
	}
}
