package sqlspec

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// affinity holds the affinity of a column, which decides what SQLite makes of a
// value as it stores it, against the kind. The affinities INTEGER and NUMERIC do
// the same.
func (q *sqliteCatalogue) affinity(field string, col *column, l *live, have *liveColumn) {
	right, fair := sqliteAffinities(col)
	is, anything := affinityOf(have.typ), l.strict && have.typ == "ANY"
	if anything { // a STRICT table converts nothing for it
		is = "BLOB"
	}
	described := "has the affinity " + is + " of its type " + either(have.typ == "", "(none)", have.typ)
	switch kind := col.field.Kind; {
	case (kind == spec.KindTime || kind == spec.KindDate) && !col.field.List && isTimeType(have.typ):
		q.problem(field, "column %q is declared %s, in which programs and drivers store and read texts of their own form: %s is needed", col.name, have.typ, right[0])
	case slices.Contains(right, is):
	case slices.Contains(fair, is) && (anything || !l.strict):
		q.advise(field, "column %q %s, not %s, and keeps whatever it is given as it is", col.name, described, right[0])
	default:
		q.problem(field, "column %q %s, and needs %s", col.name, described, right[0])
	}
}

// isTimeType reports whether a type is one that modernc.org/sqlite reads as a
// time, or is called like it.
func isTimeType(typ string) bool {
	return strings.Contains(typ, "DATE") || strings.Contains(typ, "TIME")
}

// sqliteAffinities are those with which SQLite stores what it is given, and those
// with which it does so as long as nobody gives it anything else.
func sqliteAffinities(col *column) (right, fair []string) {
	switch {
	case col.field.List: // no array looks like a number
		return []string{"TEXT", "NUMERIC"}, []string{"BLOB", "INTEGER", "REAL"}
	case col.storage == storageScaled:
		return []string{"INTEGER", "NUMERIC"}, []string{"BLOB"}
	case col.storage == storageBlob:
		return []string{"BLOB"}, []string{"TEXT", "NUMERIC", "INTEGER", "REAL"}
	}
	switch col.field.Kind {
	case spec.KindBool, spec.KindInt, spec.KindUint, spec.KindTime:
		return []string{"INTEGER", "NUMERIC"}, []string{"BLOB"}
	case spec.KindFloat:
		return []string{"REAL", "NUMERIC"}, []string{"INTEGER", "BLOB"}
	case spec.KindBytes:
		return []string{"BLOB"}, []string{"TEXT", "NUMERIC", "INTEGER", "REAL"}
	case spec.KindDate, spec.KindUUID: // nor do these
		return []string{"TEXT", "NUMERIC"}, []string{"BLOB", "INTEGER", "REAL"}
	}
	return []string{"TEXT"}, []string{"BLOB"}
}

// affinityOf follows section 3.1 of "Datatypes In SQLite".
func affinityOf(typ string) string {
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(typ, p) })
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
