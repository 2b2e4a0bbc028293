package pgclaims_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

type sqlQuerier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func sqlIDs(t testing.TB, q sqlQuerier) (ids []int64) {
	t.Helper()
	rows, err := q.QueryContext(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestRunSQL(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, c := range []struct {
		name string
		opts *sql.TxOptions
		f    func(ctx context.Context, cancel context.CancelFunc, tx *sql.Tx) error
	}{
		{"commit", nil, func(context.Context, context.CancelFunc, *sql.Tx) error { return nil }},
		{"read only", &sql.TxOptions{ReadOnly: true}, func(context.Context, context.CancelFunc, *sql.Tx) error { return nil }},
		{"error", nil, func(context.Context, context.CancelFunc, *sql.Tx) error { return errOwn }},
		{"failed statement", nil, func(ctx context.Context, _ context.CancelFunc, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "SELECT 1 / 0")
			return err
		}},
		{"failed statement, not heeded", nil, func(ctx context.Context, _ context.CancelFunc, tx *sql.Tx) error {
			tx.ExecContext(ctx, "SELECT 1 / 0")
			return nil
		}},
		{"cancelled", nil, func(_ context.Context, cancel context.CancelFunc, _ *sql.Tx) error {
			cancel()
			return nil
		}},
		{"own commit", nil, func(_ context.Context, _ context.CancelFunc, tx *sql.Tx) error { return tx.Commit() }},
		{"panic", nil, func(context.Context, context.CancelFunc, *sql.Tx) error { panic(errOwn) }},
		{"goroutine ends", nil, func(context.Context, context.CancelFunc, *sql.Tx) error {
			runtime.Goexit()
			return nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := stdlib.OpenDBFromPool(s.pool(t))
			db.SetMaxOpenConns(1)
			defer db.Close()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := within(func() error {
				return pgclaims.RunSQL(ctx, db, c.opts, ann, func(tx *sql.Tx) error {
					same(t, "of ann", sqlIDs(t, tx), owned[ann])
					return c.f(ctx, cancel, tx)
				})
			})
			if c.name == "error" && !errors.Is(err, errOwn) {
				t.Errorf("have error %v, want the program's own", err)
			}
			same(t, "without claims", sqlIDs(t, db), nil)
			if err := pgclaims.RunSQL(t.Context(), db, nil, bob, func(tx *sql.Tx) error {
				same(t, "of bob", sqlIDs(t, tx), owned[bob])
				return nil
			}); err != nil {
				t.Error(err)
			}
			same(t, "without claims", sqlIDs(t, db), nil)
		})
	}
}
