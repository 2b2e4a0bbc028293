package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// ownRow is a row whose type is known only at run time.
type ownRow = map[string]any

// query selects all columns of the rows of a specification. The unary plus does
// nothing in SQL; without it the driver would turn some values into others by
// the declared type, such as texts in a DATE column into times.
func (o *ownTable) query(visible spec.Specification) (statement, error) {
	var columns []string
	for _, name := range o.columns {
		columns = append(columns, `+"t".`+quote(name))
	}
	text, args, err := sq.Select(columns...).
		From(o.table.From()).
		Where(o.table.Where(visible, sqlspec.SQLite)).
		ToSql()
	return statement{text, args}, err
}

// load reads all rows.
func (o *ownTable) load(ctx context.Context, tx *sql.Tx, bar *progress) ([]ownRow, error) {
	all, err := o.query(spec.All())
	if err != nil {
		return nil, err
	}
	return o.read(ctx, tx, all, bar)
}

// read returns the rows that a statement yields.
func (o *ownTable) read(ctx context.Context, tx *sql.Tx, st statement, bar *progress) ([]ownRow, error) {
	rows, err := tx.QueryContext(ctx, st.text, st.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := make([]any, len(o.columns))
	places := make([]any, len(o.columns))
	for i := range values {
		places[i] = &values[i]
	}
	var all []ownRow
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		row := make(ownRow, len(values))
		for i, name := range o.columns {
			row[name] = values[i]
		}
		all = append(all, row)
		bar.add(1)
	}
	return all, rows.Err()
}

// compare applies a specification both ways. A view has no key to compare, so
// the rows are compared as a whole.
func (o *ownTable) compare(ctx context.Context, tx *sql.Tx, all []ownRow, visible spec.Specification) (comparison, error) {
	st, err := o.query(visible)
	if err != nil {
		return comparison{}, err
	}
	start := time.Now()
	found, err := o.read(ctx, tx, st, nil)
	if err != nil {
		return comparison{}, err
	}
	between := time.Now()
	matcher, err := spec.Compile[ownRow](visible, spec.WithSchema(o.schema))
	if err != nil {
		return comparison{}, err
	}
	wanted := matcher.Filter(all)
	return comparison{
		inSQL: len(found), timeInSQL: between.Sub(start),
		inMemory: len(wanted), timeInMemory: time.Since(between),
		equal: slices.Equal(o.written(found), o.written(wanted)),
	}, nil
}

// written writes each row with the types of its values, in an order that depends
// on the rows alone.
func (o *ownTable) written(rows []ownRow) []string {
	texts := make([]string, len(rows))
	for i, row := range rows {
		var b []byte
		for _, name := range o.columns {
			b = fmt.Appendf(b, "%T %#[1]v ", row[name])
		}
		texts[i] = string(b)
	}
	slices.Sort(texts)
	return texts
}
