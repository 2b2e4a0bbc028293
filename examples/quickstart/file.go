package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// isFile reports whether there is a file. One that cannot be is an error.
func isFile(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return false, fmt.Errorf("%s is a folder, not a database", path)
	case !errors.Is(err, fs.ErrNotExist):
		return err == nil, err
	}
	if folder := filepath.Dir(path); !isFolder(folder) {
		return false, fmt.Errorf("there is no folder %s", folder)
	}
	return false, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// openFile opens a database by a URI, in which no character of the path means
// anything.
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

// explain says what a driver's error means for the file.
func explain(path string, err error) error {
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return fmt.Errorf("%s: %w", path, err)
	}
	switch failed.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s is not a SQLite database, or it is encrypted", path)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%s is damaged: %w", path, err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%s cannot be opened: is it readable, and its folder writable?", path)
	}
	return fmt.Errorf("%s: %w", path, err)
}
