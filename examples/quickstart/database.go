package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// The marks of a database that this program made: nothing else is written to.
const (
	applicationID = 0x726f6c73
	version       = 1
)

// openTasks opens the database of tasks, and makes it if there is no file.
func openTasks(ctx context.Context, path string, rows int, bar *progress) (db *sql.DB, made bool, err error) {
	there, err := isFile(path)
	if err != nil {
		return nil, false, err
	}
	if !there {
		err = makeTasks(ctx, path, rows, bar)
	} else {
		err = checkMarks(ctx, path)
	}
	if err != nil {
		return nil, false, err
	}
	db, err = openFile(path, "mode=rw&_txlock=immediate")
	return db, !there, err
}

// makeTasks fills a file beside the path and moves it there when it is whole, so
// that an interrupted run leaves nothing behind that looks like a database.
func makeTasks(ctx context.Context, path string, rows int, bar *progress) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".quickstart-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already where all went well
	if err := f.Close(); err != nil {
		return err
	}
	db, err := openFile(f.Name(), "mode=rw&_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := seed(ctx, tx, rows, bar); err != nil {
		return err
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return err
	}
	if err := errors.Join(tx.Commit(), db.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// checkMarks reports whether this program made the database. It opens it for
// reading alone: merely to open a database can be to write to it, where another
// program left it in the middle of something.
func checkMarks(ctx context.Context, path string) error {
	db, err := openFile(path, "mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	var id, v int
	const marks = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
	if err := db.QueryRowContext(ctx, marks).Scan(&id, &v); err != nil {
		return explain(path, err)
	}
	switch {
	case id != applicationID:
		tables, err := listTables(ctx, db)
		if err != nil {
			return explain(path, err)
		}
		return usagef("%s is not a database of this program, so it is left alone.\nTo try a table of it, name one with -table; it has %s", path, tables)
	case v != version:
		return fmt.Errorf("%s is from another version of this program: remove it, or choose another file with -db", path)
	}
	return nil
}
