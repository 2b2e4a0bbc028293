package policypg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/policy"
)

// Revision is a policy that was published, whatever wrote it.
type Revision struct {
	Number      int64
	Version     string    // as [policy.Policy.Version]
	PublishedAt time.Time // by the clock of the server
	PublishedBy string    // the user of PostgreSQL
}

// History returns what was published under a name, the newest first: the first one
// is in force unless the row was deleted. There is none for a name that never was.
func History(ctx context.Context, db DB, name string, opts ...Option) ([]Revision, error) {
	s, err := settingsFor(db, opts)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(ctx, `SELECT revision, version, published_at, published_by
		FROM `+s.quoted("_history")+` WHERE name = $1::text ORDER BY revision DESC`, name)
	if err != nil {
		return nil, fmt.Errorf("policypg: history of %s: %w", name, err)
	}
	history, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Revision])
	if err != nil {
		return nil, fmt.Errorf("policypg: history of %s: %w", name, err)
	}
	return history, nil
}

// Text returns the text of a revision, or [ErrNotFound].
func Text(ctx context.Context, db DB, name string, revision int64, opts ...Option) (policy.Text, error) {
	s, err := settingsFor(db, opts)
	if err != nil {
		return policy.Text{}, err
	}
	text := policy.Text{Name: s.label(name, revision)}
	err = db.QueryRow(ctx, `SELECT body, revision::text || '-' || version
		FROM `+s.quoted("_history")+` WHERE name = $1::text AND revision = $2::bigint`, name, revision,
	).Scan(&text.Data, &text.Tag)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return policy.Text{}, fmt.Errorf("%w: %s", ErrNotFound, text.Name)
	case err != nil:
		return policy.Text{}, fmt.Errorf("policypg: reading %s: %w", text.Name, err)
	}
	return text, nil
}

// Rollback publishes the text of an earlier revision again, as [Publish] would, and
// returns its new revision.
func Rollback(ctx context.Context, db DB, name string, revision int64, opts ...Option) (int64, error) {
	text, err := Text(ctx, db, name, revision, opts...)
	if err != nil {
		return 0, err
	}
	return Publish(ctx, db, name, text.Data, opts...)
}
