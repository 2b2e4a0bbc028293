package policypg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/policy"
)

// Source returns the policy of that name as a source for [policy.Watch]. Its tag is
// the revision and the version. What is wrong with the options is said when it is
// read.
//
// An answer never goes back behind an earlier one of the same source. A standby may
// lag: where it answers with a lower revision that was not published later, the
// newer text stands. The primary is always believed: a lower revision there means
// that the table was made anew or restored from a backup, and who did that meant it.
func Source(pool *pgxpool.Pool, name string, opts ...Option) policy.Notifier {
	s, err := settingsOf(opts)
	if err == nil && pool == nil {
		err = fmt.Errorf("%w: the pool is nil", ErrOption)
	}
	if s.listener == nil {
		s.listener = pool
	}
	return &source{settings: s, err: err, pool: pool, name: name, turn: make(chan struct{}, 1)}
}

type source struct {
	settings
	err  error // what is wrong with the options
	pool *pgxpool.Pool
	name string

	turn   chan struct{} // has room for the one that reads
	newest answer        // the newest that was read
}

// answer is what the table says.
type answer struct {
	text      policy.Text // no Data where it is the text that was asked with
	revision  int64
	published time.Time
	standby   bool
}

// Read implements [policy.Source]. One goroutine at a time asks: of two answers
// that overtake each other nobody knows which is newer.
func (s *source) Read(ctx context.Context, tag string) (policy.Text, error) {
	if s.err != nil {
		return policy.Text{}, s.err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return policy.Text{}, ctx.Err()
	}
	next, err := s.ask(ctx, s.newest.text.Tag)
	if err != nil {
		return policy.Text{}, err
	}
	if next.text.Tag != s.newest.text.Tag && !next.lagsBehind(s.newest) {
		s.newest = next
	}
	if s.newest.text.Tag == tag {
		return policy.Text{}, policy.ErrUnchanged
	}
	text := s.newest.text
	text.Data = bytes.Clone(text.Data)
	return text, nil
}

func (a answer) lagsBehind(newest answer) bool {
	return a.standby && a.revision < newest.revision && !a.published.After(newest.published)
}

// ask asks the table for what is not the text of a tag, on a connection that is
// alive: after the server was away, none that the pool has may be.
func (s *source) ask(ctx context.Context, tag string) (answer, error) {
	for dead := s.pool.Stat().TotalConns(); ; dead-- {
		conn, err := s.pool.Acquire(ctx)
		if err != nil {
			return answer{}, fmt.Errorf("policypg: reading %s: %w", s.name, err)
		}
		a, err := s.askOn(ctx, conn, tag)
		lost := conn.Conn().IsClosed()
		conn.Release()
		if err == nil || !lost || dead <= 0 || ctx.Err() != nil {
			return a, err
		}
	}
}

func (s *source) askOn(ctx context.Context, conn *pgxpool.Conn, tag string) (answer, error) {
	var a answer
	var tooLong bool
	err := conn.QueryRow(ctx, `
		SELECT revision, published_at, pg_is_in_recovery(), revision::text || '-' || version, octet_length(body) > $3::int,
			CASE WHEN revision::text || '-' || version <> $2::text AND octet_length(body) <= $3::int THEN body END
		FROM `+s.quoted("")+` WHERE name = $1::text`, s.name, tag, policy.MaxSize,
	).Scan(&a.revision, &a.published, &a.standby, &a.text.Tag, &tooLong, &a.text.Data)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return answer{}, fmt.Errorf("%w: %s", ErrNotFound, s.name)
	case err != nil:
		return answer{}, fmt.Errorf("policypg: reading %s: %w", s.name, err)
	}
	a.text.Name = s.label(s.name, a.revision)
	if tooLong {
		return answer{}, fmt.Errorf("%s: %w", a.text.Name, policy.ErrTooLarge)
	}
	return a, nil
}
