package policypg_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/policy/policypg"
)

// listening calls Notify and returns the count of its notices, once the first has
// come, and what makes it return its error.
func listening(t *testing.T, source interface {
	Notify(context.Context, func()) error
}) (*atomic.Int32, func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	var notices atomic.Int32
	ended := make(chan error, 1)
	go func() { ended <- source.Notify(ctx, func() { notices.Add(1) }) }()
	until(t, soon, "listening", func() bool { return notices.Load() > 0 })
	return &notices, func() error {
		cancel()
		return <-ended
	}
}

// A policy that shares the table with others is not read whenever they change.
func TestNoticesOfOneName(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	notices, end := listening(t, policypg.Source(pool, name))
	for range 5 {
		if _, err := policypg.Publish(t.Context(), pool, "other", text(1)); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, pool, 1) // notices come in the order of the commits
	until(t, soon, "a notice", func() bool { return notices.Load() > 1 })
	if err := end(); !errors.Is(err, context.Canceled) {
		t.Errorf("have %v, want that the context has ended", err)
	}
	if have := notices.Load(); have != 2 {
		t.Errorf("have %d notices, want 2: as it begins and of the name", have)
	}
}

var errRefused = errors.New("refused")

// The connection for notices is made as the pool makes them: with its password of
// the hour, in its role.
func TestListenOn(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	publish(t, pool, 1)
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.ConnConfig.OnNotification = func(*pgconn.PgConn, *pgconn.Notification) { t.Error("a notice that is the source's") }
	other, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	source := policypg.Source(pool, name, policypg.ListenOn(other))
	notices, end := listening(t, source)
	publish(t, pool, 2)
	until(t, soon, "a notice", func() bool { return notices.Load() > 1 })
	_ = end()
	var used int
	config = other.Config()
	config.BeforeConnect = func(context.Context, *pgx.ConnConfig) error { used++; return nil }
	config.AfterConnect = func(context.Context, *pgx.Conn) error { used++; return errRefused }
	refusing, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer refusing.Close()
	source = policypg.Source(pool, name, policypg.ListenOn(refusing))
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	if err := source.Notify(ctx, func() { t.Error("a notice") }); !errors.Is(err, errRefused) || used != 2 {
		t.Errorf("have %v, want what the pool says of its new connection", err)
	}
	read(t, source, "") // on the other pool
}
