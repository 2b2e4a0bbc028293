package database

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// The sizes of the table, and the length of the lists.
const (
	fullRows  Size = 1_000_000
	smallRows Size = 20_000
	fullList       = 30_000
	smallList      = 3_000
)

// Scenes returns what is measured on both engines. Where there is no PostgreSQL, its
// scenes do not open, with [ErrNoServer]: whoever runs them prints it and goes on.
func Scenes() []scene.Scene {
	query := func(name, does string, open opener, notes []string, goals ...scene.Goal) scene.Scene {
		return scene.Scene{
			Name: "database/" + name + "/query", Does: does, Heavy: true,
			Open: open.scene(func(db DB, _ scene.Size) ([]pair.Way, error) { return db.Query() }),
			Goals: append(goals,
				// Most of the time is the engine's, so no way is ten times another.
				scene.Faster(scene.Ours, "squirrel's own And{Eq}", 1),
				scene.Faster(scene.Ours, "fetch the account, filter in Go", 5)),
			Notes: append([]string{"Every request is another caller's. Our ways include Verify. The plans are the same, " +
				"which is asserted from EXPLAIN before anything is timed."}, notes...),
		}
	}
	list := func(name, does string, open opener, times float64) scene.Scene {
		return scene.Scene{
			Name: "database/" + name + "/list", Does: does, Heavy: true,
			Open: open.scene(func(db DB, size scene.Size) ([]pair.Way, error) {
				if size == scene.Small {
					return db.List(smallList)
				}
				return db.List(fullList)
			}),
			Goals: []scene.Goal{
				scene.Faster(scene.Ours, "placeholders, the text kept", times),
				scene.Faster(scene.Ours, "squirrel's own Eq", times),
			},
			Notes: []string{"The hand-written way hands over one array. Every other id is that of a row."},
		}
	}
	return []scene.Scene{
		query("postgres", "read the 50 rows of a caller among 1,000,000, on PostgreSQL", onPostgres,
			[]string{"Ways that would empty the driver's cache of statements, or that run as another role, have a connection " +
				"of their own: hold them against the hand-written way on another connection. Row security is there where " +
				"the user of PostgreSQL is a superuser."},
			scene.AtMost(scene.Ours, 1.02, 0), scene.Faster(scene.Ours, "values in the text", 1)),
		query("sqlite", "read the 50 rows of a caller among 1,000,000, on SQLite", onSQLite,
			[]string{"The driver prepares a text at every request. Values in the text spare it the arguments, which take longer."},
			scene.AtMost(scene.Ours, 1.05, 0)),
		list("postgres", "count the rows of 30,000 ids, on PostgreSQL", onPostgres, 2),
		list("sqlite", "count the rows of 30,000 ids, on SQLite", onSQLite, 1),
	}
}

// An opener opens an engine, and returns what it leaves to be closed after it.
type opener func(ctx context.Context, n Size) (db DB, after func() error, err error)

func onPostgres(ctx context.Context, n Size) (DB, func() error, error) {
	url, stop, err := Server()
	if err != nil {
		return nil, nil, err
	}
	after := func() error { stop(); return nil }
	db, err := OpenPostgres(ctx, url, n)
	return db, after, err
}

func onSQLite(ctx context.Context, n Size) (DB, func() error, error) {
	dir, err := os.MkdirTemp("", "rolespec-bench-")
	if err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	after := func() error { return os.RemoveAll(dir) }
	db, err := OpenSQLite(ctx, dir, n)
	return db, after, err
}

// scene opens the engine, holds the plans against each other, and makes the ways.
func (open opener) scene(ways func(DB, scene.Size) ([]pair.Way, error)) func(scene.Size) (*scene.Open, error) {
	return func(size scene.Size) (_ *scene.Open, err error) {
		n := fullRows
		if size == scene.Small {
			n = smallRows
		}
		ctx, cancel := context.WithCancel(context.Background())
		var db DB
		var after func() error
		closing := func() error {
			var err error
			if db != nil {
				err = db.Close()
			}
			cancel()
			if after != nil {
				err = errors.Join(err, after())
			}
			return err
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, closing())
			}
		}()
		if db, after, err = open(ctx, n); err != nil {
			return nil, err
		}
		plans, err := db.Plans(ctx)
		if err != nil {
			return nil, err
		}
		if err := SamePlan(plans); err != nil {
			return nil, err
		}
		made, err := ways(db, size)
		if err != nil {
			return nil, err
		}
		return &scene.Open{Ways: made, Close: closing}, nil
	}
}
