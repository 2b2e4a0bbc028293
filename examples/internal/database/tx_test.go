package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/sqlspec"
)

// age reads the age of a person in a transaction.
func age(tx *sql.Tx, id int) (n int, err error) {
	err = tx.QueryRow(fmt.Sprintf("SELECT age FROM people WHERE id = %d", id)).Scan(&n)
	return n, err
}

func setAge(db *database.DB, tx *sql.Tx, id, to int) error {
	return database.ExecOne(context.Background(), tx, db.SQL.Update("people").Set("age", to).Where("id = ?", id))
}

// What is read and then written loses nothing of what others do, on one pool or several.
func TestNoUpdateIsLost(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		must(t, add(db, 1, "ann", 0))
		pools := []*database.DB{db, open(t, dsn)}
		const writers, each = 4, 8
		var runs atomic.Int64
		var running sync.WaitGroup
		for i := range writers {
			db := pools[i%len(pools)]
			running.Go(func() {
				for range each {
					for { // a client that asks again
						err := db.InTx(t.Context(), func(tx *sql.Tx) error {
							runs.Add(1)
							n, err := age(tx, 1)
							if err != nil {
								return err
							}
							time.Sleep(time.Millisecond) // for others to come between
							return setAge(db, tx, 1, n+1)
						})
						if err == nil {
							break
						}
						if !database.IsRetryable(err) {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		running.Wait()
		must(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			if n, err := age(tx, 1); err != nil || n != writers*each {
				t.Errorf("%d of %d updates, %v", n, writers*each, err)
			}
			return nil
		}))
		if n := runs.Load(); db.Dialect == sqlspec.SQLite && n != writers*each {
			t.Errorf("%d runs: who writes has not waited for the lock", n)
		}
	})
}

// Two who each make sure that the other stays do not both leave: what a decision was made
// by still holds when it is stored.
func TestDecisionsHold(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		for round := range 5 {
			for id, name := range map[int]string{1: "ann", 2: "bob"} {
				if round == 0 {
					must(t, add(db, id, name, 0))
				}
			}
			must(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
				return errors.Join(setAge(db, tx, 1, 1), setAge(db, tx, 2, 1))
			}))
			var running sync.WaitGroup
			for _, c := range [][2]int{{1, 2}, {2, 1}} {
				running.Go(func() {
					err := db.InTx(t.Context(), func(tx *sql.Tx) error {
						other, err := age(tx, c[1])
						if err != nil || other == 0 {
							return err
						}
						time.Sleep(5 * time.Millisecond)
						return setAge(db, tx, c[0], 0)
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			running.Wait()
			n, err := database.One(t.Context(), db, db.SQL.Select("sum(age)").From("people"), database.Value[int])
			if err != nil || n != 1 {
				t.Fatalf("%d are left, %v", n, err)
			}
		}
	})
}

func TestErrorUndoes(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		stop := errors.New("stop")
		err := db.InTx(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.Exec("INSERT INTO people VALUES (1, 'ann', 1)")
			return errors.Join(err, stop)
		})
		if !errors.Is(err, stop) || count(t, db, "people") != 0 {
			t.Errorf("%v, %d", err, count(t, db, "people"))
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is gone")
				}
			}()
			_ = db.InTx(t.Context(), func(tx *sql.Tx) error {
				_, _ = tx.Exec("INSERT INTO people VALUES (1, 'ann', 1)")
				panic("stop")
			})
		}()
		// The turn is given back, and nothing holds a lock.
		must(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.Exec("INSERT INTO people VALUES (2, 'bob', 1)")
			return err
		}))
		if n := count(t, db, "people"); n != 1 {
			t.Errorf("%d people", n)
		}
	})
}

// Waiting for the turn of a writer heeds the context.
func TestWaitingHeedsTheContext(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		must(t, add(db, 1, "ann", 1))
		must(t, db.InTx(t.Context(), func(tx *sql.Tx) error {
			if err := setAge(db, tx, 1, 2); err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			begin := time.Now()
			err := db.InTx(ctx, func(tx *sql.Tx) error {
				return database.ExecOne(ctx, tx, db.SQL.Update("people").Set("age", 3).Where("id = 1"))
			})
			if err == nil || time.Since(begin) > 3*time.Second {
				t.Errorf("%v after %v", err, time.Since(begin))
			}
			return nil
		}))
	})
}

// What is in the way every time is given up, and says why.
func TestAttemptsEnd(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		must(t, add(db, 1, "ann", 1))
		runs := 0
		var conflict error
		err := db.InTx(t.Context(), func(tx *sql.Tx) error {
			runs++
			if conflict == nil {
				conflict = conflictOf(t, dsn)
			}
			return conflict
		})
		if runs < 2 || !database.IsRetryable(err) || !errors.Is(err, conflict) {
			t.Errorf("%d runs, %v", runs, err)
		}
	})
}

// conflictOf makes two transactions meet and returns the error of the one that loses.
func conflictOf(t *testing.T, dsn string) error {
	t.Helper()
	fresh := engineOf(t, dsn)
	a, err := fresh.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: fresh.Dialect.String() == "sqlite"})
	must(t, err)
	defer a.Rollback()
	if fresh.Dialect.String() == "postgres" {
		_, err = a.Exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
		must(t, err)
	}
	_, err = age(a, 1)
	must(t, err)
	_, err = fresh.Exec("UPDATE people SET age = 7 WHERE id = 1")
	must(t, err)
	_, err = a.Exec("UPDATE people SET age = 8 WHERE id = 1") // of a row that has changed since
	if !database.IsRetryable(err) {
		t.Fatalf("no conflict: %v", err)
	}
	return err
}

// engineOf is another database of the kind of a DSN, with one person.
func engineOf(t *testing.T, dsn string) *database.DB {
	t.Helper()
	other := "" // on SQLite a file of its own: the one of dsn is being written
	if db := open(t, dsn); db.Dialect.String() == "postgres" {
		other = dsn
	}
	db := open(t, other)
	if other == "" {
		must(t, db.Migrate(t.Context(), migrations))
		must(t, add(db, 1, "ann", 1))
	}
	return db
}
