package sqlspec

import (
	"database/sql"
	"regexp"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// sqlite reads the pragmas. The collation of a column is in none of them, so the
// text of the table is searched for one.
func (c *checker) sqlite() {
	if encoding := c.text("PRAGMA encoding"); c.err == nil && encoding != "UTF-8" {
		c.problem("", "the database is encoded in %s: the order of text is not that of UTF-8", encoding)
	}
	name := c.table.name[len(c.table.name)-1]
	have := map[string]live{}
	c.rows(func(r *sql.Rows) error {
		var l live
		if err := r.Scan(&l.name, &l.typ, &l.notNull); err != nil {
			return err
		}
		have[l.name] = l
		return nil
	}, `SELECT name, upper(type), "notnull" <> 0 OR pk > 0 FROM pragma_table_xinfo(?)`, name)
	c.rows(func(r *sql.Rows) error {
		var column string
		if err := r.Scan(&column); err != nil {
			return err
		}
		if l, ok := have[column]; ok {
			l.indexed = true
			have[column] = l
		}
		return nil
	}, `SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0 AND i.name IS NOT NULL
		UNION SELECT name FROM pragma_table_xinfo(?) WHERE pk = 1`, name, name)
	ddl := c.text("SELECT coalesce(sql, '') FROM sqlite_master WHERE name = ? AND type = 'table'", name)
	strict := c.text(`SELECT CAST("strict" AS TEXT) FROM pragma_table_list(?)`, name) == "1"
	if c.err == nil && len(have) > 0 && c.table.strict && !strict {
		c.problem("", "the table is not declared STRICT, and the option Strict says that it is")
	}
	collated := foreignCollation.MatchString(ddl)
	c.columns(have, func(col *column, l live) string {
		if col.field.Kind == spec.KindString && !col.field.List && c.table.strict && collated && !col.noCase {
			return "may have a collation: the table declares one, and the option Strict says that only columns with NoCase do"
		}
		want := sqliteAffinity(col)
		if have := affinityOf(l.typ); have != want && !(want == "REAL" && have == "NUMERIC") {
			return "has the affinity " + have + " of its type " + orNone(l.typ) + ", and needs " + want
		}
		return ""
	})
}

var foreignCollation = regexp.MustCompile(`(?i)\bCOLLATE\s+["'\x60\[]?(NOCASE|RTRIM|[^B"'\x60\[\s])`)

// sqliteAffinity is what a column needs so that SQLite stores what it is given.
func sqliteAffinity(col *column) string {
	switch {
	case col.field.List:
		return "TEXT"
	case col.storage == storageScaled:
		return "INTEGER"
	case col.storage == storageBlob:
		return "BLOB"
	}
	switch col.field.Kind {
	case spec.KindBool, spec.KindInt, spec.KindUint, spec.KindTime:
		return "INTEGER"
	case spec.KindFloat:
		return "REAL"
	case spec.KindBytes:
		return "BLOB"
	}
	return "TEXT"
}

// affinityOf follows section 3.1 of "Datatypes In SQLite".
func affinityOf(typ string) string {
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(typ, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("INT"):
		return "INTEGER"
	case has("CHAR", "CLOB", "TEXT"):
		return "TEXT"
	case typ == "" || has("BLOB"):
		return "BLOB"
	case has("REAL", "FLOA", "DOUB"):
		return "REAL"
	}
	return "NUMERIC"
}

func orNone(typ string) string {
	if typ == "" {
		return "(none)"
	}
	return typ
}
