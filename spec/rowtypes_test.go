package spec_test

import (
	"database/sql"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

type (
	task struct {
		ID        int64
		Name      string
		AccountID *int64
		DoneAt    sql.NullTime
	}
	record  map[string]any
	pointed *task
)

func TestRowTypes(t *testing.T) {
	s := spec.Eq("account_id", 7)
	if have := verdict(t, s, task{AccountID: ptr[int64](7)}); have != spec.True {
		t.Errorf("struct: have %v, want true", have)
	}
	if have := verdict(t, s, &task{AccountID: ptr[int64](7)}); have != spec.True {
		t.Errorf("pointer: have %v, want true", have)
	}
	if have := verdict(t, s, pointed(&task{AccountID: ptr[int64](7)})); have != spec.True {
		t.Errorf("named pointer: have %v, want true", have)
	}
	if have := verdict(t, s, map[string]any{"account_id": 7}); have != spec.True {
		t.Errorf("map: have %v, want true", have)
	}
	if have := verdict(t, s, record{"account_id": 7}); have != spec.True {
		t.Errorf("named map: have %v, want true", have)
	}
	if have := verdict(t, s, struct{ AccountID int }{7}); have != spec.True {
		t.Errorf("struct without a name: have %v, want true", have)
	}
	if have := verdict(t, spec.All(), struct{}{}); have != spec.True {
		t.Errorf("struct without fields: have %v, want true", have)
	}
}

func TestNilRows(t *testing.T) {
	for _, s := range []spec.Specification{spec.All(), spec.IsNull("account_id"), spec.Not(spec.Eq("id", 1)), spec.None()} {
		structs := must(spec.Compile[task](s))(t)
		if structs.Match(nil) || structs.Truth(nil) != spec.Unknown || len(structs.Explain(nil).Leaves) > 0 {
			t.Errorf("%v matches a nil *task", s)
		}
		pointers := must(spec.Compile[*task](s))(t)
		var row *task
		if pointers.Match(&row) || pointers.Match(nil) || pointers.Truth(&row) != spec.Unknown {
			t.Errorf("%v matches a nil pointer in a slice of them", s)
		}
		if rows := pointers.Filter([]*task{nil, nil}); len(rows) > 0 {
			t.Errorf("%v lets %d nil pointers pass", s, len(rows))
		}
		maps := must(spec.Compile[map[string]any](s))(t)
		if maps.Match(nil) || maps.Truth(nil) != spec.Unknown {
			t.Errorf("%v matches a nil pointer to a map", s)
		}
	}
}

func TestPathsOfMaps(t *testing.T) {
	row := map[string]any{
		"a": map[string]any{"b": map[string]any{"c": 1}, "null": nil},
		"x": 5, "named": record{"y": 1}, "a.b": "a key of the whole name comes first",
	}
	for _, test := range []struct {
		s    spec.Specification
		want spec.Truth
	}{
		{spec.Eq("a.b.c", 1), spec.True},
		{spec.Eq("a.b.c", 2), spec.False},
		{spec.IsNull("a.b.d"), spec.True},
		{spec.IsNull("a.c.d"), spec.True},
		{spec.IsNull("a.null.d"), spec.True},
		{spec.Ne("a.c.d", 1), spec.Unknown},
		{spec.IsNull("nowhere"), spec.True},
		{spec.IsNull("x.y"), spec.Unknown}, // x is no map: nobody knows
		{spec.NotNull("x.y"), spec.Unknown},
		{spec.Eq("a.b", "a key of the whole name comes first"), spec.Unknown}, // which of the two is meant?
		{spec.IsNull("a"), spec.False},
	} {
		if have := verdict(t, test.s, row); have != test.want {
			t.Errorf("%v: have %v, want %v", test.s, have, test.want)
		}
	}
	for _, field := range []string{".", ".a", "a.", "a..b"} {
		if _, err := spec.Compile[map[string]any](spec.IsNull(field)); !errors.Is(err, spec.ErrUnknownField) {
			t.Errorf("%q: have %v, want ErrUnknownField", field, err)
		}
	}
}

func refusesRows[T any](t *testing.T, name string, opts ...spec.Option) {
	t.Helper()
	if m, err := spec.Compile[T](spec.All(), opts...); err == nil || m != nil {
		t.Errorf("%s: rows of this type compile", name)
	}
	if rows, err := spec.Filter(spec.All(), make([]T, 3)); len(opts) == 0 && (err == nil || len(rows) > 0) {
		t.Errorf("%s: %d rows, error %v", name, len(rows), err)
	}
	var row T
	if ok, err := spec.Match(spec.All(), &row); len(opts) == 0 && (err == nil || ok) {
		t.Errorf("%s: visible %v, error %v", name, ok, err)
	}
	if sc, err := spec.SchemaOf[T](); len(opts) == 0 && (err == nil || sc != nil) {
		t.Errorf("%s: has a schema", name)
	}
}

func TestRowTypesRefused(t *testing.T) {
	refusesRows[int](t, "int")
	refusesRows[string](t, "string")
	refusesRows[any](t, "any")
	refusesRows[[]task](t, "slice")
	refusesRows[**task](t, "pointer to a pointer")
	refusesRows[*int](t, "pointer to an int")
	refusesRows[*map[string]any](t, "pointer to a map")
	refusesRows[map[string]string](t, "map of texts")
	refusesRows[map[int]any](t, "map by numbers")
	refusesRows[map[name]any](t, "map by a named text")
	refusesRows[time.Time](t, "time")
	refusesRows[*time.Time](t, "pointer to a time")
	refusesRows[struct {
		N int `spec:"n,enum=a|b"`
	}](t, "an enum of integers")
	declared := spec.WithSchema(must(spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}))(t))
	refusesRows[task](t, "struct with a declared schema", declared)
	if _, err := spec.SchemaOf[map[string]any](); err == nil {
		t.Error("a map has a schema nobody declared")
	}
}

func TestFilterKeepsOrderAndRows(t *testing.T) {
	var rows []int64
	var tasks []task
	for i := range int64(3000) { // beyond the 1,024 rows that need one allocation
		tasks = append(tasks, task{ID: i})
		if i%7 != 3 {
			rows = append(rows, i)
		}
	}
	var without []int64
	for i := int64(3); i < 3000; i += 7 {
		without = append(without, i)
	}
	m := must(spec.Compile[task](spec.NotIn("id", without...)))(t)
	ids := func(tasks []task) (ids []int64) {
		for _, task := range tasks {
			ids = append(ids, task.ID)
		}
		return ids
	}
	for _, n := range []int{0, 1, 63, 64, 65, 1023, 1024, 1025, 3000} {
		want, _ := slices.BinarySearch(rows, int64(n))
		have := m.Filter(tasks[:n])
		if diff := cmp.Diff(rows[:want], ids(have)); want > 0 && diff != "" || len(have) != want || have == nil {
			t.Errorf("of %d rows (-want +have):\n%s", n, diff)
		}
	}
	have := ids(slices.Collect(m.Seq(slices.Values(tasks))))
	if diff := cmp.Diff(rows, have); diff != "" {
		t.Errorf("Seq (-want +have):\n%s", diff)
	}
	for first := range m.Seq(slices.Values(tasks)) {
		if first.ID != 0 {
			t.Errorf("the first row of Seq is %d", first.ID)
		}
		break
	}
	m.Filter(tasks)[0].Name = "changed"
	if tasks[0].Name != "" {
		t.Error("Filter gives the caller's rows, not copies of them")
	}
	if ok := must(spec.Match(spec.Eq("id", 1), &tasks[1]))(t); !ok {
		t.Error("Match of one row")
	}
}

// What is nested in a map may be of a named map type, as the row itself.
func TestNestedNamedMap(t *testing.T) {
	row := record{"a": record{"b": 1}}
	if have := verdict(t, spec.Eq("a.b", 1), row); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
}
