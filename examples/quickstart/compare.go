package main

import (
	"context"
	"database/sql"
	"slices"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// statement is a SQL text with its arguments.
type statement struct {
	text string
	args []any
}

// comparison is what applying one specification twice gave.
type comparison struct {
	inSQL, inMemory         int // rows
	timeInSQL, timeInMemory time.Duration
	equal                   bool // the same rows, not merely as many
}

// selectVisible is the statement that returns the ids of the visible tasks. An
// error of the specification comes out of ToSql: there is nothing else to check.
func selectVisible(visible spec.Specification) (statement, error) {
	text, args, err := sq.Select(`"t"."id"`).
		From(tasks.From()).
		Where(tasks.Where(visible, sqlspec.SQLite)).
		ToSql()
	return statement{text, args}, err
}

// idsInSQL returns the ids that a statement yields, in ascending order.
func idsInSQL(ctx context.Context, tx *sql.Tx, st statement) ([]int64, error) {
	rows, err := tx.QueryContext(ctx, st.text, st.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, rows.Err()
}

// idsInMemory returns the ids of the visible tasks of a slice.
func idsInMemory(all []Task, visible spec.Specification) ([]int64, error) {
	matcher, err := spec.Compile[Task](visible)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for i := range all {
		if matcher.Match(&all[i]) {
			ids = append(ids, all[i].ID)
		}
	}
	return ids, nil
}

// compare applies a specification both ways: by a statement that has it as its
// WHERE, and to the slice.
func compare(ctx context.Context, tx *sql.Tx, st statement, all []Task, visible spec.Specification) (comparison, error) {
	start := time.Now()
	found, err := idsInSQL(ctx, tx, st)
	if err != nil {
		return comparison{}, err
	}
	between := time.Now()
	wanted, err := idsInMemory(all, visible)
	if err != nil {
		return comparison{}, err
	}
	return comparison{
		inSQL: len(found), timeInSQL: between.Sub(start),
		inMemory: len(wanted), timeInMemory: time.Since(between),
		equal: slices.Equal(found, wanted),
	}, nil
}
