package spec_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func valueOf(t *testing.T, v any) spec.Value {
	t.Helper()
	value, err := spec.ValueOf(v)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAppendJoined(t *testing.T) {
	for _, texts := range [][]string{{}, {""}, {"", ""}, {"a"}, {"a", "b"}, {"a", "", "b,c"}, {strings.Repeat("long ", 100), "x"}} {
		for _, separator := range []string{"", ",", `","`} {
			for _, room := range []int{0, 2, 1000} {
				to := append(make([]byte, 0, 2+room), "<>"...)
				have, ok := valueOf(t, texts).AppendJoined(to, separator)
				if want := "<>" + strings.Join(texts, separator); string(have) != want || !ok {
					t.Errorf("%q joined by %q: %q, %v", texts, separator, have, ok)
				}
			}
		}
	}
	for _, v := range []any{nil, "a", 1, []any{"a", nil}, []any{nil}, []any{"a", 1}, []any{[]any{"a"}}, []any{[]byte("a")}} {
		if have, ok := valueOf(t, v).AppendJoined([]byte("<>"), ","); ok || string(have) != "<>" {
			t.Errorf("%v: %q, %v", v, have, ok)
		}
	}
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		v     any
		kinds []spec.Kind
		want  bool
	}{
		{[]string{"a", "b"}, []spec.Kind{spec.KindString}, true},
		{[]string{"a", "b"}, []spec.Kind{spec.KindInt, spec.KindNull}, false},
		{[]any{"a", nil}, []spec.Kind{spec.KindString}, false},
		{[]any{"a", nil}, []spec.Kind{spec.KindString, spec.KindNull}, true},
		{[]any{1, uint64(1 << 63)}, []spec.Kind{spec.KindInt}, false},
		{[]any{"a"}, nil, false},
		{[]any{}, nil, true},
		{"a", []spec.Kind{spec.KindString}, false},
		{nil, []spec.Kind{spec.KindNull}, false},
	} {
		if have := valueOf(t, c.v).Holds(c.kinds...); have != c.want {
			t.Errorf("%v holds %v: %v", c.v, c.kinds, have)
		}
	}
}

// A list of values is copied, and is as strict as any other.
func TestValueOfValues(t *testing.T) {
	elements := []spec.Value{spec.Of("a"), spec.Null, spec.Of(1)}
	v := valueOf(t, elements)
	if want := valueOf(t, []any{"a", nil, 1}); !v.Equal(want) {
		t.Errorf("have %v, want %v", v, want)
	}
	elements[0] = spec.Of("changed")
	if v.At(0).Text() != "a" {
		t.Error("it is the caller's slice")
	}
	if v := valueOf(t, []spec.Value(nil)); !v.IsNull() {
		t.Errorf("no list: %v", v)
	}
	if _, err := spec.ValueOf([]spec.Value{spec.Of("a\x00")}); err == nil {
		t.Error("a NUL in a list is no error")
	}
}

// A key is that of no other shape, and is not made where there is no room for it.
func TestAppendShape(t *testing.T) {
	a, b := spec.Eq("a", 1), spec.Eq("b", "x")
	different := []spec.Specification{
		spec.All(), spec.None(), a, b, a.Not(), spec.Ne("a", 1), spec.Eq("a", "1"), spec.Eq("aa", 1), spec.IsNull("a"), spec.In("a", 1), spec.Eq("a", spec.Ref("b")), spec.Eq("a", spec.Ref("c")),
		spec.Any("r", a), spec.Every("r", a), spec.Any("ra", a), spec.Any("r", a.Not()), a.And(b), b.And(a), a.Or(b), spec.And(a, b, a), spec.Or(a, b, a),
		spec.And(spec.Or(a, b), a, b), spec.And(spec.Or(a, b, a), b), spec.And(a, spec.Or(b, a, b)), spec.And(a, b).Not(), spec.And(a.Not(), b),
	}
	keys := map[string]spec.Specification{}
	for _, s := range different {
		key, values, ok := spec.AppendShape(make([]byte, 0, 200), make([]spec.Value, 0, 8), s)
		if !ok {
			t.Errorf("%v has no shape", s)
		}
		if other, found := keys[string(key)]; found {
			t.Errorf("%v has the key of %v", s, other)
		}
		keys[string(key)] = s
		var want []spec.Value
		for l := range s.Leaves() {
			want = append(want, l.Value)
		}
		if !slices.EqualFunc(values, want, spec.Value.Equal) && !strings.Contains(s.String(), "r") {
			t.Errorf("%v has the values %v", s, values)
		}
		for size := range len(key) {
			if k, v, ok := spec.AppendShape(make([]byte, 0, size), make([]spec.Value, 0, 8), s); ok || len(k) > 0 || len(v) > 0 {
				t.Errorf("%v: a key of %d bytes has room in %d", s, len(key), size)
			}
		}
		for size := range len(values) {
			if _, _, ok := spec.AppendShape(make([]byte, 0, 200), make([]spec.Value, 0, size), s); ok {
				t.Errorf("%v: %d values have room in %d", s, len(values), size)
			}
		}
		again, both, ok := spec.AppendShape(append(make([]byte, 0, 200), "<>"...), append(make([]spec.Value, 0, 9), spec.Of(7)), s)
		if !ok || string(again) != "<>"+string(key) || len(both) != 1+len(values) || both[0].Int() != 7 {
			t.Errorf("%v: appended %q", s, again)
		}
	}
	one, _, _ := spec.AppendShape(make([]byte, 0, 200), make([]spec.Value, 0, 8), spec.And(a, spec.In("b", "x")))
	other, _, _ := spec.AppendShape(make([]byte, 0, 200), make([]spec.Value, 0, 8), spec.And(spec.Eq("a", 2), spec.In("b", "y", "z")))
	if string(one) != string(other) {
		t.Errorf("values are in the key: %q, %q", one, other)
	}
	for _, s := range []spec.Specification{spec.Eq("a", spec.Var("v")), spec.Eq("a", "\x00"), spec.And(a, spec.Eq("", 1)).And(b)} {
		if key, _, ok := spec.AppendShape(make([]byte, 0, 200), make([]spec.Value, 0, 8), s); ok {
			t.Errorf("%v has the key %q", s, key)
		}
	}
}
