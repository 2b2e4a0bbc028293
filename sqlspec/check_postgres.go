package sqlspec

import (
	"database/sql"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

func (c *checker) postgres() {
	if encoding := c.text("SHOW server_encoding"); c.err == nil && encoding != "UTF8" {
		c.problem("", "the database is encoded in %s, not UTF8", encoding)
	}
	if on := c.text("SHOW standard_conforming_strings"); c.err == nil && on != "on" {
		c.problem("", "standard_conforming_strings is %s", on)
	}
	have := map[string]live{}
	c.rows(func(r *sql.Rows) error {
		var l live
		if err := r.Scan(&l.name, &l.typ, &l.notNull, &l.collation, &l.indexed); err != nil {
			return err
		}
		have[l.name] = l
		return nil
	}, `SELECT a.attname::text, format_type(a.atttypid, NULL), a.attnotnull,
			CASE WHEN co.collisdeterministic THEN '' ELSE coalesce(co.collname::text, '') END,
			EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisvalid AND i.indkey[0] = a.attnum)
		FROM pg_attribute a LEFT JOIN pg_collation co ON co.oid = a.attcollation
		WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`, quote(c.table.name...))
	c.columns(have, func(col *column, l live) string {
		if l.collation != "" {
			return "has the nondeterministic collation " + l.collation
		}
		return postgresFits(col, l.typ)
	})
}

// postgresFits says why a column cannot hold what the table says.
func postgresFits(col *column, typ string) string {
	if col.field.List {
		if col.storage == storageJSONB {
			return oneOf(typ, "jsonb")
		}
		element, isArray := strings.CutSuffix(typ, "[]")
		if !isArray {
			return oneOf(typ, "an array")
		}
		typ = element
	}
	if col.pgType != "" { // as format_type writes it: quoted only where it must be
		if names := []string{col.pgType, strings.ReplaceAll(col.pgType, `"`, "")}; oneOf(typ, names...) == "" || postgresAliases[names[1]] == typ {
			return ""
		}
		return oneOf(typ, col.pgType)
	}
	if col.field.List { // an array takes no other type than that of its elements
		return oneOf(typ, postgresLong[postgres{}.typ(col)])
	}
	return oneOf(typ, postgresTypes(col)...)
}

// postgresAliases are the short names that people write and the catalogue does
// not.
var postgresAliases = map[string]string{
	"varchar": "character varying", "int4": "integer", "int2": "smallint", "int8": "bigint", "float4": "real", "float8": "double precision", "bool": "boolean",
}

// postgresLong is how the catalogue calls the types that arguments are cast to.
var postgresLong = map[string]string{
	"bool": "boolean", "int8": "bigint", "float8": "double precision", "numeric": "numeric", "text": "text", "bytea": "bytea",
	"timestamptz": "timestamp with time zone", "date": "date", "uuid": "uuid", "ltree": "ltree",
}

func postgresTypes(col *column) []string {
	switch {
	case col.storage == storageTimestamp:
		return []string{"timestamp without time zone"}
	case col.storage == storageScaled:
		return []string{"smallint", "integer", "bigint"}
	case col.storage == storageLtree:
		return []string{"ltree"}
	}
	switch col.field.Kind {
	case spec.KindInt, spec.KindUint:
		return []string{"smallint", "integer", "bigint"}
	case spec.KindFloat:
		return []string{"double precision", "real"}
	case spec.KindString:
		return []string{"text", "character varying"}
	}
	return []string{postgresLong[postgres{}.typ(col)]}
}
