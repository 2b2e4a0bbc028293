package sqlspectest

import (
	"fmt"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

var postgres = storage{
	quote: '"',
	types: map[spec.Kind]string{
		spec.KindBool: "bool", spec.KindInt: "int8", spec.KindUint: "int8", spec.KindFloat: "float8", spec.KindDecimal: "numeric",
		spec.KindString: "text", spec.KindBytes: "bytea", spec.KindTime: "timestamptz", spec.KindDate: "date", spec.KindUUID: "uuid",
	},
	list: func(element string) string { return element + "[]" },
	stems: map[string]column{
		"cents":  {typ: "int8", opts: []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"local":  {typ: "timestamp", opts: []sqlspec.ColumnOption{sqlspec.Timestamp()}},
		"labels": {typ: "jsonb", opts: []sqlspec.ColumnOption{sqlspec.JSONB()}},
		"tags":   {typ: "varchar[]", opts: []sqlspec.ColumnOption{sqlspec.PostgresType("varchar")}},
		"tree":   {typ: "ltree", opts: []sqlspec.ColumnOption{sqlspec.Ltree()}},
		"mood":   {typ: `"spectest mood"`, opts: []sqlspec.ColumnOption{sqlspec.PostgresType("spectest mood")}},
	},
	vary: func(e Engine, f spec.Field, c column) column {
		if e.Collation != "" && c.typ == "text" {
			c.typ += ` COLLATE "` + e.Collation + `"`
		}
		return c
	},
	mark:  func(n int, typ string) string { return fmt.Sprintf("$%d::%s", n, strings.Split(typ, " COLLATE ")[0]) },
	write: writePostgres,
	before: []string{
		"CREATE EXTENSION IF NOT EXISTS ltree",
		`CREATE TYPE "spectest mood" AS ENUM ('calm', 'Calm', 'cross')`,
	},
	after: []string{`DROP TYPE IF EXISTS "spectest mood"`},
}

func writePostgres(f spec.Field, v any) any {
	switch x := v.(type) {
	case []any:
		if spectest.Stem(f.Name) == "labels" {
			return jsonOf(f, x)
		}
		return arrayOf(x)
	case uint64:
		return int64(x)
	case time.Time:
		return x.UTC()
	case spec.Decimal:
		return decimalOf(f, x)
	case spec.Date:
		return x.String()
	}
	return v
}

// arrayOf is the text form of an array.
func arrayOf(list []any) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	elements := make([]string, len(list))
	for i, e := range list {
		elements[i] = "NULL"
		if e != nil {
			elements[i] = `"` + escape.Replace(fmt.Sprint(e)) + `"`
		}
	}
	return "{" + strings.Join(elements, ",") + "}"
}
