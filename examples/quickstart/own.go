package main

import (
	"context"
	"database/sql"
	"io"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// runOwn applies a rule to a table of the user's own database, both ways.
func runOwn(ctx context.Context, out printer, opts options, stderr io.Writer) error {
	db, err := openOwn(opts.db)
	if err != nil {
		return err
	}
	defer db.Close()
	// One transaction, so that both ways see the same rows.
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(opts.db, err)
	}
	defer tx.Rollback()
	name, err := findTable(ctx, tx, opts.db, opts.table)
	if err != nil {
		return err
	}
	own, err := newOwnTable(ctx, tx, name, opts.rules)
	if err != nil {
		return err
	}
	policy, err := own.policy(opts.rules)
	if err != nil {
		return err
	}
	caller, err := own.caller(ctx, opts)
	if err != nil {
		return err
	}
	visible, err := policy.Verify(caller, name, roles.Get)
	if err != nil {
		return err
	}
	if _, err := own.schema.Resolve(visible); err != nil {
		return err // a claim that does not fit its column
	}

	start := time.Now()
	bar := newProgress(stderr, "reading rows", -1)
	all, err := own.load(ctx, tx, bar)
	bar.end()
	if err != nil {
		return explain(opts.db, err)
	}
	out.line("%s", out.paint(bold, opts.db))
	out.line("%s rows of %q, read into memory in %s",
		humanize.Comma(int64(len(all))), name, seconds(time.Since(start)))
	return own.report(ctx, out, tx, all, caller.describe(opts.rules), visible)
}

// report compares the visible rows, and those that are certainly not.
func (o *ownTable) report(ctx context.Context, out printer, tx *sql.Tx, all []ownRow, caller string, visible spec.Specification) error {
	out.heading("Which rows")
	in, err := o.compare(ctx, tx, all, visible)
	if err != nil {
		return err
	}
	hidden, err := o.compare(ctx, tx, all, visible.Not())
	if err != nil {
		return err
	}
	out.table(append([]string{"caller", "request", "rows", "decided by"}, cellHeadings...), [][]string{
		append([]string{caller, "GET " + o.name, "visible", ownRole}, out.cells(in)...),
		append([]string{"", "", "not visible", ""}, out.cells(hidden)...),
	})
	if rest := len(all) - in.inMemory - hidden.inMemory; rest > 0 {
		out.line("In neither: %s, where a column is NULL or its value is not of its type.", humanize.Comma(int64(rest)))
	}

	out.heading("As SQL")
	text, args, err := o.table.SQL(visible, sqlspec.SQLite)
	if err != nil {
		return err
	}
	out.paragraph("  ", "", visible.String(), 4)
	out.paragraph("    ", faint, "SELECT * FROM "+o.table.From()+" WHERE "+text, 8)
	out.paragraph("    ", "", arguments(args), 4)

	out.heading("Result")
	if !in.equal || !hidden.equal {
		out.line("%s", out.paint(red, "SQL and memory differ."))
		return errDifferent
	}
	out.line("%s", out.paint(green, "The same rows in SQL and in memory."))
	return nil
}
