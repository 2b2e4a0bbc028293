package policynats_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policynats"
	"github.com/rolespec/rolespec/roles"
)

const size = 10 // of a fleet

// soon is what a notice may take on a busy machine, far less than any interval.
const soon = 10 * time.Second

func TestFleetFollows(t *testing.T) {
	t.Parallel()
	url := somewhere(t)
	kv := create(t, url)
	publish(t, kv, 1)
	services := fleet(t, url, kv.Bucket(), size, false)
	within(t, soon, services, "generation 1", at(t, 1))

	publish(t, kv, 2)
	within(t, soon, services, "published", at(t, 2))

	if _, err := kv.Put(t.Context(), key, text(3)); err != nil {
		t.Fatal(err)
	}
	within(t, soon, services, "put past Publish", at(t, 3))
	for _, live := range services {
		if have, want := live.Version(), services[0].Version(); have != want {
			t.Errorf("have version %s, want %s", have, want)
		}
	}
}

// What is no policy, or is none any more, changes nothing and is reported.
func TestFleetKeeps(t *testing.T) {
	t.Parallel()
	put := func(text string) func(context.Context, jetstream.KeyValue) error {
		return func(ctx context.Context, kv jetstream.KeyValue) error {
			_, err := kv.PutString(ctx, key, text)
			return err
		}
	}
	for _, c := range []struct {
		name, reason string
		spoil        func(context.Context, jetstream.KeyValue) error
		want         error
	}{
		{"no policy", "put past Publish, which would refuse it", put("rolespec: 1\nroles: everybody"), roles.ErrPolicy},
		{"empty", "an empty text is not a policy of nobody", put(""), roles.ErrPolicy},
		{"deleted", "a missing key is not an empty policy",
			func(ctx context.Context, kv jetstream.KeyValue) error { return kv.Delete(ctx, key) }, policynats.ErrNotFound},
		{"purged", "nor is one without history",
			func(ctx context.Context, kv jetstream.KeyValue) error { return kv.Purge(ctx, key) }, policynats.ErrNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := somewhere(t)
			kv := create(t, url)
			publish(t, kv, 1)
			services := fleet(t, url, kv.Bucket(), size, false)
			if err := c.spoil(t.Context(), kv); err != nil {
				t.Fatal(err)
			}
			within(t, soon, services, "reported: "+c.reason, func(live *policy.Live[policy.Claims]) bool {
				return errors.Is(live.Status().Err, c.want)
			})
			for _, live := range services {
				if have := generation(t, live); have != 1 {
					t.Errorf("have generation %d, want 1: %s", have, c.reason)
				}
			}
			if _, err := policy.Watch[policy.Claims](t.Context(), policynats.Source(kv, key)); !errors.Is(err, c.want) {
				t.Errorf("a service starts with error %v: %s", err, c.reason)
			}
			publish(t, kv, 2)
			within(t, soon, services, "mended", at(t, 2))
		})
	}
}

// Whoever loses the connection finds out what was published meanwhile, with
// Reconnects as soon as it is back.
func TestFleetCatchesUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		reconnects bool
		times      int
		limit      time.Duration
	}{
		{"reconnects", true, 5, soon},
		{"by heartbeat", false, 1, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := serve(t, server.Options{StoreDir: dir})
			kv := create(t, s.ClientURL())
			publish(t, kv, 1)
			services := fleet(t, s.ClientURL(), kv.Bucket(), size, c.reconnects)
			for generation := 2; generation <= 1+c.times; generation++ {
				again := port(s)
				stop(s)
				s = serve(t, server.Options{StoreDir: dir, Port: again})
				inside := connect(t, "", nats.InProcessServer(s)) // ahead of all that have to come back
				publish(t, open(t, inside, kv.Bucket()), generation)
				within(t, c.limit, services, "caught up", at(t, generation))
			}
		})
	}
}

// Every answer is of one policy as a whole, and none of an earlier one than the
// answer before.
func TestStorm(t *testing.T) {
	t.Parallel()
	const last = 200
	url := somewhere(t)
	kv := create(t, url)
	publish(t, kv, 0)
	services := fleet(t, url, kv.Bucket(), 4, true)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for _, live := range services {
		readers.Go(func() {
			for before := 0; ; {
				select {
				case <-done:
					return
				default:
				}
				now := generation(t, live)
				if now < before {
					t.Errorf("generation %d after %d", now, before)
					return
				}
				before = now
				runtime.Gosched()
			}
		})
	}
	for generation := range last {
		publish(t, kv, generation+1)
	}
	within(t, soon, services, "the last one", at(t, last))
	close(done)
	readers.Wait()
}

// Not parallel: it counts the goroutines of the process.
func TestNothingStays(t *testing.T) {
	url := somewhere(t)
	kv := create(t, url)
	publish(t, kv, 1)
	conn := connect(t, url)
	shared := open(t, conn, kv.Bucket())
	warm := watch(t, policynats.Source(shared, key, policynats.Reconnects(conn))) // NATS answers on a goroutine of the connection
	warm.Close()
	before := runtime.NumGoroutine()
	var services []*policy.Live[policy.Claims]
	for range size {
		services = append(services, watch(t, policynats.Source(shared, key, policynats.Reconnects(conn))))
	}
	for generation := range 300 { // more than a watcher has room for
		publish(t, kv, generation)
	}
	within(t, soon, services, "followed", at(t, 299))
	for _, live := range services {
		live.Close()
	}
	until(t, soon, "no goroutine more than before", func() bool { return runtime.NumGoroutine() <= before })
}
