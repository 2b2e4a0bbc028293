package spectest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// GoString returns a value of a row as Go that gives it, with its type.
func GoString(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case string:
		return strconv.Quote(x)
	case []byte:
		return "[]byte(" + strconv.Quote(string(x)) + ")"
	case float64:
		return floatSource(x)
	case spec.Decimal:
		return "spec.MustDecimal(" + strconv.Quote(x.String()) + ")"
	case spec.Date:
		return fmt.Sprintf("spec.Date{Year: %d, Month: %d, Day: %d}", x.Year, x.Month, x.Day)
	case time.Time:
		return timeSource(x)
	case [16]byte:
		return "[16]byte{" + octetSource(x) + "}"
	case []any:
		elements := make([]string, len(x))
		for i, e := range x {
			elements[i] = GoString(e)
		}
		return "[]any{" + strings.Join(elements, ", ") + "}"
	case map[string]any:
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(x)) {
			pairs = append(pairs, strconv.Quote(name)+": "+GoString(x[name]))
		}
		return "map[string]any{" + strings.Join(pairs, ", ") + "}"
	case bool:
		return strconv.FormatBool(x)
	}
	return fmt.Sprintf("%T(%v)", v, v)
}

func octetSource(octets [16]byte) string {
	parts := make([]string, len(octets))
	for i, o := range octets {
		parts[i] = fmt.Sprintf("0x%02x", o)
	}
	return strings.Join(parts, ", ")
}

func floatSource(f float64) string {
	switch {
	case math.IsNaN(f):
		return "math.NaN()"
	case f == 0 && math.Signbit(f):
		return "math.Copysign(0, -1)"
	case math.IsInf(f, 0):
		return fmt.Sprintf("math.Inf(%d)", int(math.Copysign(1, f)))
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

func timeSource(t time.Time) string {
	zone := "time.UTC"
	if name, offset := t.Zone(); offset != 0 {
		zone = fmt.Sprintf("time.FixedZone(%s, %d)", strconv.Quote(name), offset)
	}
	return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, %s)",
		t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

func fieldSource(f spec.Field) string {
	parts := []string{"Name: " + strconv.Quote(f.Name), "Kind: " + kindSource(f.Kind)}
	if f.Nullable {
		parts = append(parts, "Nullable: true")
	}
	if f.List {
		parts = append(parts, "List: true")
	}
	if len(f.Labels) > 0 {
		parts = append(parts, fmt.Sprintf("Labels: %#v", f.Labels))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func relationSource(r spec.Relation) string {
	if r.One {
		return "{Name: " + strconv.Quote(r.Name) + ", One: true}"
	}
	return "{Name: " + strconv.Quote(r.Name) + "}"
}

func kindSource(k spec.Kind) string {
	name := k.String()
	if k == spec.KindUUID {
		return "spec.KindUUID"
	}
	return "spec.Kind" + strings.ToUpper(name[:1]) + name[1:]
}
