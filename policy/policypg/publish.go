package policypg

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/policy"
)

// Publish puts a policy in force under a name and returns its revision. Revisions
// grow, though not by one. A text that [policy.Parse] or a [Check] refuses is not
// published, and the error wraps theirs: what is in the table should be a policy
// that services take. With [After] it fails with [ErrConflict] where somebody else
// was faster.
//
// In a transaction of the caller's it comes into force when that is committed.
func Publish(ctx context.Context, db DB, name string, text []byte, opts ...Option) (int64, error) {
	s, err := settingsFor(db, opts)
	if err != nil {
		return 0, err
	}
	if err := s.accept(name, text); err != nil {
		return 0, fmt.Errorf("policypg: %s is not published: %w", name, err)
	}
	statement, args := s.publishing(name, text)
	var revision int64
	err = db.QueryRow(ctx, statement, args...).Scan(&revision)
	switch {
	case errors.Is(err, pgx.ErrNoRows) || isSerialization(err):
		return 0, fmt.Errorf("%w: %s", ErrConflict, name)
	case err != nil:
		return 0, fmt.Errorf("policypg: publishing %s: %w", name, err)
	}
	return revision, nil
}

// accept returns why a text must not be published.
func (s settings) accept(name string, text []byte) error {
	p, err := policy.Parse(name, text)
	if err != nil {
		return err
	}
	for _, check := range s.checks {
		if err := check(p); err != nil {
			return err
		}
	}
	return nil
}

// publishing returns the statement that publishes, and returns no row where there
// is a conflict.
func (s settings) publishing(name string, text []byte) (string, []any) {
	table := s.quoted("")
	insert := "INSERT INTO " + table + " (name, body) VALUES ($1::text, $2::bytea) ON CONFLICT (name) "
	switch {
	case s.after == nil:
		return insert + "DO UPDATE SET body = EXCLUDED.body RETURNING revision", []any{name, text}
	case *s.after == 0:
		return insert + "DO NOTHING RETURNING revision", []any{name, text}
	default:
		return "UPDATE " + table + " SET body = $2::bytea WHERE name = $1::text AND revision = $3::bigint RETURNING revision",
			[]any{name, text, *s.after}
	}
}

// isSerialization reports whether a transaction that is isolated from others met
// one of them.
func isSerialization(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == "40001"
}
