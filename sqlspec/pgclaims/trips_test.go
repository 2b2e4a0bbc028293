package pgclaims_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// trips counts how often something is written after something was read.
type trips struct {
	net.Conn
	read  atomic.Bool
	count *atomic.Int64
}

func (c *trips) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.read.Store(true)
	}
	return n, err
}

func (c *trips) Write(b []byte) (int, error) {
	if c.read.Swap(false) {
		c.count.Add(1)
	}
	return c.Conn.Write(b)
}

// What the documentation says of round trips is so.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var count atomic.Int64
	pool := s.pool(t, func(c *pgxpool.Config) {
		dial := c.ConnConfig.DialFunc
		c.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(ctx, network, address)
			return &trips{Conn: conn, count: &count}, err
		}
		c.PingTimeout = 0
	})
	tx := func(tx pgx.Tx) error {
		ids(t, tx)
		return nil
	}
	for _, c := range []struct {
		name string
		want int64
		f    func() error
	}{
		{"no claims", 3, func() error { return pgx.BeginFunc(t.Context(), pool, tx) }},
		{"Run", 3, func() error { return pgclaims.Run(t.Context(), pool, ann, tx) }},
		{"Query", 1, func() error { query(t, pool, ann); return nil }},
	} {
		if err := c.f(); err != nil { // prepares the statements
			t.Fatal(err)
		}
		count.Store(0)
		if err := c.f(); err != nil {
			t.Fatal(err)
		}
		if have := count.Load(); have != c.want {
			t.Errorf("%s: have %d round trips, want %d", c.name, have, c.want)
		}
	}
}
