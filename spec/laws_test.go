package spec_test

import (
	"slices"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// scale is how many random specifications a property is held against.
func scale(n int) int {
	if withRace || testing.Short() {
		return n / 10
	}
	return n
}

func drawRows(d dice, n int) []drawn {
	rows := make([]drawn, n)
	for i := range rows {
		rows[i] = drawRow(d)
	}
	return rows
}

// agree holds every reading of s against every other: the compiled match, the
// explanation by the definition, the same rows as maps, and the oracle.
func agree(t *testing.T, s spec.Specification, rows []drawn) (verdicts int) {
	t.Helper()
	structs, err := spec.Compile[wide](s)
	if err != nil {
		t.Fatalf("%v does not compile: %v", s, err)
	}
	maps, err := spec.Compile[map[string]any](s, wideSchema)
	if err != nil {
		t.Fatalf("%v does not compile for maps: %v", s, err)
	}
	for i := range rows {
		want := oracle{rows[i].flat}.truth(s.Node())
		if have := structs.Match(&rows[i].row); have != (want == spec.True) {
			t.Fatalf("Match of %v: have %v, want %v\n%s", s, have, want, structs.Explain(&rows[i].row))
		}
		if have := structs.Truth(&rows[i].row); have != want {
			t.Fatalf("Explain of %v: have %v, want %v\n%s", s, have, want, structs.Explain(&rows[i].row))
		}
		if have := maps.Match(&rows[i].twin); have != (want == spec.True) {
			t.Fatalf("Match of %v over a map: have %v, want %v\n%s", s, have, want, maps.Explain(&rows[i].twin))
		}
		verdicts++
	}
	return verdicts
}

var wideSchema = func() spec.Option {
	sc, err := spec.SchemaOf[wide]()
	if err != nil {
		panic(err)
	}
	return spec.WithSchema(sc)
}()

func TestCellsAreTheFieldsOfFlat(t *testing.T) {
	sc, i := must(spec.SchemaOf[flat]())(t), 0
	for f := range sc.Fields() {
		if c := cells[i]; c.field != f.Name || c.kind != f.Kind || c.list != f.List || c.enum != (len(f.Labels) > 0) {
			t.Errorf("field %d is %+v, its cell %+v", i, f, c)
		}
		i++
	}
	if i != len(cells) {
		t.Errorf("%d fields, %d cells", i, len(cells))
	}
}

func TestEveryReadingAgrees(t *testing.T) {
	d := seeded(1)
	verdicts := 0
	for range scale(80) {
		rows := drawRows(d, 50)
		for range 60 {
			verdicts += agree(t, drawSpecification(d, 4), rows)
		}
	}
	t.Logf("%d verdicts", verdicts)
	if want := scale(240_000); verdicts < want {
		t.Errorf("%d verdicts, want %d", verdicts, want)
	}
}

// FuzzMatch reads a specification and a row from the bytes.
func FuzzMatch(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(50) {
		d, data := seeded(seed), make([]byte, 20*seed)
		for i := range data {
			data[i] = byte(d(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := decoded(data)
		agree(t, drawSpecification(d, 4), []drawn{drawRow(d), drawRow(d)})
	})
}

// truths is what s is of each row.
func truths(t *testing.T, s spec.Specification, rows []drawn) []spec.Truth {
	t.Helper()
	m, err := spec.Compile[wide](s)
	if err != nil {
		t.Fatalf("%v does not compile: %v", s, err)
	}
	list := make([]spec.Truth, len(rows))
	for i := range rows {
		list[i] = m.Truth(&rows[i].row)
		if m.Match(&rows[i].row) != (list[i] == spec.True) {
			t.Fatalf("%v: Match and Truth differ", s)
		}
	}
	return list
}

func TestLaws(t *testing.T) {
	d := seeded(2)
	for range scale(30) {
		rows := drawRows(d, 40)
		for range 8 {
			a, b, c := drawSpecification(d, 3), drawSpecification(d, 3), drawSpecification(d, 2)
			same := func(law string, s, u spec.Specification) {
				t.Helper()
				if have, want := truths(t, s, rows), truths(t, u, rows); !slices.Equal(have, want) {
					t.Fatalf("%s:\n%v\n%v\n%v\n%v", law, s, u, have, want)
				}
			}
			same("De Morgan, and", spec.And(a, b, c).Not(), spec.Or(a.Not(), b.Not(), c.Not()))
			same("De Morgan, or", spec.Or(a, b, c).Not(), spec.And(a.Not(), b.Not(), c.Not()))
			same("double negation", a.Not().Not(), a)
			same("order of and", spec.And(a, b, c), spec.And(c, a, b))
			same("order of or", spec.Or(a, b, c), spec.Or(c, a, b))
			same("duplicates in and", spec.And(a, b, a), a.And(b))
			same("duplicates in or", spec.Or(a, b, a, b), a.Or(b))
			same("grouping", a.And(b.And(c)), a.And(b).And(c))
			same("distribution", a.And(b.Or(c)), a.And(b).Or(a.And(c)))
			same("absorption", a.Or(a.And(b)), a)
			same("neutral", spec.And(spec.All(), a, spec.Or(b, spec.None())), a.And(b))

			ta, tb, not := truths(t, a, rows), truths(t, b, rows), truths(t, a.Not(), rows)
			both, either := truths(t, a.And(b), rows), truths(t, a.Or(b), rows)
			for i := range rows {
				visible, hidden, unknown := b2i(ta[i] == spec.True), b2i(not[i] == spec.True), b2i(ta[i] == spec.Unknown)
				if visible+hidden+unknown != 1 {
					t.Fatalf("partition of %v: visible %d, not visible %d, unknown %d", a, visible, hidden, unknown)
				}
				if both[i] != ta[i].And(tb[i]) || both[i] == spec.True && ta[i] != spec.True {
					t.Fatalf("And added a row: %v && %v", a, b)
				}
				if either[i] != ta[i].Or(tb[i]) || ta[i] == spec.True && either[i] != spec.True {
					t.Fatalf("Or removed a row: %v || %v", a, b)
				}
			}
		}
	}
}

// Operators in terms of each other, for every field and its values.
func TestLawsOfOperators(t *testing.T) {
	d := seeded(3)
	for range scale(20) {
		rows := drawRows(d, 40)
		for _, c := range cells {
			same := func(law string, s, u spec.Specification) {
				t.Helper()
				if have, want := truths(t, s, rows), truths(t, u, rows); !slices.Equal(have, want) {
					t.Fatalf("%s:\n%v\n%v\n%v\n%v", law, s, u, have, want)
				}
			}
			field := one(d, []string{"", "deep."}) + c.field
			v, w := drawWhole(d, c, 8), drawWhole(d, c, 8)
			eqs := spec.Or(spec.Eq(field, v), spec.Eq(field, w))
			same("In is Or of Eq", spec.In(field, v, w), eqs)
			same("NotIn is And of Ne", spec.NotIn(field, v, w), spec.And(spec.Ne(field, v), spec.Ne(field, w)))
			same("Ne is not Eq", spec.Ne(field, v), spec.Eq(field, v).Not())
			if !v.IsNull() {
				same("Distinct", spec.Distinct(field, v), spec.IsNull(field).Or(spec.NotNull(field).And(spec.Ne(field, v))))
			}
			if !c.list {
				other := one(d, comparableWith(c))
				ref, back := spec.Ref("deep."+other.field), spec.Ref(field)
				same("Eq of two fields", spec.Eq(field, ref), spec.Eq("deep."+other.field, back))
				same("Ne of two fields", spec.Ne(field, ref), spec.Eq("deep."+other.field, back).Not())
				same("Distinct of two fields", spec.Distinct(field, ref), spec.Distinct("deep."+other.field, back))
				if !c.enum {
					same("Lt of two fields", spec.Lt(field, ref), spec.Gt("deep."+other.field, back))
				}
			}
			if c.list {
				v, w := one(d, constants[c.kind]), one(d, constants[c.kind])
				same("Overlaps is Or of Contains", spec.Overlaps(field, v, w), spec.Contains(field, v).Or(spec.Contains(field, w)))
			}
			if c.kind == spec.KindString && !c.list && !c.enum {
				top := one(d, paths)
				same("Under", spec.Under(field, top), spec.Eq(field, top).Or(spec.HasPrefix(field, top+".")))
				same("EqualFold", spec.EqualFold(field, top).Or(spec.Eq(field, top)), spec.EqualFold(field, top))
			}
			same("Distinct from null", spec.Distinct(field, spec.Null), spec.NotNull(field))
			if c.enum {
				continue
			}
			same("Between", spec.Between(field, v, w), spec.Gte(field, v).And(spec.Lte(field, w)))
			same("Gt is not Lte", spec.Gt(field, v), spec.Lte(field, v).Not())
			same("Gte is not Lt", spec.Gte(field, v), spec.Lt(field, v).Not())
			same("Lte is Lt or Eq", spec.Lte(field, v), spec.Lt(field, v).Or(spec.Eq(field, v)))
		}
	}
}
