package policypg_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
	"github.com/rolespec/rolespec/roles"
)

const size = 10 // of a fleet

// soon is what a notice may take on a busy machine, far less than any interval.
const soon = 10 * time.Second

func TestFleetFollows(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	publish(t, pool, 1)
	services := fleet(t, dsn, size)
	within(t, soon, services, "generation 1", at(t, 1))

	publish(t, pool, 2)
	within(t, soon, services, "published", at(t, 2))

	exec(t, pool, "UPDATE rolespec_policy SET body = $2 WHERE name = $1", name, text(3))
	within(t, soon, services, "written past Publish", at(t, 3))
	for _, live := range services {
		if have, want := live.Version(), services[0].Version(); have != want {
			t.Errorf("have version %s, want %s", have, want)
		}
	}
}

// What is no policy, or is none any more, changes nothing and is reported.
func TestFleetKeeps(t *testing.T) {
	t.Parallel()
	refused := func(err error) bool { return errors.Is(err, roles.ErrPolicy) }
	missing := func(err error) bool { return errors.Is(err, policypg.ErrNotFound) }
	for _, c := range []struct {
		name, reason, statement string
		args                    []any
		want                    func(error) bool
	}{
		{"no policy", "written past Publish, which would refuse it",
			"UPDATE rolespec_policy SET body = $2 WHERE name = $1", []any{name, []byte("rolespec: 1\nroles: everybody")}, refused},
		{"empty", "an empty text is not a policy of nobody",
			"UPDATE rolespec_policy SET body = '' WHERE name = $1", []any{name}, refused},
		{"deleted", "a missing row is not an empty policy",
			"DELETE FROM rolespec_policy WHERE name = $1", []any{name}, missing},
		{"renamed", "the row is there under another name",
			"UPDATE rolespec_policy SET name = 'other' WHERE name = $1", []any{name}, missing},
		{"truncated", "nothing is left of the table",
			"TRUNCATE rolespec_policy", nil, missing},
		{"too large", "what is longer than a policy is not even sent",
			"UPDATE rolespec_policy SET body = body || convert_to(repeat(' ', 1 << 20), 'UTF8') WHERE name = $1", []any{name},
			func(err error) bool { return errors.Is(err, policy.ErrTooLarge) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dsn, pool := migrated(t)
			publish(t, pool, 1)
			services := fleet(t, dsn, size)
			exec(t, pool, c.statement, c.args...)
			within(t, soon, services, "reported: "+c.reason, func(live *policy.Live[policy.Claims]) bool {
				return c.want(live.Status().Err)
			})
			for _, live := range services {
				if have := generation(t, live); have != 1 {
					t.Errorf("have generation %d, want 1: %s", have, c.reason)
				}
			}
			if _, err := policy.Watch[policy.Claims](t.Context(), policypg.Source(pool, name)); !c.want(err) {
				t.Errorf("a service starts with error %v: %s", err, c.reason)
			}
			publish(t, pool, 2)
			within(t, soon, services, "mended", at(t, 2))
		})
	}
}

// Whoever loses the connection finds out what was published meanwhile.
func TestFleetCatchesUp(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	publish(t, pool, 1)
	services := fleet(t, dsn, size)
	for generation := 2; generation <= 5; generation++ {
		exec(t, pool, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`)
		publish(t, pool, generation)
		within(t, soon, services, "caught up", at(t, generation))
	}
}

// Every answer is of one policy as a whole, and none of an earlier one than the
// answer before.
func TestStorm(t *testing.T) {
	t.Parallel()
	const last = 200
	dsn, pool := migrated(t)
	publish(t, pool, 0)
	services := fleet(t, dsn, 4)
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
		publish(t, pool, generation+1)
	}
	within(t, soon, services, "the last one", at(t, last))
	close(done)
	readers.Wait()
}

// Not parallel: it counts the goroutines of the process.
func TestNothingStays(t *testing.T) {
	dsn, admin := migrated(t)
	publish(t, admin, 1)
	before := runtime.NumGoroutine()
	pool := connect(t, dsn)
	var services []*policy.Live[policy.Claims]
	for range size {
		services = append(services, watch(t, policypg.Source(pool, name)))
	}
	publish(t, pool, 2)
	within(t, soon, services, "followed", at(t, 2))
	for _, live := range services {
		live.Close()
	}
	pool.Close()
	until(t, soon, "no goroutine more than before", func() bool { return runtime.NumGoroutine() <= before })
	until(t, soon, "no connection either", func() bool {
		var others int
		err := admin.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`).Scan(&others)
		return err == nil && others == 0
	})
}
