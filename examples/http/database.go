package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/rolespec/rolespec/sqlspec"
)

const schema = `
CREATE TABLE IF NOT EXISTS tasks (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- the id of a deleted row is not given again
	version    INTEGER NOT NULL,
	account    TEXT NOT NULL,
	created_by TEXT NOT NULL,
	assignee   TEXT,
	title      TEXT NOT NULL,
	status     TEXT NOT NULL CHECK (status IN ('open', 'done')),
	priority   INTEGER NOT NULL,
	public     INTEGER NOT NULL CHECK (public IN (0, 1)),
	created_at INTEGER NOT NULL -- microseconds since 1970
) STRICT;
CREATE INDEX IF NOT EXISTS tasks_by_account  ON tasks (account, id);
CREATE INDEX IF NOT EXISTS tasks_by_creator  ON tasks (account, created_by);
CREATE INDEX IF NOT EXISTS tasks_by_assignee ON tasks (account, assignee);`

// store is the database of tasks. SQLite has one writer at a time: writes take turns
// here, where waiting heeds the context, and reads do not wait for them.
type store struct {
	reads, writes *sql.DB
}

// openStore opens the database, makes the table if there is none, and checks that it
// is such that SQL finds the rows that memory would.
func openStore(ctx context.Context, path string) (*store, error) {
	writes, err := openFile(path, "_txlock=immediate&_pragma=journal_mode(WAL)")
	if err != nil {
		return nil, err
	}
	writes.SetMaxOpenConns(1)
	s := &store{writes: writes}
	if s.reads, err = openFile(path, "_pragma=query_only(1)"); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.reads.SetMaxOpenConns(8)
	if _, err := writes.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.close())
	}
	findings, err := tasks.Check(ctx, s.reads, sqlspec.SQLite, "account", "created_by", "assignee")
	if err == nil {
		err = sqlspec.Problems(findings)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.close())
	}
	return s, nil
}

// openFile opens a database by a URI, in which no character of the path means anything.
func openFile(path, options string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	uri := url.URL{Scheme: "file", Path: slashed, RawQuery: options + "&_pragma=busy_timeout(10000)"}
	return sql.Open("sqlite", uri.String())
}

func (s *store) close() error {
	var err error
	if s.reads != nil {
		err = s.reads.Close()
	}
	return errors.Join(err, s.writes.Close())
}
