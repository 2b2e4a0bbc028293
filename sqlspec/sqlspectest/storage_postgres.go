package sqlspectest

import (
	"fmt"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var postgres = storage{
	quote: '"',
	types: postgresTypes,
	list:  func(element string) string { return element + "[]" },
	stems: map[string]column{
		"cents":  {"int8", []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"local":  {"timestamp", []sqlspec.ColumnOption{sqlspec.Timestamp()}},
		"labels": {"jsonb", []sqlspec.ColumnOption{sqlspec.JSONB()}},
		"tags":   {"varchar[]", []sqlspec.ColumnOption{sqlspec.PostgresType("varchar")}},
		"tree":   {"ltree", []sqlspec.ColumnOption{sqlspec.Ltree()}},
		"mood":   {`"spectest mood"`, []sqlspec.ColumnOption{sqlspec.PostgresType("spectest mood")}},
		"sealed": {"bytea", []sqlspec.ColumnOption{sealed()}},
	},
	vary: func(e Engine, f spec.Field, c column) column {
		if e.Collation != "" && c.typ == "text" {
			c.typ += ` COLLATE "` + e.Collation + `"`
		}
		return c
	},
	before: []string{
		"CREATE EXTENSION IF NOT EXISTS ltree",
		`CREATE TYPE "spectest mood" AS ENUM ('calm', 'Calm', 'cross')`,
	},
	after:  []string{`DROP TYPE IF EXISTS "spectest mood"`},
	mark:   func(n int, s sqlspec.Stored) string { return fmt.Sprintf("$%d::%s", n, postgresType(s)) },
	write:  writePostgres,
	bare:   func(n int) string { return fmt.Sprintf("$%d", n) },
	raw:    func(c string) string { return c + "::text" },
	read:   readPostgres,
	decode: func(s sqlspec.Stored, typ string, value any) (any, error) { return decodeTextOf(s, value) },
}

var postgresTypes = map[spec.Kind]string{
	spec.KindBool: "bool", spec.KindInt: "int8", spec.KindUint: "int8", spec.KindFloat: "float8", spec.KindDecimal: "numeric",
	spec.KindString: "text", spec.KindBytes: "bytea", spec.KindTime: "timestamptz", spec.KindDate: "date", spec.KindUUID: "uuid",
}

// postgresType is the type of a column as the table says that it is.
func postgresType(s sqlspec.Stored) string {
	typ := postgresTypes[s.Field.Kind]
	switch {
	case s.Storage == sqlspec.StoredAsJSONB:
		return "jsonb"
	case s.PostgresType != "":
		typ = s.PostgresType
	case s.Storage == sqlspec.StoredScaled:
		typ = "int8"
	case s.Storage == sqlspec.StoredAsTimestamp:
		typ = "timestamp"
	case s.Storage == sqlspec.StoredAsLtree:
		typ = "ltree"
	}
	if s.Field.List {
		typ += "[]"
	}
	return typ
}

func writePostgres(s sqlspec.Stored, v any) any {
	switch x := v.(type) {
	case bool, []byte:
		return v
	case []any:
		if s.Storage != sqlspec.StoredAsJSONB {
			return writeArray(s, x)
		}
	case time.Time:
		return x.UTC()
	}
	return writePlain(s, v)
}

// writeArray is the text form of an array.
func writeArray(s sqlspec.Stored, list []any) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	elements := make([]string, len(list))
	for i, e := range list {
		switch x := e.(type) {
		case nil:
			elements[i] = "NULL"
			continue
		case []byte:
			e = fmt.Sprintf(`\x%x`, x)
		case time.Time:
			e = x.UTC().Format(time.RFC3339Nano)
		}
		elements[i] = `"` + escape.Replace(fmt.Sprint(writePlain(s, e))) + `"`
	}
	return "{" + strings.Join(elements, ",") + "}"
}

func readPostgres(s sqlspec.Stored, c string) (typ, value string) {
	typ = "pg_typeof(" + c + ")::text"
	switch {
	case s.Field.List:
		return typ, "to_json(" + c + ")::text"
	case s.Field.Kind == spec.KindBytes:
		return typ, "encode(" + c + ", 'hex')"
	case s.Storage == sqlspec.StoredAsTimestamp:
		return typ, "to_char(" + c + `, 'YYYY-MM-DD"T"HH24:MI:SS.US')`
	case s.Field.Kind == spec.KindTime:
		return typ, "to_char(" + c + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
	}
	return typ, c + "::text"
}

func decodeTextOf(s sqlspec.Stored, value any) (any, error) {
	text, ok := textual(value)
	if !ok {
		return nil, fmt.Errorf("it gives a %T", value)
	}
	return decodeText(s, text)
}
