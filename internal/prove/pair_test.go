package prove_test

import (
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// product returns a row for every way to give each field one of the values.
func product(values []any, fields ...string) []row {
	rows := []row{{}}
	for _, f := range fields {
		var next []row
		for _, r := range rows {
			for _, v := range values {
				with := row{f: v}
				for name, other := range r {
					with[name] = other
				}
				next = append(next, with)
			}
		}
		rows = next
	}
	return rows
}

// pairLeaf returns how to draw leaves about two fields and two claims.
func pairLeaf(r *rand.Rand, ops ...spec.Op) func() spec.Specification {
	operand := func() spec.Value {
		switch r.IntN(5) {
		case 0:
			return spec.Of(1)
		case 1, 2:
			return spec.Of(spec.Ref(pick(r, "a", "b")))
		}
		return spec.Of(spec.Var(pick(r, "v", "w")))
	}
	return func() spec.Specification {
		field := pick(r, "a", "b")
		switch r.IntN(14) {
		case 0:
			return spec.IsNull(field)
		case 1:
			return spec.In(field, spec.Of(1), spec.Of(spec.Var(pick(r, "v", "w"))))
		case 2:
			return spec.In(field, spec.Var(pick(r, "v", "w")))
		}
		return spec.NewLeaf(field, pick(r, ops...), operand())
	}
}

var comparisons = []spec.Op{spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte, spec.OpDistinct}

func TestTwoFieldsAndClaims(t *testing.T) {
	t.Parallel()
	values := []any{nil, 0, 1, 2, 3}
	claims := product([]any{nil, 0, 1, 2, "x", []any{}, []any{1, 2}}, "v", "w")
	for _, test := range []struct {
		name   string
		a, b   bool // whether they can be null
		values []any
		share  float64
	}{
		{"never null", false, false, values[1:], 0.9},
		{"one null", true, false, values, 0.8},
		{"both null", true, true, values, 0.8},
	} {
		sc := schemaOf(t, spec.Field{Name: "a", Kind: spec.KindInt, Nullable: test.a}, spec.Field{Name: "b", Kind: spec.KindInt, Nullable: test.b})
		var rows []row
		for _, r := range product(test.values, "a", "b") {
			if (r["a"] != nil || test.a) && (r["b"] != nil || test.b) {
				rows = append(rows, r)
			}
		}
		u := universe{{sc, rows, claims}}
		r := rand.New(rand.NewPCG(3, 4))
		leaf := pairLeaf(r, comparisons...)
		var s scores
		for range scale(1000) {
			s.compare(t, u, sc, draw(r, 2, leaf), draw(r, 1, leaf))
		}
		s.log(t, test.name)
		s.atLeast(t, test.share)
	}
}

func TestTwoUnknownFields(t *testing.T) {
	t.Parallel()
	values := []any{nil, 0, 1, 2, "x", stray, unread, []any{}, day(0)}
	u := universe{{nil, product(values, "a", "b"), product([]any{nil, 1, "x", []any{1}}, "v", "w")}}
	r := rand.New(rand.NewPCG(5, 6))
	leaf := pairLeaf(r, comparisons...)
	var s scores
	for range scale(1000) {
		s.compare(t, u, nil, draw(r, 2, leaf), draw(r, 1, leaf))
	}
	s.log(t, "unknown kinds")
}

// Floats that are no numbers, instants that no engine holds.
func TestTwoStrayFields(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind   spec.Kind
		values []any
	}{
		{spec.KindFloat, []any{nil, 0.0, 1.0, 2.0, stray}},
		{spec.KindTime, []any{nil, noon, later(1), later(2), stray, unread}},
		{spec.KindString, []any{nil, "", "1", "a", "b"}},
	} {
		sc := schemaOf(t, spec.Field{Name: "a", Kind: test.kind, Nullable: true}, spec.Field{Name: "b", Kind: test.kind, Nullable: true})
		u := universe{{sc, product(test.values, "a", "b"), product([]any{nil, test.values[2]}, "v", "w")}}
		r := rand.New(rand.NewPCG(7, 8))
		draws := pairLeaf(r, comparisons...)
		leaf := func() spec.Specification {
			for {
				if s := draws(); sc.Check(s, nil) == nil {
					return s
				}
			}
		}
		var s scores
		for range scale(1000) {
			s.compare(t, u, sc, draw(r, 2, leaf), draw(r, 1, leaf))
		}
		s.log(t, test.kind.String())
	}
}
