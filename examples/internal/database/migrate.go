package database

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/rolespec/rolespec/sqlspec"
)

// Migrate brings the database to the newest version of its migrations, goose's, in the
// directory "sqlite" or "postgres" of the file system. Each runs once, whole or not at
// all, however many services start at once; a database that is newer than the program is
// an error.
//
// On SQLite, where goose has no lock, that each runs once is up to the migrations: one
// that finds what it makes must fail. They make tables without IF NOT EXISTS.
func (db *DB) Migrate(ctx context.Context, migrations fs.FS) error {
	if err := db.migrate(ctx, migrations); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

func (db *DB) migrate(ctx context.Context, migrations fs.FS) error {
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect, folder := goose.DialectSQLite3, "sqlite"
	if db.Dialect == sqlspec.Postgres {
		dialect, folder = goose.DialectPostgres, "postgres"
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60)) // seconds, tries
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	own, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, db.DB, own, options...)
	if err != nil {
		return err
	}
	if err := db.up(ctx, p); err != nil {
		return err
	}
	stored, known, err := p.GetVersions(ctx)
	if err == nil && stored > known {
		err = fmt.Errorf("the database has version %d, newer than %d of the program", stored, known)
	}
	return err
}

// up runs what is missing. On SQLite who comes second fails where the first has been, and
// tries again; at the latest behind the last migration there is nothing to fail at.
func (db *DB) up(ctx context.Context, p *goose.Provider) error {
	_, err := p.Up(ctx)
	if db.Dialect != sqlspec.SQLite {
		return err
	}
	for range len(p.ListSources()) + 1 { // one more for the table of versions
		if err == nil || ctx.Err() != nil {
			break
		}
		_, err = p.Up(ctx)
	}
	return err
}
