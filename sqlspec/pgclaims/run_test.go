package pgclaims_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

var errOwn = errors.New("the program's own")

// end is a way in which a transaction ends.
type end struct {
	name string
	want error // of Run, nil where it is of another kind
	same bool  // the connection has to survive
	f    func(ctx context.Context, cancel context.CancelFunc, tx pgx.Tx) error
}

var ends = []end{
	{"commit", nil, true, func(context.Context, context.CancelFunc, pgx.Tx) error { return nil }},
	{"error", errOwn, true, func(context.Context, context.CancelFunc, pgx.Tx) error { return errOwn }},
	{"failed statement", nil, true, func(ctx context.Context, _ context.CancelFunc, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SELECT 1 / 0")
		return err
	}},
	{"failed statement, not heeded", pgx.ErrTxCommitRollback, true, func(ctx context.Context, _ context.CancelFunc, tx pgx.Tx) error {
		tx.Exec(ctx, "SELECT 1 / 0")
		return nil
	}},
	{"own rollback", nil, true, func(ctx context.Context, _ context.CancelFunc, tx pgx.Tx) error { return tx.Rollback(ctx) }},
	{"rows left open", nil, false, func(ctx context.Context, _ context.CancelFunc, tx pgx.Tx) error {
		_, err := tx.Query(ctx, all)
		return err
	}},
	{"cancelled before a statement", context.Canceled, false, func(ctx context.Context, cancel context.CancelFunc, tx pgx.Tx) error {
		cancel()
		_, err := tx.Exec(ctx, "SELECT 1")
		return err
	}},
	{"cancelled before the end", context.Canceled, false, func(_ context.Context, cancel context.CancelFunc, _ pgx.Tx) error {
		cancel()
		return nil
	}},
	{"server ends the connection", nil, false, func(ctx context.Context, _ context.CancelFunc, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SELECT pg_terminate_backend(pg_backend_pid())")
		return err
	}},
	{"panic", nil, true, func(context.Context, context.CancelFunc, pgx.Tx) error { panic(errOwn) }},
	{"goroutine ends", nil, true, func(context.Context, context.CancelFunc, pgx.Tx) error {
		runtime.Goexit()
		return nil
	}},
}

// within runs f in a goroutine that may panic or end.
func within(f func() error) (err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { recover() }()
		err = f()
	}()
	<-done
	return err
}

func TestRun(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, e := range ends {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t)
			forgotten(t, "nothing", pool)
			pid := backend(t, pool)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := within(func() error {
				return pgclaims.Run(ctx, pool, ann, func(tx pgx.Tx) error {
					same(t, "of ann", ids(t, tx), owned[ann])
					return e.f(ctx, cancel, tx)
				})
			})
			if e.want != nil && !errors.Is(err, e.want) {
				t.Errorf("have error %v, want %v", err, e.want)
			}
			forgotten(t, e.name, pool)
			if kept := backend(t, pool) == pid; e.same && !kept {
				t.Error("the connection was not reused")
			}
			if err := pgclaims.Run(t.Context(), pool, bob, func(tx pgx.Tx) error {
				same(t, "of bob", ids(t, tx), owned[bob])
				return nil
			}); err != nil {
				t.Error(err)
			}
			forgotten(t, "bob", pool)
		})
	}
}

// What a caller does after the transaction meets no claims, even by the connection.
func TestRunIsOver(t *testing.T) {
	t.Parallel()
	pool := newService(t).pool(t)
	err := pgclaims.Run(t.Context(), pool, ann, func(tx pgx.Tx) error {
		if err := tx.Commit(t.Context()); err != nil {
			return err
		}
		same(t, "after the commit", ids(t, tx.Conn()), nil)
		_, err := tx.Exec(t.Context(), all)
		return err
	})
	if !errors.Is(err, pgx.ErrTxClosed) {
		t.Errorf("have error %v, want ErrTxClosed", err)
	}
}

func TestRunTx(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, c := range []struct {
		name            string
		opts            pgx.TxOptions
		level, readOnly string
	}{
		{"zero", pgx.TxOptions{}, "read committed", "off"},
		{"all", pgx.TxOptions{IsoLevel: pgx.Serializable, AccessMode: pgx.ReadOnly, DeferrableMode: pgx.Deferrable}, "serializable", "on"},
		{"own statement", pgx.TxOptions{BeginQuery: "START TRANSACTION READ ONLY"}, "read committed", "on"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pool := s.pool(t)
			err := pgclaims.RunTx(t.Context(), pool, c.opts, ann, func(tx pgx.Tx) error {
				same(t, "of ann", ids(t, tx), owned[ann])
				var level, readOnly string
				err := tx.QueryRow(t.Context(), "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')").Scan(&level, &readOnly)
				if level != c.level || readOnly != c.readOnly {
					t.Errorf("have %s, read only %s, want %s, %s", level, readOnly, c.level, c.readOnly)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			forgotten(t, c.name, pool)
		})
	}
	t.Run("no transaction", func(t *testing.T) {
		pool := s.pool(t)
		pgclaims.RunTx(t.Context(), pool, pgx.TxOptions{BeginQuery: "SELECT 1"}, ann, func(tx pgx.Tx) error {
			same(t, "without a transaction", ids(t, tx), nil)
			return nil
		})
		forgotten(t, "no transaction", pool)
	})
	t.Run("unknown level", func(t *testing.T) {
		pool := s.pool(t)
		err := pgclaims.RunTx(t.Context(), pool, pgx.TxOptions{IsoLevel: "none"}, ann, func(pgx.Tx) error {
			t.Error("it ran")
			return nil
		})
		var said *pgconn.PgError
		if !errors.As(err, &said) {
			t.Errorf("have error %v, want one of PostgreSQL", err)
		}
		forgotten(t, "unknown level", pool)
	})
}

// What PostgreSQL refuses to write for a caller is written for nobody.
func TestWrites(t *testing.T) {
	t.Parallel()
	s := newService(t)
	pool := s.pool(t)
	err := pgclaims.Run(t.Context(), pool, ann, func(tx pgx.Tx) error {
		if tag, err := tx.Exec(t.Context(), "UPDATE tasks SET note = 'seen'"); err != nil || tag.RowsAffected() != 3 {
			t.Errorf("update: %v, %v, want 3 rows", tag, err)
		}
		_, err := tx.Exec(t.Context(), "INSERT INTO tasks VALUES (10, 'bob')")
		return err
	})
	if err == nil {
		t.Error("a row of another account was written")
	}
	var seen int
	if err := s.owner.QueryRow(t.Context(), "SELECT count(*) FROM tasks WHERE note = 'seen' OR id = 10").Scan(&seen); err != nil || seen != 0 {
		t.Errorf("%d rows are left of what was rolled back, %v", seen, err)
	}
	forgotten(t, "writes", pool)
}

func TestCalls(t *testing.T) {
	t.Parallel()
	// A pool connects when it is used: none of these gets there.
	pool, err := pgxpool.New(t.Context(), "host=/nowhere")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := pgclaims.Run(t.Context(), nil, ann, func(pgx.Tx) error { return nil }); !errors.Is(err, pgclaims.ErrCall) {
		t.Errorf("no database: have %v, want ErrCall", err)
	}
	if err := pgclaims.Run(t.Context(), pool, ann, nil); !errors.Is(err, pgclaims.ErrCall) {
		t.Errorf("no function: have %v, want ErrCall", err)
	}
	if err := pgclaims.RunSQL(t.Context(), nil, nil, ann, nil); !errors.Is(err, pgclaims.ErrCall) {
		t.Errorf("no database: have %v, want ErrCall", err)
	}
	rows, err := pgclaims.Query(t.Context(), nil, ann, all)
	if !errors.Is(err, pgclaims.ErrCall) || !errors.Is(rows.Err(), pgclaims.ErrCall) || rows.Next() {
		t.Errorf("no pool: have %v, %v, want ErrCall", err, rows.Err())
	}
	if _, err := pgx.CollectRows(rows, pgx.RowTo[int64]); !errors.Is(err, pgclaims.ErrCall) {
		t.Errorf("rows of nothing: have %v, want ErrCall", err)
	}
}
