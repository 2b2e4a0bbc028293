package pgguard

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// unnamed is added to what is run. pgx looks first whether a statement is the name of one
// that was prepared, and no name ends like this: what the guard read is what is run. The
// last line break is for the simple protocol, where the next statement of a batch follows.
const unnamed = "\n-- guarded\n"

// statement returns a statement and its arguments as the guard lets them through.
func (db DB) statement(ctx context.Context, sql string, args []any, option func(any) bool) (string, []any, error) {
	options, rewriter, rest := split(args, option)
	if db.inner != nil && rewriter != nil {
		// Only pgx has the connection that it may ask for.
		return sql, append(append(options, rewriting{db, rewriter}), rest...), nil
	}
	if err := db.check(ctx, sql, rest); err != nil {
		return "", nil, err
	}
	return mark(sql), args, nil
}

func mark(sql string) string {
	if sql == "" {
		return "" // has no name, and is not sent as other statements are
	}
	return sql + unnamed
}

// split takes arguments apart as pgx does: options come first, and of rewriters the
// last one holds.
func split(args []any, option func(any) bool) (options []any, rewriter pgx.QueryRewriter, rest []any) {
	for i, arg := range args {
		switch r, ok := arg.(pgx.QueryRewriter); {
		case option(arg):
			options = append(options, arg)
		case ok:
			rewriter = r
		default:
			return options, rewriter, args[i:]
		}
	}
	return options, rewriter, nil
}

// The options that the methods of pgx know.

func isQueryOption(arg any) bool {
	switch arg.(type) {
	case pgx.QueryResultFormats, pgx.QueryResultFormatsByOID:
		return true
	}
	return isMode(arg)
}

func isMode(arg any) bool {
	_, ok := arg.(pgx.QueryExecMode)
	return ok
}

func noOption(any) bool { return false }

// rewriting is a rewriter behind the guard. pgx sends nothing where it fails.
type rewriting struct {
	db       DB
	rewriter pgx.QueryRewriter
}

// RewriteQuery implements [pgx.QueryRewriter].
func (r rewriting) RewriteQuery(ctx context.Context, conn *pgx.Conn, sql string, args []any) (string, []any, error) {
	sql, args, err := r.rewriter.RewriteQuery(ctx, conn, sql, args)
	if err != nil {
		return "", nil, err
	}
	if err := r.db.check(ctx, sql, args); err != nil {
		return "", nil, err
	}
	return mark(sql), args, nil
}
