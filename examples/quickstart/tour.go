package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"

	"github.com/dustin/go-humanize"
)

// tour is what the steps of the demonstration share.
type tour struct {
	out      printer
	tx       *sql.Tx // rolled back in the end
	tasks    []Task  // all of them, in memory
	verified []Claims

	compared, different int
}

// runTour shows the policy at work on the database of tasks.
func runTour(ctx context.Context, out printer, opts options, stderr io.Writer) error {
	start := time.Now()
	bar := newProgress(stderr, "making tasks", opts.rows)
	db, made, err := openTasks(ctx, opts.db, opts.rows, bar)
	bar.end()
	if err != nil {
		return err
	}
	defer db.Close()
	opened := time.Now()

	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(opts.db, err)
	}
	defer tx.Rollback()
	bar = newProgress(stderr, "reading tasks", opts.rows)
	all, err := loadTasks(ctx, tx, bar)
	bar.end()
	if err != nil {
		return explain(opts.db, err)
	}
	if opts.rowsAsked && len(all) != opts.rows {
		return usagef("%s has %d tasks, not %d: remove it, or choose another file with -db", opts.db, len(all), opts.rows)
	}

	verb := "opened"
	if made {
		verb = "made"
	}
	out.line("%s", out.paint(bold, opts.db))
	out.line("%s tasks, %s in %s, read into memory in %s", humanize.Comma(int64(len(all))),
		verb, seconds(opened.Sub(start)), seconds(time.Since(opened)))

	t := &tour{out: out, tx: tx, tasks: all}
	tokens, err := newTokens()
	if err != nil {
		return err
	}
	if err := t.enter(ctx, tokens); err != nil {
		return err
	}
	decisions, err := t.read(ctx)
	if err != nil {
		return err
	}
	t.statements(decisions)
	t.forbidden(decisions)
	if err := t.refuse(ctx, tokens); err != nil {
		return err
	}
	if err := t.write(ctx); err != nil {
		return err
	}
	if err := t.order(ctx); err != nil {
		return err
	}
	return t.result()
}

// count remembers how a comparison went.
func (t *tour) count(c comparison) {
	t.compared++
	if !c.equal {
		t.different++
	}
}

// result says whether SQL and memory agreed in all of them.
func (t *tour) result() error {
	t.out.heading("Result")
	if t.different > 0 {
		t.out.line("%s", t.out.paint(red, fmt.Sprintf("%d of %d comparisons differ.", t.different, t.compared)))
		return errDifferent
	}
	t.out.line("%s", t.out.paint(green, fmt.Sprintf("%d comparisons, each with the same rows in SQL and in memory.", t.compared)))
	return nil
}
