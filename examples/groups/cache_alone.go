package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/sqlspec"
)

// aloneLock is the advisory lock of PostgreSQL that processes of this service hold: one
// alone, if it keeps answers in memory, else all of them together.
const aloneLock = 0x67726f757073

var errNotAlone = errors.New("another process serves this database, and one that keeps answers in memory has to be alone: " +
	"give all of them a redis://, or off")

// hold takes the lock for as long as the service runs. A process that was killed a moment
// ago may still hold it, so that is waited for. A file of SQLite has no such lock: that it
// is served by one process is for whoever starts it.
func hold(ctx context.Context, env *service.Env, alone bool) (*sql.Conn, error) {
	if env.DB.Dialect != sqlspec.Postgres {
		return nil, nil
	}
	conn, err := env.DB.Conn(ctx)
	if err != nil {
		return nil, err
	}
	env.OnClose(conn.Close)
	query := "SELECT pg_try_advisory_lock_shared($1)"
	if alone {
		query = "SELECT pg_try_advisory_lock($1)"
	}
	for end := time.Now().Add(3 * time.Second); ; {
		var held bool
		if err := conn.QueryRowContext(ctx, query, int64(aloneLock)).Scan(&held); err != nil || held {
			return conn, err
		}
		if time.Now().After(end) {
			return nil, errNotAlone
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// watch empties the cache for good once the connection with the lock is lost: somebody
// else may hold it from then on.
func (m *memory) watch(ctx context.Context, conn *sql.Conn, env *service.Env) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		within, cancel := context.WithTimeout(ctx, time.Second)
		_, err := conn.ExecContext(within, "SELECT 1")
		cancel()
		if err != nil && ctx.Err() == nil {
			m.off.Store(true)
			env.Log.ErrorContext(ctx, "answers are not kept any more: the lock on the database is lost", "err", err)
			return
		}
	}
}
