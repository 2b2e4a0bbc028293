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
		"cents":  {"bigint", []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"token":  {"binary(16)", []sqlspec.ColumnOption{sqlspec.Blob()}},
		"labels": {"json", nil},
		"sealed": {"varbinary(500)", []sqlspec.ColumnOption{sealed()}},
	},
	vary: varyMariaDB,
	keys: true,
	mark: func(int, sqlspec.Stored) string { return "?" },
	write: func(s sqlspec.Stored, v any) any {
		switch x := v.(type) {
		case time.Time:
			return time.UnixMicro(x.UnixMicro()).UTC()
		case uint64:
			return x
		}
		return writeSQLite(s, v)
	},
	holds: func(_ spec.Field, v any) bool {
		x, isFloat := v.(float64)
		return !isFloat || !math.IsInf(x, 0)
	},
	bare:   func(int) string { return "?" },
	raw:    func(c string) string { return "HEX(CAST(" + c + " AS BINARY))" },
	read:   readMariaDB,
	decode: func(s sqlspec.Stored, typ string, value any) (any, error) { return decodeTextOf(s, value) },
	refuses: map[string]string{
		"infinite floats":              "it stores none",
		"infinite floats are not null": "it stores none",
	},
}

func varyMariaDB(e Engine, f spec.Field, c column) column {
	if f.Kind != spec.KindString || c.typ == "json" || c.typ == "varbinary(500)" {
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
}

func readMariaDB(s sqlspec.Stored, c string) (typ, value string) {
	switch {
	case s.Field.List, s.Field.Kind == spec.KindString:
		return "''", "CONVERT(" + c + " USING utf8mb4)"
	case s.Field.Kind == spec.KindBytes, s.Storage == sqlspec.StoredAsBlob:
		return "''", "HEX(" + c + ")"
	case s.Field.Kind == spec.KindTime:
		return "''", "DATE_FORMAT(" + c + ", '%Y-%m-%dT%H:%i:%s.%f')"
	}
	return "''", "CAST(" + c + " AS CHAR)"
}
