package sqlspec

import (
	"database/sql"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// sqliteCatalogue reads the pragmas.
type sqliteCatalogue struct {
	*checker
	functions map[string]bool // those of the connection, as they were asked for
}

func (q *sqliteCatalogue) connection() bool {
	if encoding := q.text("PRAGMA encoding"); q.err == nil && encoding != "UTF-8" {
		q.problem("", "the database is encoded in %s: the order of texts is not that of UTF-8", encoding)
	}
	return true
}

// read looks a table up as a FROM does: among the temporary ones, in the main
// database, in those attached.
func (q *sqliteCatalogue) read(name []string) *live {
	l := &live{fold: true}
	table, wanted := name[len(name)-1], ""
	if len(name) > 1 {
		wanted = name[len(name)-2]
	}
	q.rows(func(r *sql.Rows) error {
		var in, kind string
		var strict bool
		if err := r.Scan(&in, &kind, &strict); err != nil || l.exists || wanted != "" && !strings.EqualFold(in, wanted) {
			return err
		}
		l.path, l.exists, l.strict, l.view = []string{in, table}, true, strict, kind != "table"
		return nil
	}, `SELECT t.schema, t.type, t.strict FROM pragma_table_list AS t JOIN pragma_database_list AS d ON d.name = t.schema
		WHERE t.name = ? COLLATE NOCASE ORDER BY t.schema <> 'temp', d.seq`, table)
	if !l.exists {
		return l
	}
	q.readColumns(l)
	q.rows(func(r *sql.Rows) error {
		var i liveIndex
		var first bool
		var column string
		err := r.Scan(&first, &i.unique, &column, &i.collation)
		l.addIndex(i, first, column)
		return err
	}, `SELECT x.seqno = 0, i."unique" AND NOT i.partial, ifnull(x.name, ''), x.coll
		FROM pragma_index_list(?1, ?2) AS i JOIN pragma_index_xinfo(i.name, ?2) AS x WHERE x.key ORDER BY i.seq, x.seqno`, table, l.path[0])
	return l
}

func (q *sqliteCatalogue) readColumns(l *live) {
	var key []string
	q.rows(func(r *sql.Rows) error {
		var column liveColumn
		var isKey, isNotNull bool
		if err := r.Scan(&column.name, &column.typ, &isNotNull, &isKey); err != nil {
			return err
		}
		column.null = !isNotNull && !l.view
		if isKey {
			key = append(key, column.name)
		}
		l.add(&column)
		return nil
	}, `SELECT name, upper(type), "notnull" <> 0, pk > 0 FROM pragma_table_xinfo(?, ?)`, l.path[1], l.path[0])
	if len(key) != 1 {
		return
	}
	if own := l.column(key[0]); own.typ == "INTEGER" { // the number of the row
		own.null = false
		l.indexes = append(l.indexes, liveIndex{columns: key, unique: true, collation: "BINARY"})
	}
}

func (q *sqliteCatalogue) whole(t *Table, l *live) {
	switch {
	case t.strict && !l.strict:
		q.problem("", "the table is not declared STRICT, and the option Strict says that it is")
	case !t.strict && l.strict:
		q.advise("", "the table is declared STRICT: with the option Strict conditions are shorter, and an index serves HasPrefix, Under and an order of texts under OR too")
	}
	for _, c := range t.columns {
		if c = c.stored(); c.field.Kind == spec.KindString && !c.field.List && len(c.field.Labels) == 0 && !q.has(regexpFunction) {
			q.advise("", "the connection has no function %s: Matches, EqualFold and ContainsFold will fail", regexpFunction)
			return
		}
	}
}

func (q *sqliteCatalogue) column(field string, col *column, l *live, have *liveColumn) {
	if col.isForPostgres() && !col.field.List {
		q.problem(field, onlyPostgres, col.name)
		return
	}
	q.affinity(field, col, l, have)
	if col.field.Kind == spec.KindDecimal && col.storage != storageScaled && !q.has(decimalFunction) {
		q.problem(field, "column %q holds decimals, and the connection has no function %s", col.name, decimalFunction)
	}
	if col.field.Kind == spec.KindString && !col.field.List {
		q.collation(field, col, l, have)
	}
}

// collation: what a condition says in a column's own collation is right in one
// that is said, or in those in which no more is found than that.
func (q *sqliteCatalogue) collation(field string, col *column, l *live, have *liveColumn) {
	switch {
	case col.noCase:
		if order := q.order(l, have); order != noCaseOrder && order != binaryOrder {
			q.problem(field, "column %q has a collation that is neither NOCASE nor BINARY, and the option NoCase says that it is NOCASE", col.name)
		}
	case col.strict:
		if q.order(l, have) != binaryOrder {
			q.problem(field, "column %q has a collation that is not BINARY, and the option Strict says that only columns with NoCase do", col.name)
		}
	}
}

// serves: texts are compared in the collation of their column. No index looks
// into JSON, so there every one does.
func (q *sqliteCatalogue) serves(col *column, have *liveColumn, i liveIndex) bool {
	if col.field.Kind != spec.KindString || col.field.List {
		return true
	}
	switch q.order(have.in, have) {
	case binaryOrder:
		return strings.EqualFold(i.collation, "BINARY")
	case noCaseOrder:
		return strings.EqualFold(i.collation, "NOCASE")
	}
	return true
}

// has reports whether the connection has a function of two arguments.
func (q *sqliteCatalogue) has(function string) bool {
	if q.functions == nil {
		q.functions = map[string]bool{}
	}
	known, asked := q.functions[function]
	if !asked {
		known = q.text("SELECT 'yes' FROM pragma_function_list WHERE name = ? AND narg IN (2, -1)", function) != ""
		q.functions[function] = known
	}
	return known || q.err != nil
}
