package corpora_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// dataset returns rows for a plan: its attributes with what it compares them
// with, with what is nearly that, null, and missing.
func (e expression) dataset(name string, random *rand.Rand) *dataset {
	found := shapes{}
	found.visit(e)
	d := &dataset{name: name}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		s := found[name]
		d.fields = append(d.fields, spec.Field{Name: strings.TrimPrefix(name, "."), Kind: s.column(), Nullable: true, List: s.list})
	}
	d.generate(random, func(f spec.Field) (any, bool) { return found["."+f.Name].value(random) })
	return d
}

// column is the kind of the attribute, text where the plan does not tell.
func (s *shape) column() spec.Kind {
	if s.kind == spec.KindNull {
		return spec.KindString
	}
	return s.kind
}

// value returns what a row has there; it may be missing.
func (s *shape) value(random *rand.Rand) (v any, present bool) {
	switch random.IntN(12) {
	case 0:
		return nil, true
	case 1:
		return nil, false
	}
	if !s.list {
		return s.scalar(random), true
	}
	list := make([]any, random.IntN(4))
	for i := range list {
		if random.IntN(8) > 0 {
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
		return []any{strings.ToUpper(x), strings.ToLower(x), x + " ", " " + x, x + x, x[:len(x)/2], x[len(x)/2:], first, x + ".x", x + "\u200b"}
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
