// # Writing rows
//
// Who may change a row is decided twice: by the row as it is, which has to be one of
// the visible rows, and by the row as it will be, which has to satisfy the check
// (roles.Permission has both, roles.CheckUpdate is the same in memory). The forms
// below decide in the statement or in its transaction, so that no other change comes
// between.
//
// DELETE: the filter is in the statement. No row affected is a 404.
//
//	sq.Delete(tasks.From()).Where(sq.Eq{id: 7}).Where(tasks.Where(perm.Rows, d))
//
// UPDATE: the filter is in the statement, and the check is asked of what has been
// written, in the same transaction. No row affected is a 404. A count other than 1
// is a 403: roll back.
//
//	sq.Update(tasks.From()).SetMap(set).Where(sq.Eq{id: 7}).Where(tasks.Where(perm.Rows, d))
//	sq.Select("count(*)").From(tasks.From()).Where(sq.Eq{id: 7}).Where(tasks.Where(perm.Check, d))
//
// Count the rows that satisfy the check, and not those that do not: an unknown check
// refuses, and so does a row that is gone.
//
// UPDATE of many rows: what it changes may not be found by the filter afterwards, so
// its rows are locked first (SQLite has no FOR UPDATE and needs none in a transaction
// that begins IMMEDIATE), then updated by their keys and counted by them.
//
//	sq.Select(id).From(tasks.From()).Where(tasks.Where(perm.Rows, d)).OrderBy(id).Suffix("FOR UPDATE")
//
// INSERT: insert and count as after an UPDATE, or roles.CheckInsert before it. Only the
// first sees what the database puts in, by a default or a trigger. INSERT ... SELECT ...
// WHERE is no such form: its parameters have neither the type nor the collation of a
// column, so that a comparison may not be the column's.
//
// An upsert (ON CONFLICT, ON DUPLICATE KEY, REPLACE) changes a row that no filter has
// seen: write it as the UPDATE and the INSERT that it is.
//
// The names of columns are those of [Table.Column] in a WHERE (the id above) and of
// [Table.TargetColumns] in a SET; what a caller may set is a matter of
// roles.CheckColumns. In MariaDB the DSN needs clientFoundRows=true, or an UPDATE
// that makes nothing different affects no row.
//
// The forms are exact in READ COMMITTED, PostgreSQL's own level, and above, for the
// fields of the row itself: it is locked from the moment it is written. In a level
// above, PostgreSQL fails where another transaction has changed the row: try again.
// Related rows are not locked: where a membership may end at the same moment,
// SERIALIZABLE in both transactions orders them, or the related row is locked first.
package sqlspec

import "fmt"

// Columns returns the qualified and quoted columns of the fields, in their order,
// for the SELECT of a caller who may not read every field:
//
//	columns, err := tasks.Columns(perm.Columns.Of("id", "title", "salary")...)
//	sq.Select(columns...).From(tasks.From()).Where(tasks.Where(perm.Rows, d))
//
// A field that has no column is an error, [ErrUnmapped], and no column is returned
// with it; so are fields of related rows, which are other tables'. No fields are no
// columns, a SELECT that squirrel refuses. For MariaDB see [Table.In].
//
// What may not be read must not be asked either, or a filter finds it out:
// spec.FromQuery(query, tasks.Schema(), perm.Columns.Of("id", "title", "salary")...).
func (t *Table) Columns(fields ...string) ([]string, error) {
	return t.names(fields, func(c *column) string { return c.sql })
}

// TargetColumns returns the quoted columns of the fields without the table in front
// of them, as SET and the list of an INSERT name them. Otherwise it is as
// [Table.Columns].
func (t *Table) TargetColumns(fields ...string) ([]string, error) {
	return t.names(fields, func(c *column) string { return quoteWith(t.quotes, c.name) })
}

func (t *Table) names(fields []string, name func(*column) string) ([]string, error) {
	if t == nil {
		return nil, fmt.Errorf("%w: it is nil", ErrTable)
	}
	names := make([]string, len(fields))
	for i, field := range fields {
		c, ok := t.columns[field]
		if !ok {
			return nil, fmt.Errorf("%w: %q", ErrUnmapped, field)
		}
		names[i] = name(c)
	}
	return names, nil
}
