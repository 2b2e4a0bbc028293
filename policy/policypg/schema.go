package policypg

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// DB is a *pgxpool.Pool, a *pgx.Conn or a pgx.Tx.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

//go:embed schema.sql
var schema string

// channel is what notices come through, as in schema.sql.
const channel = "rolespec_policy"

// Schema returns the statements that make the table, its history and its triggers,
// for PostgreSQL 14 and later. Running them again changes nothing. Of the options
// it is [Table] that matters.
func Schema(opts ...Option) (string, error) {
	s, err := settingsOf(opts)
	if err != nil {
		return "", err
	}
	return strings.NewReplacer(
		"{table}", s.quoted(""),
		"{history}", s.quoted("_history"),
		"{revision}", s.quoted("_revision"),
		"{stamp}", s.quoted("_stamp"),
		"{keep}", s.quoted("_keep"),
		"{notify}", s.quoted("_notify"),
	).Replace(schema), nil
}

// Migrate runs [Schema] in a transaction. Any number of services may do so as they
// start, at the same time; the user has to be the owner of the table.
func Migrate(ctx context.Context, db DB, opts ...Option) error {
	if _, err := settingsFor(db, opts); err != nil {
		return err
	}
	statements, err := Schema(opts...)
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		// Two that make the same table at the same time fail, IF NOT EXISTS or not.
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended('rolespec_policy', 0))"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, statements)
		return err
	})
	if err != nil {
		return fmt.Errorf("policypg: migrating: %w", err)
	}
	return nil
}
