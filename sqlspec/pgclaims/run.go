package pgclaims

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Beginner begins transactions, as [pgxpool.Pool], [pgxpool.Conn] and [pgx.Conn] do.
// A connection must not be in a transaction already: PostgreSQL has no second one in
// the first, so the two would share their claims and their end.
//
// [pgxpool.Pool]: https://pkg.go.dev/github.com/jackc/pgx/v5/pgxpool#Pool
// [pgxpool.Conn]: https://pkg.go.dev/github.com/jackc/pgx/v5/pgxpool#Conn
type Beginner interface {
	BeginTx(ctx context.Context, opts pgx.TxOptions) (pgx.Tx, error)
}

// Run runs f in a transaction that has the claims. It is committed where f returns
// nil, and else, or where f panics, rolled back. The error is that of f, or of the
// transaction; [ErrClaims] and [ErrCall] are from before it. Nil claims are an error:
// a caller without claims is not a caller.
//
// The claims are sent together with BEGIN, so they cost no round trip.
func Run(ctx context.Context, db Beginner, claims any, f func(pgx.Tx) error) error {
	return RunTx(ctx, db, pgx.TxOptions{}, claims, f)
}

// RunTx is [Run] with options for the transaction.
func RunTx(ctx context.Context, db Beginner, opts pgx.TxOptions, claims any, f func(pgx.Tx) error) error {
	if db == nil || f == nil {
		return fmt.Errorf("%w: the database or the function is nil", ErrCall)
	}
	text, err := encode(claims)
	if err != nil {
		return err
	}
	opts.BeginQuery = begin(opts) + "; " + setLiteral(text)
	return pgx.BeginTxFunc(ctx, db, opts, f)
}

// begin returns the statement that begins a transaction.
func begin(opts pgx.TxOptions) string {
	if opts.BeginQuery != "" {
		return opts.BeginQuery
	}
	modes := []string{"begin"}
	if opts.IsoLevel != "" {
		modes = append(modes, "isolation level "+string(opts.IsoLevel))
	}
	for _, mode := range []string{string(opts.AccessMode), string(opts.DeferrableMode)} {
		if mode != "" {
			modes = append(modes, mode)
		}
	}
	return strings.Join(modes, " ")
}

// set is the statement with a parameter. The last argument makes the setting end with
// the transaction. The schema is named so that no search path leads elsewhere.
const set = "select pg_catalog.set_config('" + Setting + "', $1, true)"

// setLiteral is set with the claims in it, since statements that are sent together
// take no parameters. In base64 nothing has to be quoted, whatever the settings of
// the connection are.
func setLiteral(text string) string {
	return "select pg_catalog.set_config('" + Setting + "', pg_catalog.convert_from(pg_catalog.decode('" +
		base64.StdEncoding.EncodeToString([]byte(text)) + "', 'base64'), 'UTF8'), true)"
}
