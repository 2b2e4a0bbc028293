package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/sqlspec"
)

// A lite is a database file of SQLite.
type lite struct {
	ctx  context.Context
	size Size
	db   *sql.DB
	held []*sql.Stmt // prepared by ways
}

// liteSettings leave nothing for the disk to slow down: the whole table has room in the
// cache of the connection.
var liteSettings = url.Values{"_pragma": {"journal_mode(OFF)", "synchronous(OFF)", "cache_size(-1000000)"}}

// OpenSQLite makes a database in the directory, with a table of so many rows, which
// takes some five seconds for a million. The context is that of all its queries.
func OpenSQLite(ctx context.Context, dir string, n Size) (DB, error) {
	db, err := sql.Open("sqlite", filepath.Join(dir, "invoices.db")+"?"+liteSettings.Encode())
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	db.SetMaxOpenConns(1) // the cache is the connection's
	l := &lite{ctx: ctx, db: db}
	err = l.exec(`CREATE TABLE invoices (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, created_by TEXT NOT NULL,
		amount REAL NOT NULL, status TEXT NOT NULL) STRICT`)
	if err == nil {
		err = l.Grow(n)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (l *lite) Name() string { return "SQLite" }
func (l *lite) Size() Size   { return l.size }

// Grow implements [DB].
func (l *lite) Grow(n Size) error {
	if err := n.check(l.size); err != nil {
		return err
	}
	l.finish()
	err := l.exec(
		"DROP INDEX IF EXISTS "+index,
		fmt.Sprintf(`WITH RECURSIVE ids(id) AS (SELECT %d UNION ALL SELECT id + 1 FROM ids WHERE id + 1 < %d)
			INSERT INTO invoices SELECT %s FROM ids`, l.size, n, made),
		"CREATE INDEX "+index+" ON invoices (account_id, created_by)",
		"ANALYZE",
	)
	if err == nil {
		l.size = n
	}
	return err
}

func (l *lite) exec(statements ...string) error {
	for _, s := range statements {
		if _, err := l.db.ExecContext(l.ctx, s); err != nil {
			return fmt.Errorf("database: %w", err)
		}
	}
	return nil
}

// finish closes the statements of the ways.
func (l *lite) finish() {
	for _, s := range l.held {
		s.Close() // which says nothing that the database does not
	}
	l.held = nil
}

func (l *lite) Close() error {
	l.finish()
	return l.db.Close()
}

// Plans implements [DB].
func (l *lite) Plans(ctx context.Context) ([]Plan, error) {
	who := callerAt(0)
	text, args, err := statement(who, sqlspec.SQLite)
	if err != nil {
		return nil, err
	}
	hand, err := l.plan(ctx, selectRows+ownSQLite, who.Account, who.Subject)
	if err != nil {
		return nil, err
	}
	ours, err := l.plan(ctx, text, args...)
	return []Plan{{scene.Hand, "", hand}, {scene.Ours, "", ours}}, err
}

func (l *lite) plan(ctx context.Context, text string, args ...any) (string, error) {
	rows, err := l.db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		return "", fmt.Errorf("database: the plan of %q: %w", text, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return "", err
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, "; "), rows.Err()
}
