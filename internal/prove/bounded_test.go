package prove_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/spec"
)

// longest is what no questions may take: many times what they do, as a machine may
// be busy with other things.
const longest = time.Minute

// pigeons asks for more pigeons than holes, each in a hole of its own: the
// shortest proof of logic alone that it cannot be is very long.
func pigeons(n int) spec.Specification {
	in := func(pigeon, hole int) spec.Specification {
		return spec.Contains("name", fmt.Sprint(pigeon, " in ", hole))
	}
	var all []spec.Specification
	for p := range n + 1 {
		var some []spec.Specification
		for h := range n {
			some = append(some, in(p, h))
			for q := range p {
				all = append(all, spec.Not(spec.And(in(p, h), in(q, h))))
			}
		}
		all = append(all, spec.Or(some...))
	}
	return spec.And(all...)
}

// clauses asks for some of three fields in each of many clauses.
func clauses(fields, n int) spec.Specification {
	r := rand.New(rand.NewPCG(1, 1))
	var all []spec.Specification
	for range n {
		var some []spec.Specification
		for range 3 {
			some = append(some, spec.Eq(fmt.Sprint("f", r.IntN(fields)), r.IntN(2) == 0))
		}
		all = append(all, spec.Or(some...))
	}
	return spec.And(all...)
}

// tower alternates and and or, up to the greatest depth.
func tower(leaf func(int) spec.Specification) spec.Specification {
	s := leaf(0)
	for i := 1; i < spec.MaxDepth-2; i++ {
		if i%2 == 0 {
			s = spec.And(leaf(i), spec.Or(s, leaf(-i)))
		} else {
			s = spec.Or(leaf(i), spec.And(s, leaf(-i)))
		}
	}
	return s
}

// many returns so many terms.
func many(n int, term func(int) spec.Specification) (terms []spec.Specification) {
	for i := range n {
		terms = append(terms, term(i))
	}
	return terms
}

func members(n int) spec.Specification {
	values := make([]int, n)
	for i := range values {
		values[i] = 2 * i
	}
	return spec.In("id", values...)
}

func TestTimeIsBounded(t *testing.T) {
	long := strings.Repeat("a", spec.MaxText-8)
	relations := func(depth int) spec.Specification {
		s := clauses(5, 20)
		for range depth {
			s = spec.And(spec.Any("readers", s), spec.Every("readers", s), spec.Any("readers", spec.Or(s, spec.Eq("age", 1))))
		}
		return s
	}
	schemas := []*spec.Schema{document(t), nil}
	if withRace {
		schemas = schemas[:1]
	}
	for _, test := range []struct {
		name string
		s    spec.Specification
	}{
		{"pigeons", pigeons(12)},
		{"clauses", clauses(200, 860)},
		{"clauses of few fields", clauses(60, 300)},
		{"a tower", tower(func(i int) spec.Specification { return spec.Eq(fmt.Sprint("f", i), i) })},
		{"a tower of one field", tower(func(i int) spec.Specification { return spec.Gt("id", i) })},
		{"many members", spec.And(members(30_000), spec.Not(members(29_999)))},
		{"many long texts", spec.And(many(300, func(i int) spec.Specification { return spec.Ne("title", long+fmt.Sprint(i)) })...)},
		{"patterns", spec.And(append(many(100, func(i int) spec.Specification { return spec.Matches("title", fmt.Sprintf("(a?){200}b%d", i)) }),
			many(100, func(i int) spec.Specification { return spec.Ne("title", long+fmt.Sprint(i)) })...)...)},
		{"long numbers", spec.Or(many(2000, func(i int) spec.Specification {
			return spec.Gt("f", decimal(fmt.Sprintf("%d.%0400d", i, i)))
		})...)},
		{"many relations", spec.And(many(2000, func(i int) spec.Specification { return spec.Any("readers", spec.Gt("age", i)) })...)},
		{"nested relations", relations(6)},
		{"many pairs", spec.And(many(500, func(i int) spec.Specification {
			return spec.Or(spec.Eq(fmt.Sprint("f", i), spec.Ref(fmt.Sprint("f", i+1))), spec.Eq(fmt.Sprint("f", i), spec.Var("v")))
		})...)},
		{"many variables", spec.Or(many(1000, func(i int) spec.Specification {
			return spec.And(spec.Eq("id", spec.Var(fmt.Sprint("v", i))), spec.Eq("size", spec.Var(fmt.Sprint("v", i+1))))
		})...)},
	} {
		if err := test.s.Err(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		for _, sc := range schemas {
			begin := time.Now()
			never, always := prove.Never(test.s, sc), prove.Always(test.s, sc)
			implies := prove.Implies(spec.And(test.s, spec.Eq("another", true)), test.s, sc)
			took := time.Since(begin)
			t.Logf("%-22s never %-5v always %-5v implies %-5v %8v", test.name, never, always, implies, took.Round(time.Millisecond))
			if took > longest {
				t.Errorf("%s: took %v", test.name, took)
			}
		}
	}
}

// What the budget does not suffice for is not proven, though all that was tried of
// it was refuted.
func TestSpentBudgetProvesNothing(t *testing.T) {
	s := spec.Or(pigeons(12), spec.Eq("id", 1))
	if prove.Never(s, document(t)) || prove.Always(s.Not(), document(t)) || prove.Implies(s, spec.Eq("id", 2), document(t)) {
		t.Error("proven of a specification that is true of a row")
	}
}
