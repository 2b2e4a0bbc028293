package database

import (
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// rowSecurity is the way in which the database has the policy.
const rowSecurity = "row security, pgclaims"

const ownPostgres = "account_id = $1 AND created_by = $2"

// Query implements [DB]. Ways whose statements would push those of others out of the
// driver's cache, or that run as another role, have connections of their own; what
// that is worth is seen from the hand-written one on another.
func (p *postgres) Query() ([]pair.Way, error) {
	shared, err := p.connect("")
	if err != nil {
		return nil, err
	}
	another, err := p.connect("")
	if err != nil {
		return nil, err
	}
	literals, err := p.connect("")
	if err != nil {
		return nil, err
	}
	byHand := func(c connection) reader {
		return func(who world.Claims, rows []Row) ([]Row, error) {
			return c.read(rows, selectRows+ownPostgres, who.Account, who.Subject)
		}
	}
	ways := []pair.Way{
		p.size.way(scene.Hand, byHand(shared)),
		p.size.way("hand-written, on another connection", byHand(another)),
		p.size.way(scene.Ours, shared.ours),
		p.size.way("rolespec, appended", shared.appended()),
		p.size.way("rolespec in squirrel", shared.squirrelOurs),
		p.size.way("squirrel's own And{Eq}", shared.squirrel).Peer(),
		p.size.way("values in the text", literals.inlined),
		p.size.way("fetch the account, filter in Go", shared.account()),
	}
	if p.role != "" {
		secured, err := p.connect(p.role)
		if err != nil {
			return nil, err
		}
		ways = append(ways, p.size.way(rowSecurity, secured.secured))
	}
	return ways, warm(ways)
}

// A connection runs the statements of some of the ways.
type connection struct {
	*postgres
	pool *pgxpool.Pool
}

func (p *postgres) connect(role string) (connection, error) {
	pool, err := p.pool(role)
	if err != nil {
		return connection{}, err
	}
	p.pools = append(p.pools, pool)
	return connection{p, pool}, nil
}

func (c connection) read(rows []Row, text string, args ...any) ([]Row, error) {
	found, err := c.pool.Query(c.ctx, text, args...)
	if err != nil {
		return rows, err
	}
	return scan(found, rows)
}

func scan(found pgx.Rows, rows []Row) ([]Row, error) {
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

func (c connection) ours(who world.Claims, rows []Row) ([]Row, error) {
	text, args, err := statement(who, sqlspec.Postgres)
	if err != nil {
		return rows, err
	}
	return c.read(rows, text, args...)
}

// appended writes into what it keeps, and names the statement that it has prepared by
// its text.
func (c connection) appended() reader {
	var w writer
	texts := map[string]string{}
	return func(who world.Claims, rows []Row) ([]Row, error) {
		b, args, err := w.statement(who, sqlspec.Postgres)
		if err != nil {
			return rows, err
		}
		text, ok := texts[string(b)]
		if !ok {
			text = string(b)
			texts[text] = text
		}
		return c.read(rows, text, args...)
	}
}

func (c connection) squirrelOurs(who world.Claims, rows []Row) ([]Row, error) {
	visible, err := policy.Verify(who, world.Endpoint, world.Method)
	if err != nil {
		return rows, err
	}
	text, args, err := sq.Select(columns).From(invoices.From()).Where(invoices.Where(visible, sqlspec.Postgres)).
		PlaceholderFormat(sq.Dollar).ToSql()
	if err != nil {
		return rows, err
	}
	return c.read(rows, text, args...)
}

func (c connection) squirrel(who world.Claims, rows []Row) ([]Row, error) {
	text, args, err := sq.Select(columns).From(table).
		Where(sq.And{sq.Eq{"account_id": who.Account}, sq.Eq{"created_by": who.Subject}}).
		PlaceholderFormat(sq.Dollar).ToSql()
	if err != nil {
		return rows, err
	}
	return c.read(rows, text, args...)
}

func (c connection) inlined(who world.Claims, rows []Row) ([]Row, error) {
	return c.read(rows, selectRows+"account_id = "+literal(who.Account)+" AND created_by = "+literal(who.Subject))
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func (c connection) account() reader {
	var all []Row
	return func(who world.Claims, rows []Row) (_ []Row, err error) {
		if all, err = c.read(all[:0], selectRows+"account_id = $1", who.Account); err != nil {
			return rows, err
		}
		return filtered(all, who, rows), nil
	}
}

func filtered(all []Row, who world.Claims, rows []Row) []Row {
	for i := range all {
		if all[i].CreatedBy == who.Subject {
			rows = append(rows, all[i])
		}
	}
	return rows
}

func (c connection) secured(who world.Claims, rows []Row) ([]Row, error) {
	found, err := pgclaims.Query(c.ctx, c.pool, who, "SELECT "+columns+" FROM "+table)
	if err != nil {
		return rows, err
	}
	return scan(found, rows)
}
