package sqlspectest

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
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
		"cents": {typ: "INTEGER", opts: []sqlspec.ColumnOption{sqlspec.Scaled(2)}},
		"token": {typ: "BLOB", opts: []sqlspec.ColumnOption{sqlspec.Blob()}},
	},
	vary: func(e Engine, f spec.Field, c column) column {
		if e.Collation != "" && f.Kind == spec.KindString && !f.List {
			c.typ += " COLLATE " + e.Collation
			if e.Collation == "NOCASE" && e.Strict {
				c.opts = append(c.opts, sqlspec.NoCase())
			}
		}
		return c
	},
	mark:  func(int, string) string { return "?" },
	write: writeSQLite,
	suffix: func(e Engine) string {
		if e.Strict {
			return " STRICT"
		}
		return ""
	},
}

func writeSQLite(f spec.Field, v any) any {
	switch x := v.(type) {
	case []any:
		return jsonOf(f, x)
	case bool:
		if x {
			return int64(1)
		}
		return int64(0)
	case uint64:
		return int64(x)
	case time.Time:
		return x.UnixMicro()
	case spec.Decimal:
		return decimalOf(f, x)
	case spec.Date:
		return x.String()
	case string:
		return textOf(f, x)
	}
	return v
}

// decimalOf is a decimal as text, or as cents.
func decimalOf(f spec.Field, d spec.Decimal) any {
	if spectest.Stem(f.Name) != "cents" {
		return d.String()
	}
	whole, fraction, _ := strings.Cut(d.String(), ".")
	units, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	if err != nil || len(fraction) > 2 {
		panic(fmt.Sprintf("sqlspectest: %v are no cents", d))
	}
	return units
}

// textOf is a text as it is, and a UUID as text in lower case or as its octets.
func textOf(f spec.Field, text string) any {
	if f.Kind != spec.KindUUID {
		return text
	}
	if spectest.Stem(f.Name) != "token" {
		return strings.ToLower(text)
	}
	octets, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	if err != nil {
		panic(fmt.Sprintf("sqlspectest: %q is no UUID", text))
	}
	return octets
}

// jsonOf is a list as JSON, with decimals, dates and UUIDs as texts.
func jsonOf(f spec.Field, list []any) string {
	elements := make([]any, len(list))
	for i, e := range list {
		elements[i] = e
		if text, ok := e.(string); ok && f.Kind == spec.KindUUID {
			elements[i] = strings.ToLower(text)
		}
	}
	text, err := json.Marshal(elements)
	if err != nil {
		panic(fmt.Sprintf("sqlspectest: %v: %v", list, err))
	}
	return string(text)
}
