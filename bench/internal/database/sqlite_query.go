package database

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/sqlspec"
)

const ownSQLite = "account_id = ? AND created_by = ?"

// Query implements [DB]. The driver prepares a text anew each time, which programs can
// spare it: two of the ways do.
func (l *lite) Query() ([]pair.Way, error) {
	prepared, err := l.db.PrepareContext(l.ctx, selectRows+ownSQLite)
	if err != nil {
		return nil, err
	}
	l.held = append(l.held, prepared)
	ways := []pair.Way{
		l.size.way(scene.Hand, func(who world.Claims, rows []Row) ([]Row, error) {
			return l.read(rows, selectRows+ownSQLite, who.Account, who.Subject)
		}),
		l.size.way("hand-written, prepared", func(who world.Claims, rows []Row) ([]Row, error) {
			found, err := prepared.QueryContext(l.ctx, who.Account, who.Subject)
			return scanLite(found, err, rows)
		}),
		l.size.way(scene.Ours, l.ours),
		l.size.way("rolespec, appended, prepared", l.prepared()),
		l.size.way("rolespec in squirrel", l.squirrelOurs),
		l.size.way("squirrel's own And{Eq}", l.squirrel).Peer(),
		l.size.way("values in the text", l.inlined),
		l.size.way("fetch the account, filter in Go", l.account()),
	}
	return ways, warm(ways)
}

func (l *lite) read(rows []Row, text string, args ...any) ([]Row, error) {
	found, err := l.db.QueryContext(l.ctx, text, args...)
	return scanLite(found, err, rows)
}

func scanLite(found *sql.Rows, err error, rows []Row) ([]Row, error) {
	if err != nil {
		return rows, err
	}
	defer found.Close()
	for found.Next() {
		var r Row
		if err := found.Scan(&r.ID, &r.AccountID, &r.CreatedBy, &r.Amount, &r.Status); err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, found.Err()
}

func (l *lite) ours(who world.Claims, rows []Row) ([]Row, error) {
	text, args, err := statement(who, sqlspec.SQLite)
	if err != nil {
		return rows, err
	}
	return l.read(rows, text, args...)
}

// prepared keeps the statement that was prepared for a text.
func (l *lite) prepared() reader {
	var w writer
	statements := map[string]*sql.Stmt{}
	return func(who world.Claims, rows []Row) ([]Row, error) {
		text, args, err := w.statement(who, sqlspec.SQLite)
		if err != nil {
			return rows, err
		}
		s, ok := statements[string(text)]
		if !ok {
			if s, err = l.db.PrepareContext(l.ctx, string(text)); err != nil {
				return rows, err
			}
			l.held = append(l.held, s)
			statements[string(text)] = s
		}
		found, err := s.QueryContext(l.ctx, args...)
		return scanLite(found, err, rows)
	}
}

func (l *lite) squirrelOurs(who world.Claims, rows []Row) ([]Row, error) {
	visible, err := policy.Verify(who, world.Endpoint, world.Method)
	if err != nil {
		return rows, err
	}
	text, args, err := sq.Select(columns).From(invoices.From()).Where(invoices.Where(visible, sqlspec.SQLite)).ToSql()
	if err != nil {
		return rows, err
	}
	return l.read(rows, text, args...)
}

func (l *lite) squirrel(who world.Claims, rows []Row) ([]Row, error) {
	text, args, err := sq.Select(columns).From(table).
		Where(sq.And{sq.Eq{"account_id": who.Account}, sq.Eq{"created_by": who.Subject}}).ToSql()
	if err != nil {
		return rows, err
	}
	return l.read(rows, text, args...)
}

func (l *lite) inlined(who world.Claims, rows []Row) ([]Row, error) {
	return l.read(rows, selectRows+"account_id = "+literal(who.Account)+" AND created_by = "+literal(who.Subject))
}

func (l *lite) account() reader {
	var all []Row
	return func(who world.Claims, rows []Row) (_ []Row, err error) {
		if all, err = l.read(all[:0], selectRows+"account_id = ?", who.Account); err != nil {
			return rows, err
		}
		return filtered(all, who, rows), nil
	}
}
