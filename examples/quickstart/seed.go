package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

const schema = `
CREATE TABLE tasks (
	id         INTEGER PRIMARY KEY,
	account    TEXT NOT NULL,
	created_by TEXT NOT NULL,
	assignee   TEXT,
	title      TEXT NOT NULL,
	status     TEXT NOT NULL CHECK (status IN ('open', 'blocked', 'done')),
	priority   INTEGER NOT NULL,
	amount     INTEGER NOT NULL, -- cents
	due        TEXT,             -- YYYY-MM-DD
	created_at INTEGER NOT NULL, -- microseconds since 1970
	deleted_at INTEGER           -- the same; NULL while the task is there
) STRICT;
CREATE TABLE wallets (
	id      INTEGER PRIMARY KEY,
	owner   TEXT NOT NULL UNIQUE,
	balance INTEGER NOT NULL CHECK (balance >= 0) -- cents
) STRICT;`

const indexes = `
CREATE INDEX tasks_by_creator  ON tasks (account, created_by);
CREATE INDEX tasks_by_assignee ON tasks (account, assignee);
CREATE INDEX tasks_by_title    ON tasks (title);`

// Twins, wildcards, quotes, trailing blanks: what SQL engines and careless
// statements take for something else.
var (
	accounts = []string{"acme", "Acme", "ACME", "acme ", "globex", "O'Hara & Sons", "100% Öl", "100x Öl", "东方"}
	people   = []string{"ann", "mia", "kim", "bob", "Bob", "bob ", "o'hara", "O'Hara", "李雷", "zoë", "zoe\u0308",
		"x' OR '1'='1", "tom", "eve", "NULL", "?", "$1", `back\slash`, `say "hi"`}
	titles = []string{"Invoice %d", "INVOICE %d, second notice", "invoice of may, %d", " Invoice %d", "50%%_off: order %d",
		"50x_off: order %d", "50%%_OFF: order %d", "50%%xoff: order %d", "Ünïcödé %d", "ünïcödé %d", "%d pizzas ", "%d pizzas",
		"Robert'); DROP TABLE tasks; -- %d", "😀 %d", "tab\there %d", "two\nlines %d", "%d"}
	statuses = []string{"open", "open", "blocked", "done"}
)

// batch is how many rows one INSERT brings.
const batch = 100

// seed fills an empty database. The same number of rows is always the same rows.
func seed(ctx context.Context, tx *sql.Tx, rows int, bar *progress) error {
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	for i, owner := range people {
		if _, err := tx.ExecContext(ctx, `INSERT INTO wallets VALUES (?, ?, ?)`, i+1, owner, 1000*(i+1)); err != nil {
			return err
		}
	}
	random := rand.New(rand.NewPCG(2026, 1))
	insert, err := tx.PrepareContext(ctx, insertOf(batch))
	if err != nil {
		return err
	}
	defer insert.Close()
	var args []any
	for id := 1; id <= rows; id++ {
		args = append(args, randomTask(random, id)...)
		if id%batch == 0 {
			if _, err := insert.ExecContext(ctx, args...); err != nil {
				return err
			}
			args = args[:0]
			bar.add(batch)
		}
	}
	if rest := rows % batch; rest > 0 {
		if _, err := tx.ExecContext(ctx, insertOf(rest), args...); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, indexes)
	return err
}

func insertOf(rows int) string {
	row := "(" + strings.Repeat("?, ", 10) + "?)"
	return "INSERT INTO tasks VALUES " + strings.Repeat(row+", ", rows-1) + row
}

// randomTask returns the columns of a task.
func randomTask(r *rand.Rand, id int) []any {
	created := time.Date(2025, 1, 1, 0, 0, r.IntN(365*24*3600), r.IntN(1e9), time.UTC)
	return []any{
		id,
		pick(r, accounts),
		pick(r, people),
		sometimes(r, 70, pick(r, people)),
		fmt.Sprintf(pick(r, titles), r.IntN(10_000)),
		pick(r, statuses),
		1 + r.IntN(5),
		r.IntN(100_000),
		sometimes(r, 60, created.AddDate(0, 0, r.IntN(60)).Format(time.DateOnly)),
		created.UnixMicro(),
		sometimes(r, 15, created.Add(time.Hour).UnixMicro()),
	}
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// sometimes returns v in so many of a hundred cases, and NULL in the others.
func sometimes(r *rand.Rand, percent int, v any) any {
	if r.IntN(100) < percent {
		return v
	}
	return nil
}
