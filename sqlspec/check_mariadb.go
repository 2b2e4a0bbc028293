package sqlspec

import (
	"database/sql"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// mariadbCatalogue reads information_schema.
type mariadbCatalogue struct {
	*checker
	zone      string // where it is not UTC in summer and winter
	zeroDates bool   // they may be stored
	nullIsNew bool   // IS NULL finds the row that was just stored
	extended  bool   // patterns pass over tabs and line breaks
}

// read asks in a way that no setting of the connection changes: without an empty
// text, which may be null, and with limits of its own.
func (q *mariadbCatalogue) read(name []string) *live {
	l := &live{fold: true}
	table := name[len(name)-1]
	var schema sql.NullString
	if len(name) > 1 {
		schema = sql.NullString{String: name[len(name)-2], Valid: true}
	}
	q.rows(func(r *sql.Rows) error {
		l.exists = true
		return r.Scan(&schema, &table, &l.view)
	}, `SELECT table_schema, table_name, table_type LIKE '%VIEW' FROM information_schema.tables
		WHERE table_schema = ifnull(?, DATABASE()) AND IF(@@lower_case_table_names = 0, BINARY table_name = BINARY ?, table_name = ?) LIMIT 1`, schema, table, table)
	if !l.exists {
		return l
	}
	q.rows(func(r *sql.Rows) error {
		var c liveColumn
		var full string
		var charset, collation sql.NullString
		if err := r.Scan(&c.name, &c.typ, &full, &c.null, &charset, &collation, &c.precision, &c.length, &c.zeroDate, &c.counts); err != nil {
			return err
		}
		c.charset, c.collation = charset.String, collation.String
		c.folds = collation.Valid && !strings.HasSuffix(c.collation, "_nopad_bin")
		c.unsigned = strings.Contains(full, "unsigned")
		if c.typ == "enum" {
			c.labels = enumLabels(full)
		}
		l.add(&c)
		return nil
	}, `SELECT column_name, data_type, column_type, is_nullable = 'YES', character_set_name, collation_name, ifnull(datetime_precision, 6),
			ifnull(least(character_maximum_length, 65535), 0), ifnull(column_default LIKE '''0000-00-00%', 0), extra LIKE '%auto_increment%'
		FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position LIMIT 65535`, schema, table)
	q.rows(func(r *sql.Rows) error {
		var i liveIndex
		var first bool
		var column string
		err := r.Scan(&first, &i.kind, &i.unique, &column)
		l.addIndex(i, first, column)
		return err
	}, `SELECT seq_in_index = 1, index_type, non_unique = 0, column_name FROM information_schema.statistics
		WHERE table_schema = ? AND table_name = ? AND ignored = 'NO' AND index_type IN ('BTREE', 'HASH') ORDER BY index_name, seq_in_index LIMIT 65535`, schema, table)
	return l
}

func (q *mariadbCatalogue) whole(t *Table, _ *live) {
	for _, c := range t.columns {
		if c = c.stored(); q.extended && c.field.Kind == spec.KindString && !c.field.List {
			q.problem("", "default_regex_flags has EXTENDED: patterns pass over tabs and line breaks")
			return
		}
	}
}

// serves: no index looks into JSON, so there every one does.
func (q *mariadbCatalogue) serves(*column, *liveColumn, liveIndex) bool { return true }
