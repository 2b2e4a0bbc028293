package policypg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// silence is how long nothing may come before the connection is tried: a network
	// that drops packets does not say so.
	silence = 30 * time.Second
	// patience is how long the server may take to answer.
	patience = 10 * time.Second
)

// Notify implements [policy.Notifier], on a connection of its own.
func (s *source) Notify(ctx context.Context, changed func()) error {
	if s.err != nil {
		return s.err
	}
	conn, err := dial(ctx, s.listener.Config())
	if err != nil {
		return fmt.Errorf("policypg: listening: %w", err)
	}
	defer hangUp(ctx, conn)
	if err := listen(ctx, conn); err != nil {
		return fmt.Errorf("policypg: listening: %w", err)
	}
	changed() // it may have while nobody listened
	for {
		payload, err := next(ctx, conn)
		switch {
		case err != nil:
			return fmt.Errorf("policypg: listening: %w", err)
		case payload == s.name, payload == "":
			changed()
		}
	}
}

// dial makes a connection as the pool would, without waiting for one to be free
// nor being given one that was lost.
func dial(ctx context.Context, pool *pgxpool.Config) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	pool.ConnConfig.OnNotification = nil // it would get what is waited for
	if pool.BeforeConnect != nil {
		if err := pool.BeforeConnect(ctx, pool.ConnConfig); err != nil {
			return nil, err
		}
	}
	conn, err := pgx.ConnectConfig(ctx, pool.ConnConfig)
	if err != nil || pool.AfterConnect == nil {
		return conn, err
	}
	if err := pool.AfterConnect(ctx, conn); err != nil {
		hangUp(ctx, conn)
		return nil, err
	}
	return conn, nil
}

func listen(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := conn.Exec(ctx, "LISTEN "+channel)
	return err
}

// next waits for a notice as long as the server is there.
func next(ctx context.Context, conn *pgx.Conn) (string, error) {
	for {
		waiting, cancel := context.WithTimeout(ctx, silence)
		notice, err := conn.WaitForNotification(waiting)
		cancel()
		switch {
		case err == nil:
			return notice.Payload, nil
		case ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded):
			return "", err
		}
		if err := ping(ctx, conn); err != nil {
			return "", err
		}
	}
}

func ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return conn.Ping(ctx)
}

// hangUp closes a connection, politely if that does not take long. The context may
// have ended.
func hangUp(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // nothing is lost with it
}
