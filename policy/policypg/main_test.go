package policypg_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
)

func TestMain(m *testing.M) { engines.Main(m) }

// name is that of the policy in most tests. It has to be quoted in SQL.
const name = "o'tasks"

// text is a policy of which every answer says the generation twice.
func text(generation int) []byte {
	return fmt.Appendf(nil, `
rolespec: 1
resources:
  tasks:
    fields: {id: int, generation: int}
roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: PUT
        rule: generation == %d
        check: generation == %[1]d
`, generation)
}

var caller = policy.Claims{"roles": []string{"user"}}

// generation returns the one that an answer of the policy says.
func generation(t testing.TB, live *policy.Live[policy.Claims]) int {
	t.Helper()
	p, err := live.Permission(caller, "tasks", "PUT")
	if err != nil {
		t.Fatalf("permission: %v", err)
	}
	var rows, check int
	if _, err := fmt.Sscanf(p.Rows.String(), "generation == %d", &rows); err != nil {
		t.Fatalf("rows are %v: %v", p.Rows, err)
	}
	if _, err := fmt.Sscanf(p.Check.String(), "generation == %d", &check); err != nil {
		t.Fatalf("check is %v: %v", p.Check, err)
	}
	if rows != check {
		t.Fatalf("one answer of two policies: rows of %d, check of %d", rows, check)
	}
	return rows
}

// connect returns a pool of its own.
func connect(t testing.TB, dsn string) *pgxpool.Pool {
	t.Helper()
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.MaxConns = 4
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// migrated returns the DSN of a new database with the table, and a pool of it.
func migrated(t testing.TB) (string, *pgxpool.Pool) {
	t.Helper()
	dsn := engines.PostgresURL(t)
	pool := connect(t, dsn)
	if err := policypg.Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	return dsn, pool
}

func publish(t testing.TB, db policypg.DB, generation int, opts ...policypg.Option) int64 {
	t.Helper()
	revision, err := policypg.Publish(t.Context(), db, name, text(generation), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

func exec(t testing.TB, pool *pgxpool.Pool, statement string, args ...any) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// fleet returns services that follow the policy, each on connections of its own.
// They learn of changes by notices alone: the interval is out of reach.
func fleet(t testing.TB, dsn string, size int) []*policy.Live[policy.Claims] {
	t.Helper()
	services := make([]*policy.Live[policy.Claims], size)
	for i := range services {
		services[i] = watch(t, policypg.Source(connect(t, dsn), name))
	}
	return services
}

func watch(t testing.TB, source policy.Source) *policy.Live[policy.Claims] {
	t.Helper()
	live, err := policy.Watch[policy.Claims](context.Background(), source, policy.Interval(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(live.Close)
	return live
}

// within returns once all of them satisfy the condition, or fails.
func within(t testing.TB, limit time.Duration, services []*policy.Live[policy.Claims], what string, holds func(*policy.Live[policy.Claims]) bool) {
	t.Helper()
	until(t, limit, what, func() bool {
		for _, live := range services {
			if !holds(live) {
				return false
			}
		}
		return true
	})
}

func until(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(limit); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}

func at(t testing.TB, want int) func(*policy.Live[policy.Claims]) bool {
	return func(live *policy.Live[policy.Claims]) bool {
		return generation(t, live) == want && live.Status().Err == nil
	}
}
