package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/sqlspec"
)

//go:embed migrations
var migrations embed.FS

// errNotFound is for a row that is not there and for one that the caller may not know of.
var errNotFound = web.ErrNotFound

// errChanged is for a caller who was somebody else when the request began: a role that
// was taken meanwhile permits nothing any more.
var errChanged = errors.New("the caller has changed since the request began")

// store is the database, with the statements of this service.
type store struct{ db *database.DB }

// openStore brings the tables up to date, puts in the roles, and checks that SQL will find
// the rows that memory would.
func openStore(ctx context.Context, db *database.DB) (*store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, files); err != nil {
		return nil, err
	}
	s := &store{db}
	if err := s.seedRoles(ctx); err != nil {
		return nil, err
	}
	for _, checked := range []struct {
		table  *sqlspec.Table
		fields []string
	}{{userTable, []string{"id", "account_id", "user_role.role.name"}}, {accountTable, []string{"id"}}} {
		findings, err := checked.table.Check(ctx, db, db.Dialect, checked.fields...)
		if err == nil {
			err = sqlspec.Problems(findings)
		}
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// write runs a transaction on behalf of a caller, if the caller is still who the request
// was decided for.
func (s *store) write(ctx context.Context, c Caller, f func(tx *sql.Tx) error) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		login, err := loginOf(ctx, s.db, tx, c.Sub)
		switch {
		case errors.Is(err, errNotFound):
			return errChanged
		case err != nil:
			return err
		case !login.welcome() || !login.caller().is(c):
			return errChanged
		}
		return f(tx)
	})
}

// missing says errNotFound for a row that is not there.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errNotFound
	}
	return err
}
