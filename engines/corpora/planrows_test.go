package corpora_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// dataset returns rows for a plan: its attributes with what it compares them
// with, with what is nearly that, null, and missing.
func (e expression) dataset(name string, random *rand.Rand) *dataset {
	found := shapes{}
	found.visit(e)
	attributes := map[string]*shape{}
	for name, s := range found {
		attributes[strings.TrimPrefix(name, ".")] = s
	}
	d := &dataset{name: name, rowType: rowTypeOf(attributes)}
	d.generate(random, func(row map[string]any) { fill(row, attributes, random) })
	return d
}

// rowTypeOf declares fields of these shapes, and relations for listed objects and
// for lists of which each element is asked something.
func rowTypeOf(found map[string]*shape) (r rowType) {
	for _, name := range slices.Sorted(maps.Keys(found)) {
		s := found[name]
		switch {
		case s.fields != nil:
			*r.relate(name) = rowTypeOf(s.fields)
			continue
		case s.each:
			r.relate(name + "_each").declare(spec.Field{Name: elementField, Kind: s.column(), Nullable: true})
		}
		r.declare(spec.Field{Name: name, Kind: s.column(), Nullable: true, List: s.list})
	}
	return r
}

// fill puts values of the shapes into a row.
func fill(row map[string]any, found map[string]*shape, random *rand.Rand) {
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if value, present := found[name].value(random); present {
			put(row, name, value)
		}
		if found[name].each {
			spread(name, []map[string]any{row})
		}
	}
}

// column is the kind of the attribute, text where the plan does not tell.
func (s *shape) column() spec.Kind {
	if s.kind == spec.KindNull {
		return spec.KindString
	}
	return s.kind
}

// value returns what a row has there; it may be missing. Related rows are always
// there: a table cannot have a list of them that is null.
func (s *shape) value(random *rand.Rand) (v any, present bool) {
	if s.fields == nil && !s.each {
		switch random.IntN(12) {
		case 0:
			return nil, true
		case 1:
			return nil, false
		}
	}
	if !s.list {
		return s.scalar(random), true
	}
	list := make([]any, random.IntN(4))
	for i := range list {
		switch {
		case s.fields != nil:
			element := map[string]any{}
			fill(element, s.fields, random)
			list[i] = element
		case random.IntN(8) > 0:
			list[i] = s.scalar(random)
		}
	}
	return list, true
}

// scalar returns a constant of the plan half of the time, else something near it.
func (s *shape) scalar(random *rand.Rand) any {
	near := []any{}
	for _, constant := range s.constants {
		near = append(near, nearby(constant)...)
	}
	switch s.column() {
	case spec.KindBool:
		return random.IntN(2) == 0
	case spec.KindInt:
		near = append(near, int64(0))
	case spec.KindFloat:
		near = append(near, 0.0)
	case spec.KindTime:
		near = append(near, now)
	default:
		near = append(near, "", "x", " ")
	}
	if len(s.constants) > 0 && random.IntN(2) == 0 {
		return typed(s.constants[random.IntN(len(s.constants))], s.kind)
	}
	return typed(near[random.IntN(len(near))], s.kind)
}

// nearby returns what could be taken for a constant.
func nearby(constant any) []any {
	switch x := constant.(type) {
	case string:
		first, _, _ := strings.Cut(x, ".")
		return []any{ // the last two are what LIKE takes it for
			strings.ToUpper(x), strings.ToLower(x), x + " ", " " + x, x + x, x[:len(x)/2], x[len(x)/2:], first,
			x + ".x", x + "\u200b", strings.ReplaceAll(x, "_", "x"), strings.ReplaceAll(x, "%", "xy"),
		}
	case time.Time:
		return []any{x.Add(time.Microsecond), x.Add(-time.Microsecond), x.Add(time.Hour), x.Add(-time.Hour)}
	case json.Number:
		f, _ := x.Float64()
		return []any{f - 1, f + 1, -f}
	}
	return nil
}

// typed gives a number the type of its column.
func typed(v any, kind spec.Kind) any {
	f, isFloat := plain(v).(float64)
	switch {
	case isFloat && kind == spec.KindInt:
		return int64(f)
	case isFloat:
		return f
	}
	return v
}
