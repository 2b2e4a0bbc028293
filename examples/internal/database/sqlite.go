package database

import (
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/sqlspec"
)

// sqliteSettings hold for every connection. Readers do not wait for the writer (WAL), a
// transaction that writes takes its lock as it begins, and text in double quotes is never
// taken for a value.
var sqliteSettings = url.Values{
	"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)"},
	"_txlock": {"immediate"},
	"_dqs":    {"0"},
}

// openFile opens a file by a URI, in which no character of the path means anything.
func openFile(path string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	uri := url.URL{Scheme: "file", Path: slashed, RawQuery: sqliteSettings.Encode()}
	pool, err := sql.Open("sqlite", uri.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(8)
	pool.SetMaxIdleConns(8)
	return &DB{
		DB:      pool,
		Dialect: sqlspec.SQLite,
		SQL:     sq.StatementBuilder.PlaceholderFormat(sq.Question),
		turn:    make(chan struct{}, 1),
	}, nil
}

// openTemporary opens a file of its own. In memory each connection would have a database
// of its own, or they would lock each other out.
func openTemporary() (*DB, error) {
	folder, err := os.MkdirTemp("", "rolespec-*")
	if err != nil {
		return nil, err
	}
	remove := func() error { return os.RemoveAll(folder) }
	db, err := openFile(filepath.Join(folder, "service.db"))
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	db.remove = remove
	return db, nil
}
