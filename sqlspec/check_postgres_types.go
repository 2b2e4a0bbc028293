package sqlspec

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// typed holds the type of a column against what the table says.
func (q *postgresCatalogue) typed(field string, col *column, have *liveColumn) {
	switch {
	case col.pgType != "":
		q.named(field, col, have)
	case col.storage == storageJSONB:
		q.declared(field, col.name, have.typ, types{right: []string{"jsonb"}})
	case col.field.List: // an array takes no other type than that of its elements
		q.declared(field, col.name, have.typ, types{right: []string{postgresLong[postgres{}.typ(col)] + "[]"}})
	default:
		q.declared(field, col.name, have.typ, postgresTypes(col))
	}
}

// named is a type that the table names: the one the name leads to here and now.
func (q *postgresCatalogue) named(field string, col *column, have *liveColumn) {
	wanted := q.text("SELECT coalesce(to_regtype($1), 0)::oid::text", col.pgType)
	is := have.oid
	if col.field.List {
		is = have.element
	}
	switch {
	case q.err != nil || wanted == is:
	case wanted == "0":
		q.problem(field, "column %q is of type %s, and the database finds no type %s", col.name, have.typ, col.pgType)
	case col.field.List:
		q.problem(field, "column %q is of type %s, not %s[]", col.name, have.typ, col.pgType)
	case !isPostgresText(have.typ) || !isPostgresText(strings.ReplaceAll(q.text("SELECT format_type(to_regtype($1), NULL)", col.pgType), `"`, "")):
		q.problem(field, "column %q is of type %s, not %s", col.name, have.typ, col.pgType)
	}
}

func isPostgresText(typ string) bool {
	return slices.Contains([]string{"text", "character varying"}, typ)
}

// postgresLong is how the catalogue calls the types that arguments are cast to.
var postgresLong = map[string]string{
	"bool": "boolean", "int8": "bigint", "float8": "double precision", "numeric": "numeric", "text": "text", "bytea": "bytea",
	"timestamptz": "timestamp with time zone", "date": "date", "uuid": "uuid", "ltree": "ltree",
}

func postgresTypes(col *column) types {
	switch {
	case col.storage == storageTimestamp:
		return types{right: []string{"timestamp without time zone"}}
	case col.storage == storageScaled:
		return types{right: []string{"smallint", "integer", "bigint"}}
	case col.storage == storageLtree:
		return types{right: []string{"ltree"}}
	}
	switch col.field.Kind {
	case spec.KindInt, spec.KindUint:
		return types{right: []string{"smallint", "integer", "bigint"}}
	case spec.KindFloat:
		return types{right: []string{"double precision", "real"}}
	case spec.KindDecimal:
		return types{right: []string{"numeric"}, fair: []string{"smallint", "integer", "bigint"}}
	case spec.KindString:
		return types{right: []string{"text", "character varying"}}
	}
	return types{right: []string{postgresLong[postgres{}.typ(col)]}}
}

// postgresFamilies are types that compare with each other without losing
// anything; every type compares with itself.
var postgresFamilies = [][]string{
	{"smallint", "integer", "bigint", "numeric"},
	{"text", "character varying"},
}

func (q *postgresCatalogue) differ(near, far *liveColumn) (problem, advice string) {
	if near.typ != far.typ && !slices.ContainsFunc(postgresFamilies, func(f []string) bool {
		return slices.Contains(f, near.typ) && slices.Contains(f, far.typ)
	}) {
		return "are of types " + near.typ + " and " + far.typ, ""
	}
	switch {
	case near.collation != far.collation && near.collation != defaultCollation && far.collation != defaultCollation:
		return "have the collations " + near.collation + " and " + far.collation + ", of which PostgreSQL chooses neither", ""
	case near.folds || far.folds:
		return "", "have a type or collation by which different texts can be equal"
	case near.collation != far.collation:
		return "", "have the collations " + near.collation + " and " + far.collation + ", and are compared by one, for which an index of the other does not serve"
	}
	return "", ""
}

// defaultCollation is that of the database, which any other takes precedence of.
const defaultCollation = "default"
