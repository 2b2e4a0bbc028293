package pgguard_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
	"github.com/rolespec/rolespec/sqlspec/pgclaims/pgguard"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func TestTx(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		outer, err := db.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer outer.Rollback(context.Background())
		nested, err := outer.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, tx := range []pgx.Tx{outer, nested} {
			if tx.Conn() != nil {
				t.Error("it leads to the connection")
			}
			_, err := tx.Prepare(t.Context(), "one", "SELECT 1")
			isRefused(t, "Prepare", err)
			objects := tx.LargeObjects()
			if _, err := objects.Create(t.Context(), 0); err != nil {
				t.Errorf("a large object: %v", err)
			}
		}
		if _, err := nested.Exec(t.Context(), "INSERT INTO notes VALUES (1)"); err != nil {
			t.Error(err)
		}
		if err := nested.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
		count(t, outer, "notes", 0)
		if err := outer.Commit(t.Context()); err != nil {
			t.Error(err)
		}
		if err := outer.Rollback(t.Context()); !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("after the commit: have %v, want ErrTxClosed", err)
		}
	})
}

func TestBeginTx(t *testing.T) {
	t.Parallel()
	pool := newPool(t, pgx.QueryExecModeCacheStatement)
	db := pgguard.Wrap(guard, pool)
	for name, opts := range map[string]pgx.TxOptions{
		"begin":       {BeginQuery: "BEGIN; " + deletes},
		"commit":      {CommitQuery: deletes + "; COMMIT"},
		"both":        {BeginQuery: "BEGIN", CommitQuery: deletes + "; COMMIT"},
		"level":       {IsoLevel: "serializable; " + deletes},
		"access":      {AccessMode: "read write; " + deletes},
		"deferrable":  {DeferrableMode: "deferrable; " + deletes},
		"over pieces": {BeginQuery: "BEGIN", IsoLevel: "'", CommitQuery: "'; " + deletes + "; COMMIT; SELECT '1'"},
	} {
		tx, err := db.BeginTx(t.Context(), opts)
		isRefused(t, name, err)
		if tx != nil {
			tx.Rollback(context.Background())
		}
		count(t, db, "tasks", 3)
	}
	for name, opts := range map[string]pgx.TxOptions{
		"zero": {}, "modes": {IsoLevel: pgx.Serializable, AccessMode: pgx.ReadOnly, DeferrableMode: pgx.Deferrable},
		"own": {BeginQuery: "BEGIN; SELECT 1", CommitQuery: "COMMIT -- so"},
	} {
		tx, err := db.BeginTx(t.Context(), opts)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, err = tx.Exec(t.Context(), everything)
		isRefused(t, name, err)
		if err := tx.Commit(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := pgguard.Wrap(guard, tx).BeginTx(t.Context(), opts); !errors.Is(err, pgguard.ErrNested) {
			t.Errorf("%s: have %v, want ErrNested", name, err)
		}
	}
}

// The helpers that run a function in a transaction give it a guarded one.
func TestFunctions(t *testing.T) {
	t.Parallel()
	db := pgguard.Wrap(guard, newPool(t, pgx.QueryExecModeCacheStatement))
	ctx, where, args := condition(t)
	f := func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, deletes)
		isRefused(t, "in a function", err)
		rows, _ := tx.Query(ctx, everything+" WHERE "+where, args...)
		collect(t, "in a function", rows, 2)
		return nil
	}
	if err := pgx.BeginFunc(ctx, db, f); err != nil {
		t.Error(err)
	}
	if err := pgx.BeginTxFunc(ctx, db, pgx.TxOptions{AccessMode: pgx.ReadOnly}, f); err != nil {
		t.Error(err)
	}
	if err := pgclaims.Run(ctx, db, map[string]string{"account": "7"}, f); err != nil {
		t.Error(err)
	}
}

func TestZero(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(t.Context(), "host=/nowhere")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for name, db := range map[string]pgguard.DB{
		"zero": {}, "no database": pgguard.Wrap(guard, nil), "no guard": pgguard.Wrap(nil, pool), "zero guard": pgguard.Wrap(&sqlguard.Guard{}, pool),
	} {
		var b pgx.Batch
		b.Queue("SELECT 1")
		_, exec := db.Exec(t.Context(), "SELECT 1")
		_, query := db.Query(t.Context(), "SELECT 1", pgx.QueryExecModeExec)
		_, rewritten := pgguard.DB{}.Exec(t.Context(), "SELECT 1", pgx.NamedArgs{})
		_, copies := db.CopyFrom(t.Context(), pgx.Identifier{"notes"}, []string{"id"}, pgx.CopyFromRows(nil))
		_, begin := db.Begin(t.Context())
		_, beginTx := db.BeginTx(t.Context(), pgx.TxOptions{})
		for what, err := range map[string]error{
			"Exec": exec, "Query": query, "QueryRow": db.QueryRow(t.Context(), "SELECT 1").Scan(), "a rewriter": rewritten,
			"SendBatch": db.SendBatch(t.Context(), &b).Close(), "CopyFrom": copies, "Begin": begin, "BeginTx": beginTx,
		} {
			isRefused(t, name+": "+what, err)
		}
	}
}
