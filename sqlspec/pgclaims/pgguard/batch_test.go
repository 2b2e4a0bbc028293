package pgguard_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/sqlspec/pgclaims/pgguard"
)

func TestBatch(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		ctx, where, args := condition(t)
		var b pgx.Batch
		called := 0
		b.Queue(everything+" WHERE "+where, args...).Query(func(rows pgx.Rows) error {
			called++
			collect(t, "in a callback", rows, 2)
			return nil
		})
		b.Queue("INSERT INTO notes VALUES ($1)", 1).Exec(func(pgconn.CommandTag) error { called++; return nil })
		if err := db.SendBatch(ctx, &b).Close(); err != nil || called != 2 {
			t.Errorf("have %v, %d callbacks, want 2", err, called)
		}

		var plain pgx.Batch
		plain.Queue(everything+" WHERE "+where+" -- mine", args...)
		plain.Queue("DELETE FROM notes")
		results := db.SendBatch(ctx, &plain)
		rows, err := results.Query()
		if err != nil {
			t.Error(err)
		}
		collect(t, "of the results", rows, 2)
		if tag, err := results.Exec(); err != nil || tag.RowsAffected() != 1 {
			t.Errorf("have %v, %v, want 1 row", tag, err)
		}
		if err := results.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestBatchRefused(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		ctx, where, args := condition(t)
		statement := everything + " WHERE " + where
		for name, queue := range map[string]func(b *pgx.Batch){
			"no condition":       func(b *pgx.Batch) { b.Queue(deletes) },
			"another's argument": func(b *pgx.Batch) { b.Queue(statement, int64(8)) },
			"another's arguments, of one before": func(b *pgx.Batch) {
				b.Queue(statement, args...)
				b.Queue(statement)
			},
			"rewritten": func(b *pgx.Batch) { b.Queue("SELECT 1", rewriter{sql: deletes}) },
			// Batches take no modes: this is an argument.
			"a mode": func(b *pgx.Batch) { b.Queue(statement, append([]any{pgx.QueryExecModeExec}, args...)...) },
			"nil":    func(b *pgx.Batch) { b.QueuedQueries = append(b.QueuedQueries, nil) },
		} {
			var b pgx.Batch
			b.Queue("INSERT INTO notes VALUES (1)").Exec(func(pgconn.CommandTag) error {
				t.Errorf("%s: a callback was called", name)
				return nil
			})
			queue(&b)
			results := db.SendBatch(ctx, &b)
			_, err := results.Exec()
			isRefused(t, name+": Exec", err)
			rows, err := results.Query()
			isRefused(t, name+": Query", err)
			isRefused(t, name+": rows", rows.Err())
			isRefused(t, name+": QueryRow", results.QueryRow().Scan())
			isRefused(t, name+": Close", results.Close())
			count(t, db, "notes", 0)
			count(t, db, "tasks", 3)
		}
		isRefused(t, "no batch", db.SendBatch(ctx, nil).Close())
	})
}

// A statement that was sent before has in it what was prepared for it.
func TestBatchSentBefore(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		ctx, where, args := condition(t)
		first := &pgx.Batch{}
		queued := first.Queue(everything+" WHERE "+where, args...)
		if err := db.SendBatch(ctx, first).Close(); err != nil {
			t.Fatal(err)
		}
		queued.SQL, queued.Arguments = "INSERT INTO notes VALUES (1)", nil
		if err := db.SendBatch(ctx, first).Close(); err != nil {
			t.Error(err)
		}
		count(t, db, "notes", 1)
		if _, err := db.Exec(ctx, "DELETE FROM notes"); err != nil {
			t.Error(err)
		}
	})
}

func TestCopyFrom(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		tx, err := db.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback(t.Context())
		for _, table := range []pgx.Identifier{{"tasks"}, {"public", "tasks"}} {
			n, err := tx.CopyFrom(t.Context(), table, []string{"id", "account"}, pgx.CopyFromRows([][]any{{4, 8}, {5, 8}}))
			if err != nil || n != 2 {
				t.Errorf("%v: have %d rows, %v, want 2", table, n, err)
			}
		}
		count(t, tx, "tasks", 7)
	})
}
