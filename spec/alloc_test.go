//go:build !race && !rolespec_safe

package spec_test

import (
	"fmt"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// No row that is only looked at may cost an allocation.
func TestMatchDoesNotAllocate(t *testing.T) {
	row := wide{flat: flat{Text: "alpha", PText: ptr("beta"), I: 7, I8: 7, F64: 0.5, Bool: true, Time: noon, NI32: full32, UUID: id, U64: 1 << 63}, Deep: &flat{Text: "deep", I64: 7}}
	for _, s := range []spec.Specification{
		spec.Eq("text", "alpha"), spec.Ne("text", "x"), spec.Lt("text", "b"), spec.HasPrefix("text", "al"), spec.HasSuffix("text", "ha"),
		spec.Contains("text", "lph"), spec.In("text", "x", "alpha"), spec.NotIn("text", "x", "y"), spec.Eq("p_text", "beta"), spec.Eq("name", name("")),
		spec.Matches("text", "alp"), spec.Eq("i", 7), spec.Gte("i8", 7), spec.In("i", 1, 7), spec.NotIn("i", 1, 2), spec.Eq("ni32", 7), spec.Between("i", 1, 9),
		spec.Eq("bool", true), spec.Lt("f64", 1), spec.Lte("time", noon), spec.IsNull("p_date"), spec.NotNull("uuid"),
		spec.Eq("deep.text", "deep"), spec.Eq("deep.i64", 7), spec.NotNull("deep.n_text").Not(),
		spec.And(spec.Eq("i", 7), spec.Or(spec.Eq("text", "x"), spec.HasPrefix("text", "a")), spec.Not(spec.In("i", 1, 2))),
		spec.All(), spec.None(),
	} {
		m := must(spec.Compile[wide](s))(t)
		pointers := must(spec.Compile[*wide](s))(t)
		at := &row
		if have := testing.AllocsPerRun(100, func() { m.Match(&row); pointers.Match(&at) }); have > 0 {
			t.Errorf("%v: %v allocations for a row", s, have)
		}
	}
}

var full32 = something.NInt32

func init() { full32.Int32 = 7 }

// Filter allocates what it returns and nothing else, however many the rows are.
func TestAllocationsOfFilter(t *testing.T) {
	m := must(spec.Compile[task](spec.Lt("id", 500)))(t)
	rows := make([]task, 100_000)
	for i := range rows {
		rows[i].ID = int64(i)
	}
	for _, n := range []int{0, 1, 3, 4, 64, 65, 1024, 1025, 2000, 100_000} {
		if have := testing.AllocsPerRun(20, func() { m.Filter(rows[:n]) }); have > float64(min(n, 1)) {
			t.Errorf("%d rows: %v allocations, want at most %v", n, have, min(n, 1))
		}
	}
	none := must(spec.Compile[task](spec.None()))(t)
	if have := testing.AllocsPerRun(20, func() { none.Filter(rows[:1024]) }); have > 0 {
		t.Errorf("no rows: %v allocations, want none", have)
	}
}

// Neither does it when it is given the specification, once one of its shape was there.
func TestAllocationsOfPreparedFilters(t *testing.T) {
	row := task{ID: 7, Name: "alpha"}
	rows := []task{row, row}
	template := must(spec.NewTemplate(spec.Eq("name", spec.Var("x")).And(spec.Gt("id", spec.Var("y")))))(t)
	bound := must(template.Bind(spec.Of("alpha"), spec.Of(3)))(t)
	built := spec.Or(spec.Eq("name", "alpha"), spec.Lt("id", 3), spec.NotNull("done_at")).And(spec.HasPrefix("name", "al"))
	listed := spec.In("name", "alpha", "a name of more than sixteen bytes").And(spec.In("id", 7, 8), spec.NotIn("name", "beta", "gamma"))
	for name, s := range map[string]spec.Specification{"bound": bound, "built": built, "listed": listed} {
		if have := testing.AllocsPerRun(100, func() { must(spec.Filter(s, rows))(t) }); have > 2 { // one is the test's own
			t.Errorf("%s: %v allocations, want 1", name, have)
		}
		if have := testing.AllocsPerRun(100, func() { _, _ = spec.Match(s, &row) }); have > 0 {
			t.Errorf("%s: %v allocations for a row, want none", name, have)
		}
	}
}

// Nor for constants of another kind of number than the field is.
func TestAllocationsOfNumbers(t *testing.T) {
	rows := []wide{{flat: flat{F64: 1.5, U64: 7}}, {flat: flat{F64: 2.5, U64: 7}}}
	s := spec.Gt("f64", 1).And(spec.Lt("f64", 1<<53), spec.Eq("u64", 7), spec.In("i64", 0, 1))
	have := testing.AllocsPerRun(100, func() {
		if visible, err := spec.Filter(s, rows); err != nil || len(visible) != 2 {
			t.Fatal(visible, err)
		}
	})
	if have > 1 {
		t.Errorf("%v allocations, want 1", have)
	}
}

func BenchmarkMatch(b *testing.B) {
	row := task{ID: 7, Name: "alpha", AccountID: ptr[int64](7)}
	for _, s := range []spec.Specification{
		spec.Eq("id", 7), spec.Eq("name", "alpha"), spec.In("id", 1, 2, 3, 7), spec.HasPrefix("name", "al"),
		spec.And(spec.Eq("account_id", 7), spec.IsNull("done_at"), spec.Ne("name", "x")),
	} {
		m := must(spec.Compile[task](s))(b)
		b.Run(fmt.Sprint(s), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Match(&row)
			}
		})
	}
}
