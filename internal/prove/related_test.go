package prove_test

import (
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// relatedLeaf returns how to draw leaves about the rows of relations.
func relatedLeaf(r *rand.Rand, relations ...string) func() spec.Specification {
	inner := func() spec.Specification {
		f := spec.Field{Name: "x"}
		return leafOf(r, f, []any{1, 2})()
	}
	return func() spec.Specification {
		s := draw(r, 1, inner)
		if r.IntN(2) == 0 {
			return spec.Any(pick(r, relations...), s)
		}
		return spec.Every(pick(r, relations...), s)
	}
}

// related returns all lists of up to two of the rows that there can be, a row that
// is none among them.
func related() (lists []any) {
	var one []any
	for _, v := range []any{nil, 0, 1, 2, 3} {
		one = append(one, row{"x": v})
	}
	one = append(one, nil)
	lists = append(lists, nil, []any{})
	for _, a := range one {
		lists = append(lists, []any{a})
		for _, b := range one {
			lists = append(lists, []any{a, b})
		}
	}
	return lists
}

func TestRelations(t *testing.T) {
	t.Parallel()
	x := schemaOf(t, spec.Field{Name: "x", Kind: spec.KindInt, Nullable: true})
	many, err := schemaOf(t).Relate(spec.Relation{Name: "r", Rows: x})
	if err != nil {
		t.Fatal(err)
	}
	one, err := schemaOf(t).Relate(spec.Relation{Name: "r", Rows: x, One: true})
	if err != nil {
		t.Fatal(err)
	}
	hops, err := schemaOf(t).Relate(spec.Relation{Name: "o", Rows: many, One: true})
	if err != nil {
		t.Fatal(err)
	}
	var listed, single, behind []row
	for _, list := range related() {
		listed = append(listed, row{"r": list})
		behind = append(behind, row{"o": row{"r": list}})
	}
	behind = append(behind, row{}, row{"o": 7})
	for _, v := range []any{nil, 0, 1, 2, 3} {
		single = append(single, row{"r": row{"x": v}})
	}
	single = append(single, row{}, row{"r": 7})
	claims := []row{nil}
	for _, test := range []struct {
		name     string
		schema   *spec.Schema
		relation string
		u        universe
	}{
		{"many", many, "r", universe{{many, listed, claims}}},
		{"one", one, "r", universe{{one, single, claims}}},
		{"behind one", hops, "o.r", universe{{hops, behind, claims}}},
		{"unknown", nil, "r", universe{{many, listed, claims}, {one, single, claims}, {nil, append(listed, single...), claims}}},
	} {
		r := rand.New(rand.NewPCG(9, 10))
		leaf := relatedLeaf(r, test.relation)
		var s scores
		for range scale(1500) {
			s.compare(t, test.u, test.schema, draw(r, 2, leaf), draw(r, 1, leaf))
		}
		s.log(t, test.name)
		s.atLeast(t, 0.8)
	}
}
