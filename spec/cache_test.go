package spec_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// marked makes row types that were never used before.
type marked[M any] struct {
	task
	_ [0]M
}

// What is prepared for a shape must not keep the values of whoever came first: they are
// somebody's, and they may be large. Of two new row types the one with long values takes
// as much memory as that with short ones.
func TestPreparedProgramsKeepNoValues(t *testing.T) {
	const length = 16 << 10
	for _, test := range []struct {
		name        string
		long, short func(*testing.T, int, func(string) spec.Specification) int64
		s           func(string) spec.Specification
	}{
		{"equal", keptAfter[marked[[1]int]], keptAfter[marked[[2]int]], func(s string) spec.Specification { return spec.Eq("name", s) }},
		{"listed", keptAfter[marked[[3]int]], keptAfter[marked[[4]int]], func(s string) spec.Specification { return spec.In("name", s, "b") }},
		{"definition", keptAfter[marked[[5]int]], keptAfter[marked[[6]int]], func(s string) spec.Specification { return spec.EqualFold("name", s) }},
		{"pattern", keptAfter[marked[[7]int]], keptAfter[marked[[8]int]], func(s string) spec.Specification { return spec.Matches("name", s) }},
	} {
		long, short := test.long(t, length, test.s), test.short(t, 1, test.s)
		if long > short+preparedShapes*length/3 {
			t.Errorf("%s: %d bytes are kept, of short values %d", test.name, long, short)
		}
	}
}

const preparedShapes = 30

// keptAfter returns how much more memory is in use after filtering rows by texts of a
// length, built in many shapes and bound to many templates.
func keptAfter[T any](t *testing.T, length int, filter func(string) spec.Specification) int64 {
	var templates [preparedShapes]*spec.Template
	before := held()
	for i := range templates {
		templates[i] = must(spec.NewTemplate(spec.Eq("name", spec.Var("x")).And(spec.Ne("name", "y"))))(t)
		text := strings.Repeat("x", length)
		s := filter(text)
		for range i { // another shape
			s = s.And(spec.Gt("id", -9))
		}
		for _, s := range []spec.Specification{s, must(templates[i].Bind(spec.Of(text)))(t)} {
			must(spec.Filter(s, make([]T, 2)))(t)
			must(spec.Compile[T](s))(t)
		}
	}
	after := held()
	runtime.KeepAlive(templates)
	return after - before
}

// held is how much memory is in use.
func held() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Shapes can come from outside, so they may not take more and more memory.
func TestPreparedProgramsAreBounded(t *testing.T) {
	shapes := func(from, to int) {
		for i := from; i < to; i++ {
			s := spec.Eq("id", i)
			for bit := range 20 {
				next := spec.Eq("name", "x")
				if i>>bit&1 == 1 {
					next = spec.Lt("id", 3)
				}
				s = s.And(next)
			}
			field := fmt.Sprintf("field%d", i)
			if have := must(spec.Filter(s, []task{{ID: int64(i), Name: "y"}}))(t); len(have) != 0 && i&(1<<20-1) != 1<<20-1 {
				t.Fatal("a row that is not asked for")
			}
			must(spec.Filter(spec.Eq(field, i), []map[string]any{{field: i}}))(t)
		}
	}
	shapes(0, 1000)
	before := held()
	shapes(1000, 1000+scale(10000))
	if after := held(); after > before+1<<20 {
		t.Errorf("%d bytes are held, before were %d", after, before)
	}
}

// Longer lists are no other shapes, and lists with a null are none of the kind.
func TestListsOfAnyLengthInOneShape(t *testing.T) {
	rows := make([]task, 100)
	for i := range rows {
		rows[i] = task{ID: int64(i), Name: fmt.Sprint("name ", i)}
	}
	for _, n := range []int{1, 2, 7, 8, 9, 15, 16, 17, 40} {
		ids, names := make([]spec.Value, n), make([]spec.Value, n)
		for i := range n {
			ids[i], names[i] = spec.Of(i*2), spec.Of(fmt.Sprint("name ", i*2))
		}
		for _, test := range []struct {
			s    spec.Specification
			want int
		}{
			{spec.In("id", ids...), n}, {spec.NotIn("id", ids...), 100 - n},
			{spec.In("name", names...), n}, {spec.NotIn("name", names...), 100 - n},
			{spec.In("id", append(ids, spec.Null)...), n}, {spec.NotIn("id", append(ids, spec.Null)...), 0},
			{spec.In("name", append(names, spec.Null)...), n}, {spec.NotIn("name", append(names, spec.Null)...), 0},
		} {
			if have := len(must(spec.Filter(test.s, rows))(t)); have != test.want {
				t.Errorf("%v: %d rows, want %d", test.s, have, test.want)
			}
		}
	}
}

// generic makes row types, more than a template keeps programs for.
type generic[T any] struct {
	Other T
	Name  string
}

func filtersGeneric[T any](t *testing.T, s spec.Specification) {
	t.Helper()
	rows := []generic[T]{{Name: "a"}, {Name: "b"}, {Name: "a"}}
	if have := must(spec.Filter(s, rows))(t); len(have) != 2 || have[0].Name != "a" {
		t.Errorf("%T: have %v", rows, have)
	}
	if m := must(spec.Compile[*generic[T]](s))(t); len(m.Filter([]*generic[T]{&rows[0], &rows[1], nil})) != 1 {
		t.Errorf("%T: pointers to them", rows)
	}
}

func TestTemplateForManyRowTypes(t *testing.T) {
	template := must(spec.NewTemplate(spec.Eq("name", spec.Var("x"))))(t)
	for range 3 {
		s := must(template.Bind(spec.Of("a")))(t)
		filtersGeneric[int](t, s)
		filtersGeneric[int8](t, s)
		filtersGeneric[int16](t, s)
		filtersGeneric[int32](t, s)
		filtersGeneric[string](t, s)
		filtersGeneric[bool](t, s)
		filtersGeneric[float32](t, s)
		filtersGeneric[[3]int](t, s)
	}
	type other struct{ Title string }
	s := must(template.Bind(spec.Of("a")))(t)
	for range 2 {
		if rows, err := spec.Filter(s, []other{{"a"}}); err == nil || rows != nil {
			t.Errorf("a row type without the field: %v, error %v", rows, err)
		}
	}
}

// Each variable stands for its own value, whether or not there is room for them beside
// the template.
func TestVariablesStandForTheirOwnValues(t *testing.T) {
	type row struct{ A, B, C string }
	for _, fields := range [][]string{{"b", "a"}, {"a", "b"}, {"c", "a", "b"}, {"b", "c", "a"}} {
		var terms []spec.Specification
		for _, f := range fields {
			terms = append(terms, spec.Eq(f, spec.Var("value of "+f)))
		}
		template := must(spec.NewTemplate(spec.And(terms...)))(t)
		var values []spec.Value
		for _, name := range template.Vars() {
			values = append(values, spec.Of(name))
		}
		s := must(template.Bind(values...))(t)
		p := must(template.Open().Bind(func(name string) (spec.Value, bool) { return spec.Of(name), true }))(t)
		if _, ok := s.Template(); !ok {
			t.Fatalf("%v is bound beside no template", s)
		}
		mine, other := row{"value of a", "value of b", "value of c"}, row{"value of b", "value of a", "value of c"}
		for n := range 6 {
			rows := append(make([]row, n), other, mine, other)
			for _, s := range []spec.Specification{s, p} {
				if have := must(spec.Filter(s, rows))(t); len(have) != 1 || have[0] != mine {
					t.Errorf("%v of %d rows: have %v", s, len(rows), have)
				}
				if !must(spec.Match(s, &mine))(t) || must(spec.Match(s, &other))(t) {
					t.Errorf("%v matches another row", s)
				}
			}
		}
	}
}

// Whoever comes first prepares; the others have the same rows, whatever their values.
func TestPreparedByMany(t *testing.T) {
	template := must(spec.NewTemplate(spec.Eq("name", spec.Var("x")).Or(spec.Eq("id", spec.Var("y")))))(t)
	rows := make([]task, 3000)
	for i := range rows {
		rows[i] = task{ID: int64(i), Name: fmt.Sprint(i % 10)}
	}
	together(8, func(n int) {
		m := must(spec.Compile[task](spec.Eq("name", fmt.Sprint(n))))(t)
		for i := range 30 {
			bound := must(template.Bind(spec.Of(fmt.Sprint(n)), spec.Of(n*10+(n+1)%10)))(t)
			built := spec.Or(spec.Eq("name", fmt.Sprint(n)), spec.Lt("id", 10*i)).And(spec.NotNull("id"))
			for _, s := range []spec.Specification{bound, built} {
				want := 301
				if s.Equal(built) {
					want = 300 + 9*i
				}
				if have := len(must(spec.Filter(s, rows))(t)); have != want {
					t.Errorf("%v: %d rows, want %d", s, have, want)
				}
			}
			if have := len(m.Filter(rows)); have != 300 {
				t.Errorf("%d rows of a shared matcher, want 300", have)
			}
		}
	})
}
