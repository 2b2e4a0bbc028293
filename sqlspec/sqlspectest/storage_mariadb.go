package sqlspectest

import (
	"math"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// byteCollation is the collation of MariaDB that compares as memory does. Columns
// that have it are said to, but for paths: the general form is right as well.
const byteCollation = "utf8mb4_nopad_bin"

var mariadb = storage{
	quote: '`',
	types: map[spec.Kind]string{
		spec.KindBool: "tinyint(1)", spec.KindInt: "bigint", spec.KindUint: "bigint unsigned", spec.KindFloat: "double", spec.KindDecimal: "decimal(65,30)",
		spec.KindString: "varchar(500)", spec.KindBytes: "varbinary(500)", spec.KindTime: "datetime(6)", spec.KindDate: "date", spec.KindUUID: "uuid",
	},
	list: func(string) string { return "longtext" },
	stems: map[string]column{
		"cents":  {typ: "bigint", opts: []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"token":  {typ: "binary(16)", opts: []sqlspec.ColumnOption{sqlspec.Blob()}},
		"labels": {typ: "json"},
	},
	vary: func(e Engine, f spec.Field, c column) column {
		if f.Kind != spec.KindString || c.typ == "json" {
			return c
		}
		if e.Collation == byteCollation && !f.List && spectest.Stem(f.Name) != "path" {
			c.opts = append(c.opts, sqlspec.BinaryText())
			if len(f.Labels) > 0 {
				c.typ = "enum('calm', 'Calm', 'cross')"
			}
		}
		if e.Collation != "" {
			c.typ += " COLLATE " + e.Collation
		}
		return c
	},
	keys: true,
	mark: func(int, string) string { return "?" },
	write: func(f spec.Field, v any) any {
		switch x := v.(type) {
		case time.Time:
			return time.UnixMicro(x.UnixMicro()).UTC()
		case uint64:
			return x
		}
		return writeSQLite(f, v)
	},
	holds: func(_ spec.Field, v any) bool {
		x, isFloat := v.(float64)
		return !isFloat || !math.IsInf(x, 0)
	},
	refuses: map[string]string{
		"infinite floats":              "it stores none",
		"infinite floats are not null": "it stores none",
	},
}
