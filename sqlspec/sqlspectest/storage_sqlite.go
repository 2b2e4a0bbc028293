package sqlspectest

import (
	"fmt"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var sqlite = storage{
	quote: '"',
	types: map[spec.Kind]string{
		spec.KindBool: "INTEGER", spec.KindInt: "INTEGER", spec.KindUint: "INTEGER", spec.KindFloat: "REAL", spec.KindDecimal: "TEXT",
		spec.KindString: "TEXT", spec.KindBytes: "BLOB", spec.KindTime: "INTEGER", spec.KindDate: "TEXT", spec.KindUUID: "TEXT",
	},
	list: func(string) string { return "TEXT" },
	stems: map[string]column{
		"cents":  {"INTEGER", []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"token":  {"BLOB", []sqlspec.ColumnOption{sqlspec.Blob()}},
		"sealed": {"BLOB", []sqlspec.ColumnOption{sealed()}},
	},
	vary: func(e Engine, f spec.Field, c column) column {
		if e.Collation != "" && f.Kind == spec.KindString && c.typ == "TEXT" && !f.List {
			c.typ += " COLLATE " + e.Collation
			if e.Collation == "NOCASE" && e.Strict {
				c.opts = append(c.opts, sqlspec.NoCase())
			}
		}
		return c
	},
	suffix: func(e Engine) string {
		if e.Strict {
			return " STRICT"
		}
		return ""
	},
	mark:  func(int, sqlspec.Stored) string { return "?" },
	write: writeSQLite,
	bare:  func(int) string { return "?" },
	raw:   func(c string) string { return "CASE WHEN " + c + " IS NOT NULL THEN hex(" + c + ") END" },
	// A driver may turn what it reads of a column of some types into something
	// else: of an expression it knows no type.
	read: func(_ sqlspec.Stored, c string) (typ, value string) {
		return "typeof(" + c + ")", "CASE WHEN typeof(" + c + ") = 'blob' THEN hex(" + c + ") ELSE " + c + " END"
	},
	decode: decodeSQLite,
}

func writeSQLite(s sqlspec.Stored, v any) any {
	switch x := v.(type) {
	case bool:
		if x {
			return int64(1)
		}
		return int64(0)
	case time.Time:
		return x.UnixMicro()
	}
	return writePlain(s, v)
}

// decodeSQLite holds what a column gives against what a column of the kind does.
func decodeSQLite(s sqlspec.Stored, typ string, value any) (any, error) {
	text, isText := textual(value)
	whole, isInt := value.(int64)
	f := s.Field
	switch {
	case f.List && typ == "text":
		return decodeJSON(f, text)
	case f.List:
	case f.Kind == spec.KindBool && isInt:
		return whole == 1, only(whole == 0 || whole == 1, "an integer that is neither 0 nor 1")
	case f.Kind == spec.KindTime && isInt:
		return time.UnixMicro(whole).UTC(), nil
	case f.Kind == spec.KindDecimal && isInt && s.Storage == sqlspec.StoredScaled:
		return spec.DecimalOf(whole, s.Digits), nil
	case (f.Kind == spec.KindInt || f.Kind == spec.KindUint) && isInt:
		return whole, nil
	case f.Kind == spec.KindFloat && typ == "real":
		return value, nil
	case f.Kind == spec.KindBytes && typ == "blob", f.Kind == spec.KindUUID && s.Storage == sqlspec.StoredAsBlob && typ == "blob":
		return decodeText(s, text)
	case isText && typ == "text" && s.Storage == sqlspec.StoredUsually && f.Kind != spec.KindBytes && f.Kind != spec.KindTime && f.Kind != spec.KindInt && f.Kind != spec.KindBool:
		return decodeText(s, text)
	}
	return nil, fmt.Errorf("it gives the %s %v", typ, value)
}
