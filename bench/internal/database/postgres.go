package database

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A postgres is a database of a PostgreSQL server.
type postgres struct {
	ctx   context.Context
	size  Size
	url   string
	admin *pgxpool.Pool
	pools []*pgxpool.Pool // of the ways
	role  string          // for whom there is row security; "" where it cannot be measured
}

// OpenPostgres fills an empty database with a table of so many rows, which takes some
// ten seconds for a million. The context is that of all its queries.
//
// Row security is measured where the user is a superuser: it may make roles, and the
// policy does not hold for its own statements.
func OpenPostgres(ctx context.Context, url string, n Size) (DB, error) {
	p := &postgres{ctx: ctx, url: url}
	err := p.create()
	if err == nil {
		err = p.Grow(n)
	}
	if err == nil {
		err = p.secure()
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

func (p *postgres) Name() string { return "PostgreSQL" }
func (p *postgres) Size() Size   { return p.size }

func (p *postgres) create() (err error) {
	if p.admin, err = p.pool(""); err != nil {
		return err
	}
	return p.exec(`CREATE TABLE invoices (id bigint PRIMARY KEY, account_id text NOT NULL, created_by text NOT NULL,
		amount double precision NOT NULL, status text NOT NULL)`)
}

// Grow implements [DB].
func (p *postgres) Grow(n Size) error {
	if err := n.check(p.size); err != nil {
		return err
	}
	p.disconnect()
	err := p.exec(
		"DROP INDEX IF EXISTS "+index,
		fmt.Sprintf("INSERT INTO invoices SELECT %s FROM generate_series(%d::bigint, %d) id", made, p.size, n-1),
		"CREATE INDEX "+index+" ON invoices (account_id, created_by)",
		"VACUUM (ANALYZE, FREEZE) invoices",
	)
	if err == nil {
		p.size = n
	}
	return err
}

// secure puts the policy onto the table, and makes the role that it is for.
func (p *postgres) secure() error {
	var super bool
	const whether = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
	if err := p.admin.QueryRow(p.ctx, whether).Scan(&super); err != nil || !super {
		return err
	}
	claims, err := spec.NewSchema(spec.Field{Name: "sub", Kind: spec.KindString}, spec.Field{Name: "account", Kind: spec.KindString})
	if err != nil {
		return err
	}
	script, err := invoices.RowSecurity(claims, sqlspec.Policy{
		Name: "own", Command: sqlspec.ForSelect, To: []string{sqlspec.Public}, Using: world.OwnInvoices(),
	})
	if err != nil {
		return err
	}
	role := "rolespec_bench_" + strings.ToLower(rand.Text())
	if err := p.exec(script, "CREATE ROLE "+role); err != nil {
		return err
	}
	p.role = role
	return p.exec("GRANT SELECT ON invoices TO " + role)
}

func (p *postgres) exec(statements ...string) error {
	for _, s := range statements {
		if _, err := p.admin.Exec(p.ctx, s, pgx.QueryExecModeSimpleProtocol); err != nil {
			return fmt.Errorf("database: %w", err)
		}
	}
	return nil
}

// pool returns a pool of one connection, so that a statement that is prepared is the
// one that runs. An empty role is the user's own.
func (p *postgres) pool(role string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(p.url)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	config.MaxConns = 1
	if role != "" {
		config.ConnConfig.RuntimeParams["role"] = role
	}
	pool, err := pgxpool.NewWithConfig(p.ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	return pool, nil
}

// disconnect closes the connections of the ways.
func (p *postgres) disconnect() {
	for _, pool := range p.pools {
		pool.Close()
	}
	p.pools = nil
}

// Close closes the connections and removes what is left on the server beside the
// database.
func (p *postgres) Close() error {
	p.disconnect()
	if p.admin == nil {
		return nil
	}
	defer p.admin.Close()
	if p.role == "" {
		return nil
	}
	drop := "DROP OWNED BY " + p.role + "; DROP ROLE " + p.role
	p.role = ""
	_, err := p.admin.Exec(context.WithoutCancel(p.ctx), drop, pgx.QueryExecModeSimpleProtocol)
	return err
}
