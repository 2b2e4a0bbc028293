package policypg_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
)

// Services migrate as they start, all of them together.
func TestMigrateTogether(t *testing.T) {
	t.Parallel()
	dsn := engines.PostgresURL(t)
	pool := connect(t, dsn)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if err := policypg.Migrate(t.Context(), connect(t, dsn)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	first := publish(t, pool, 1)
	services := fleet(t, dsn, 1)
	if err := policypg.Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	within(t, soon, services, "still there", at(t, 1))
	publish(t, pool, 2, policypg.After(first))
	within(t, soon, services, "noticed once", at(t, 2))
	if history, err := policypg.History(t.Context(), pool, name); err != nil || len(history) != 2 {
		t.Errorf("have %+v, %v, want two revisions", history, err)
	}
}

// A table that is made anew goes on with the numbers.
func TestTableMadeAnew(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	first := publish(t, pool, 1)
	services := fleet(t, dsn, 1)
	exec(t, pool, "DROP TABLE rolespec_policy, rolespec_policy_history")
	if err := policypg.Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	if second := publish(t, pool, 2); second <= first {
		t.Errorf("have revision %d after %d", second, first)
	}
	within(t, soon, services, "followed", at(t, 2))
}

func TestForeignTable(t *testing.T) {
	t.Parallel()
	pool := connect(t, engines.PostgresURL(t))
	exec(t, pool, "CREATE TABLE rolespec_policy (name text PRIMARY KEY, value int)")
	if err := policypg.Migrate(t.Context(), pool); err == nil {
		t.Error("no error")
	}
	exec(t, pool, "INSERT INTO rolespec_policy VALUES ('a', 1)") // no trigger is in the way
}

func TestTableName(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	publish(t, pool, 1) // in the table of the usual name
	const schema, table = `My "access"`, `{table} pol'icies%I; --`
	exec(t, pool, "CREATE SCHEMA "+pgx.Identifier{schema}.Sanitize())
	named := policypg.Table(schema, table)
	for range 2 {
		if err := policypg.Migrate(t.Context(), pool, named); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, pool, 2, named)
	live := watch(t, policypg.Source(connect(t, dsn), name, named))
	revision := publish(t, pool, 3, named)
	services := []*policy.Live[policy.Claims]{live}
	within(t, soon, services, "followed", at(t, 3))
	if _, err := policypg.Rollback(t.Context(), pool, name, revision, named); err != nil {
		t.Error(err)
	}
	if usual := read(t, policypg.Source(pool, name), ""); string(usual.Data) != string(text(1)) {
		t.Errorf("the table of the usual name has %s", usual.Data)
	}
	longest := policypg.Table(strings.Repeat("x", 50))
	if err := policypg.Migrate(t.Context(), pool, longest); err != nil {
		t.Fatal(err)
	}
	publish(t, pool, 4, longest)
}

// The rights that the documentation gives are enough, and no more than that.
func TestRights(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	const service, publisher = "pg_read_all_stats", "pg_read_all_settings" // users that are always there
	exec(t, pool, `GRANT SELECT ON rolespec_policy TO `+service)
	exec(t, pool, `GRANT SELECT, INSERT, UPDATE ON rolespec_policy TO `+publisher)
	exec(t, pool, `GRANT SELECT, INSERT ON rolespec_policy_history TO `+publisher)
	exec(t, pool, `GRANT USAGE ON SEQUENCE rolespec_policy_revision TO `+publisher)
	publishing := as(t, dsn, publisher)
	first := publish(t, publishing, 1)
	live := watch(t, policypg.Source(as(t, dsn, service), name))
	publish(t, publishing, 2, policypg.After(first))
	within(t, soon, []*policy.Live[policy.Claims]{live}, "followed", at(t, 2))
	if _, err := policypg.Rollback(t.Context(), publishing, name, first); err != nil {
		t.Error(err)
	}
	history, err := policypg.History(t.Context(), publishing, name)
	if err != nil || history[0].PublishedBy != publisher {
		t.Errorf("have %+v, %v, want published by %s", history, err, publisher)
	}
	if _, err := policypg.Publish(t.Context(), as(t, dsn, service), name, text(3)); err == nil {
		t.Error("a service may publish")
	}
	if _, err := publishing.Exec(t.Context(), "DELETE FROM rolespec_policy_history"); err == nil {
		t.Error("who publishes may make it unseen")
	}
}

// as returns a pool of another user.
func as(t testing.TB, dsn, user string) *pgxpool.Pool {
	t.Helper()
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "SET ROLE "+user)
		return err
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}
