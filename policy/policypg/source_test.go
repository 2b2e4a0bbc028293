package policypg_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
)

func read(t testing.TB, source policy.Source, tag string) policy.Text {
	t.Helper()
	text, err := source.Read(t.Context(), tag)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRead(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	source := policypg.Source(pool, name)
	if _, err := source.Read(t.Context(), ""); !errors.Is(err, policypg.ErrNotFound) {
		t.Errorf("nothing is published: have %v, want ErrNotFound", err)
	}
	publish(t, pool, 1)
	first := read(t, source, "")
	if !bytes.Equal(first.Data, text(1)) || first.Tag == "" || !strings.HasPrefix(first.Name, "rolespec_policy/"+name+"@") {
		t.Errorf("have %q, %q, %q", first.Name, first.Tag, first.Data)
	}
	if _, err := source.Read(t.Context(), first.Tag); !errors.Is(err, policy.ErrUnchanged) {
		t.Errorf("nothing changed: have %v, want ErrUnchanged", err)
	}
	clear(first.Data)
	if again := read(t, source, ""); !bytes.Equal(again.Data, text(1)) {
		t.Errorf("the text that was given out is the one that is kept: have %q", again.Data)
	}
	publish(t, pool, 1)
	if again := read(t, source, first.Tag); again.Tag == first.Tag {
		t.Errorf("another revision has the tag of the one before: %q", again.Tag)
	}
	if other := read(t, policypg.Source(pool, name), first.Tag); !bytes.Equal(other.Data, text(1)) {
		t.Errorf("a source that has read nothing yet: have %q", other.Data)
	}
}

// standby returns a pool whose connections say that they lead to a standby. There
// the table is as the test leaves it: revisions are set by hand.
func standby(t testing.TB, dsn string, primary *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	exec(t, primary, `CREATE SCHEMA standby`)
	exec(t, primary, `CREATE FUNCTION standby.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'`)
	exec(t, primary, `ALTER TABLE rolespec_policy DISABLE TRIGGER rolespec_stamp, DISABLE TRIGGER rolespec_keep`)
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.ConnConfig.RuntimeParams["search_path"] = "standby, pg_catalog, public"
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func TestLaggingStandby(t *testing.T) {
	t.Parallel()
	const set = "UPDATE rolespec_policy SET body = $2, revision = $3, published_at = published_at + $4::interval WHERE name = $1"
	for _, c := range []struct {
		name, reason string
		standby      bool
		revision     int64
		later        time.Duration
		want         int
	}{
		{"lags", "a lower revision of a standby is an earlier one", true, 11, -time.Minute, 1},
		{"same moment", "the clock does not tell two revisions apart", true, 11, 0, 1},
		{"higher", "a standby may be the first to say it", true, 13, time.Minute, 2},
		{"clock set back", "a higher revision is a later one whatever the clock says", true, 13, -time.Hour, 2},
		{"made anew", "what was published later is not an earlier one", true, 1, time.Minute, 2},
		{"same revision", "another text, whatever its number", true, 12, 0, 2},
		{"primary restored", "the primary is believed", false, 11, -time.Minute, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dsn, pool := migrated(t)
			publish(t, pool, 1)
			lagging := standby(t, dsn, pool)
			exec(t, pool, set, name, text(1), 12, "0")
			if c.standby {
				pool, lagging = lagging, pool
			}
			source := policypg.Source(pool, name)
			first := read(t, source, "")
			exec(t, lagging, set, name, text(2), c.revision, c.later.String())
			if have := read(t, source, ""); !bytes.Equal(have.Data, text(c.want)) {
				t.Errorf("have %s, want generation %d: %s", have.Data, c.want, c.reason)
			}
			_, err := source.Read(t.Context(), first.Tag)
			if unchanged := errors.Is(err, policy.ErrUnchanged); unchanged != (c.want == 1) {
				t.Errorf("have error %v: %s", err, c.reason)
			}
		})
	}
}

// A source is read by several at once, each of which keeps to the tags it was given.
func TestReadTogether(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	publish(t, pool, 0)
	source := policypg.Source(pool, name)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			tag := ""
			for range 50 {
				switch next, err := source.Read(t.Context(), tag); {
				case err == nil:
					tag = next.Tag
				case !errors.Is(err, policy.ErrUnchanged):
					t.Error(err)
				}
			}
		})
	}
	for generation := range 20 {
		publish(t, pool, generation)
	}
	readers.Wait()
}

func TestReadEnds(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := policypg.Source(pool, name).Read(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("have %v, want that the context has ended", err)
	}
}

// After the server was away every connection of the pool may be dead, which is not
// the end of reading.
func TestReadOnDeadConnections(t *testing.T) {
	t.Parallel()
	dsn, admin := migrated(t)
	publish(t, admin, 1)
	pool := connect(t, dsn)
	source := policypg.Source(pool, name)
	var held []*pgxpool.Conn
	for range pool.Config().MaxConns {
		conn, err := pool.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
	}
	for _, conn := range held {
		exec(t, admin, "SELECT pg_terminate_backend($1, 10000)", conn.Conn().PgConn().PID())
	}
	for _, conn := range held {
		conn.Release()
	}
	if have := read(t, source, ""); string(have.Data) != string(text(1)) {
		t.Errorf("have %s", have.Data)
	}
	pool.Close()
	if _, err := source.Read(t.Context(), ""); err == nil {
		t.Error("reads from a closed pool")
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, reason string
		opt          policypg.Option
	}{
		{"no name", "a table has a name", policypg.Table()},
		{"empty name", "a table has a name", policypg.Table("")},
		{"empty schema", "a schema has a name", policypg.Table("", "policies")},
		{"three parts", "there is nothing above a schema", policypg.Table("a", "b", "c")},
		{"long", "PostgreSQL would cut it, and what is derived from it", policypg.Table(strings.Repeat("x", 51))},
		{"zero byte", "no name has one", policypg.Table("a\x00b")},
		{"negative", "no revision is", policypg.After(-1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := policypg.Source(new(pgxpool.Pool), name, c.opt)
			_, reading := source.Read(t.Context(), "")
			_, schema := policypg.Schema(c.opt)
			_, publishing := policypg.Publish(t.Context(), nil, name, text(1), c.opt)
			_, history := policypg.History(t.Context(), nil, name, c.opt)
			_, back := policypg.Rollback(t.Context(), nil, name, 1, c.opt)
			for what, err := range map[string]error{
				"Read": reading, "Schema": schema, "Publish": publishing, "History": history, "Rollback": back,
				"Notify": source.Notify(t.Context(), func() {}), "Migrate": policypg.Migrate(t.Context(), nil, c.opt),
			} {
				if !errors.Is(err, policypg.ErrOption) {
					t.Errorf("%s: have %v, want ErrOption: %s", what, err, c.reason)
				}
			}
		})
	}
	if err := policypg.Migrate(t.Context(), nil); !errors.Is(err, policypg.ErrOption) {
		t.Errorf("no database: have %v, want ErrOption", err)
	}
	if _, err := policypg.Source(nil, name).Read(t.Context(), ""); !errors.Is(err, policypg.ErrOption) {
		t.Errorf("no pool: have %v, want ErrOption", err)
	}
}
