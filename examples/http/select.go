package main

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// list returns a page of the rows that are visible and match the query, whether there
// are more behind it, and how many there are in all. What is hidden is not counted.
func (s *store) list(ctx context.Context, visible spec.Specification, q listQuery) (rows []Task, more bool, total int64, err error) {
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // rows and count of one moment
	if err != nil {
		return nil, false, 0, err
	}
	defer tx.Rollback()
	wanted := visible.And(q.filter)
	if total, err = count(ctx, tx, wanted); err != nil {
		return nil, false, 0, err
	}
	if rows, err = page(ctx, tx, wanted.And(q.after), q); err != nil {
		return nil, false, 0, err
	}
	if more = len(rows) > q.limit; more {
		rows = rows[:q.limit]
	}
	return rows, more, total, nil
}

func count(ctx context.Context, tx *sql.Tx, wanted spec.Specification) (n int64, err error) {
	text, args, err := sq.Select("count(*)").From(tasks.From()).Where(tasks.Where(wanted, sqlspec.SQLite)).ToSql()
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, text, args...).Scan(&n)
	return n, err
}

// page reads one row more than the limit, to know whether there are more.
func page(ctx context.Context, tx *sql.Tx, wanted spec.Specification, q listQuery) ([]Task, error) {
	text, args, err := sq.Select(columnList).From(tasks.From()).
		Where(tasks.Where(wanted, sqlspec.SQLite)).
		OrderBy(orderBy(q.sort)...).
		Limit(uint64(q.limit) + 1).
		ToSql()
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var read []Task
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, err
		}
		read = append(read, t)
	}
	return read, rows.Err()
}

func orderBy(sort []spec.SortKey) []string {
	terms := make([]string, len(sort))
	for i, key := range sort {
		terms[i], _ = tasks.Column(key.Field) // SortKeys has let through fields of the table alone
		if key.Descending {
			terms[i] += " DESC"
		}
	}
	return terms
}
