package sqlspectest

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// writePlain is a value as engines without types for it take it: decimals, days
// and UUIDs as texts or in the way that the column says, lists as JSON.
func writePlain(s sqlspec.Stored, v any) any {
	switch x := v.(type) {
	case []any:
		return writeJSON(s, x)
	case uint64:
		return int64(x)
	case spec.Decimal:
		return writeDecimal(s, x)
	case spec.Date:
		return x.String()
	case [16]byte:
		return writeUUID(s, hex.EncodeToString(x[:]))
	case string:
		if s.Field.Kind == spec.KindUUID {
			return writeUUID(s, strings.ToLower(strings.ReplaceAll(x, "-", "")))
		}
	}
	return v
}

// writeDecimal is a decimal as text, or as an integer of the smallest unit.
func writeDecimal(s sqlspec.Stored, d spec.Decimal) any {
	if s.Storage != sqlspec.StoredScaled || s.Field.List {
		return d.String()
	}
	whole, fraction, _ := strings.Cut(d.String(), ".")
	units, err := strconv.ParseInt(whole+(fraction + strings.Repeat("0", s.Digits))[:max(s.Digits, len(fraction))], 10, 64)
	if err != nil || len(fraction) > s.Digits {
		return d.String() // which no column of integers takes
	}
	return units
}

// writeUUID is a UUID of 32 digits as text in lower case, or as its octets.
func writeUUID(s sqlspec.Stored, digits string) any {
	if s.Storage == sqlspec.StoredAsBlob && !s.Field.List {
		if octets, err := hex.DecodeString(digits); err == nil {
			return octets
		}
	}
	if len(digits) != 32 {
		return digits
	}
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

// writeJSON is a list as JSON, with decimals, days and UUIDs as texts.
func writeJSON(s sqlspec.Stored, list []any) string {
	elements := make([]any, len(list))
	for i, e := range list {
		switch e.(type) {
		case string, [16]byte, spec.Decimal, spec.Date:
			e = writePlain(s, e)
		}
		elements[i] = e
	}
	text, err := json.Marshal(elements)
	if err != nil {
		panic(fmt.Sprintf("sqlspectest: %v: %v", list, err))
	}
	return string(text)
}
