package spectest_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// scale is how much of everything the tests do.
func scale(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

func TestWorldsAreThoseOfTheirSeed(t *testing.T) {
	a, b, c := spectest.NewWorld(7, 20), spectest.NewWorld(7, 20), spectest.NewWorld(8, 20)
	if !reflect.DeepEqual(a.Tables, b.Tables) || !reflect.DeepEqual(a.Relations, b.Relations) || !reflect.DeepEqual(a.Fields, b.Fields) {
		t.Error("the same seed gives two worlds")
	}
	if reflect.DeepEqual(a.Tables, c.Tables) {
		t.Error("two seeds give the same rows")
	}
	for range 200 {
		if s, u := a.Specification(), b.Specification(); !s.Equal(u) {
			t.Fatalf("the same seed gives %v and %v", s, u)
		}
	}
}

// Every operator meets every kind that it can, every truth comes up, and every
// specification compiles.
func TestWorldsReachEverything(t *testing.T) {
	met, truths, depths := map[string]bool{}, map[spec.Truth]int{}, map[int]bool{}
	for seed := range uint64(scale(80)) {
		w := spectest.NewWorld(seed, 20)
		for range 100 {
			s := w.Specification()
			list, err := spectest.Truths(w.Schema, s, w.Rows)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			for _, truth := range list {
				truths[truth]++
			}
			depths[depth(s.Node())] = true
			meet(met, s.Node(), "", "")
			for l := range s.Leaves() {
				f, _ := w.Schema.Field(l.Field)
				met[fmt.Sprint(l.Op, " ", f.Kind, " ", f.List)] = true
				met[fmt.Sprint(l.Op, " ", l.Value.Kind())] = true
			}
		}
	}
	all := truths[spec.True] + truths[spec.False] + truths[spec.Unknown]
	for _, truth := range []spec.Truth{spec.True, spec.False, spec.Unknown} {
		if truths[truth] < all/20 {
			t.Errorf("%d of %d verdicts are %v", truths[truth], all, truth)
		}
	}
	for kind := spec.KindBool; kind <= spec.KindUUID; kind++ {
		for _, op := range []spec.Op{spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte, spec.OpDistinct, spec.OpIn, spec.OpIsNull} {
			if !met[fmt.Sprint(op, " ", kind, " false")] {
				t.Errorf("no %v of a field of kind %v", op, kind)
			}
		}
	}
	for _, want := range []string{
		"Contains string false", "HasPrefix string false", "HasSuffix string false", "Matches string false", "Under string false", "EqualFold string false",
		"ContainsFold string false", "Contains string true", "Contains int true", "Contains bool true", "Contains decimal true", "Contains float true", "Contains date true",
		"Contains uuid true", "Overlaps string true", "Overlaps int true", "Eq string true", "Lt int true", "In string true", "IsNull bool true",
		"Eq field", "Lt field", "Distinct field", "Eq null", "Contains null", "In list", "Eq uint",
	} {
		if !met[want] {
			t.Errorf("never met: %s", want)
		}
	}
	for _, quantifier := range []string{"any ", "every ", "not any ", "not every "} {
		for _, relation := range []string{"owner", "comments", "groups", "parent", "children", "friends", "owner.comments", "parent.groups", "owner.owner"} {
			if !met[quantifier+relation] {
				t.Errorf("never met: %s%s", quantifier, relation)
			}
		}
	}
	for _, want := range []string{"any in any", "any in every", "every in any", "every in every", "not any in any", "not every in every", "ref behind any", "dot behind every"} {
		if !met[want] {
			t.Errorf("never met: %s", want)
		}
	}
	for d := 1; d <= spectest.MaxDepth; d++ {
		if !depths[d] {
			t.Errorf("no specification of depth %d", d)
		}
	}
}

// meet notes which quantifiers ask for what, and in what.
func meet(met map[string]bool, n spec.Node, negated, outer string) {
	switch n := n.(type) {
	case spec.Negation:
		meet(met, n.Term(), "not ", outer)
	case spec.Junction:
		for t := range n.Terms() {
			meet(met, t, negated, outer)
		}
	case spec.Quantified:
		q := n.Quantifier().String()
		met[negated+q+" "+n.Relation()] = true
		met[negated+q+" in "+outer] = true
		meet(met, n.Term(), "", q)
	case spec.Leaf:
		met["ref behind "+outer] = met["ref behind "+outer] || n.Value.Kind() == spec.KindField
		met["dot behind "+outer] = met["dot behind "+outer] || strings.HasPrefix(n.Field, "owner.")
	}
}

func depth(n spec.Node) int {
	switch n := n.(type) {
	case spec.Negation:
		return 1 + depth(n.Term())
	case spec.Quantified:
		return 1 + depth(n.Term())
	case spec.Junction:
		deepest := 0
		for t := range n.Terms() {
			deepest = max(deepest, depth(t))
		}
		return 1 + deepest
	}
	return 1
}

func TestLawsInMemory(t *testing.T) {
	asked := 0
	for seed := range uint64(scale(20)) {
		w := spectest.NewWorld(seed, 40)
		for range 20 {
			for _, law := range spectest.Laws(w.Specification(), w.Specification(), w.Specification()) {
				left, right := visible(t, w, law.Left), visible(t, w, law.Right)
				if !law.Holds(left, right) {
					t.Fatalf("seed %d: %s:\n%v shows %v\n%v shows %v", seed, law.Name, law.Left, left, law.Right, right)
				}
				asked++
			}
		}
	}
	t.Logf("%d laws", asked)
}

func visible(t *testing.T, w *spectest.World, s spec.Specification) []int64 {
	t.Helper()
	truths, err := spectest.Truths(w.Schema, s, w.Rows)
	if err != nil {
		t.Fatal(err)
	}
	return spectest.Select(w.Rows, truths, spec.True)
}

// What a specification shows, what its negation shows, and what neither does are
// three parts of the rows; and a specification can ask for the third.
func TestPartitionInMemory(t *testing.T) {
	for seed := range uint64(scale(50)) {
		w := spectest.NewWorld(seed, 40)
		for range 20 {
			s := w.Specification()
			truths, err := spectest.Truths(w.Schema, s, w.Rows)
			if err != nil {
				t.Fatal(err)
			}
			unknown := visible(t, w, spectest.Unknown(w.Schema, s))
			if want := spectest.Select(w.Rows, truths, spec.Unknown); !slices.Equal(unknown, want) {
				t.Fatalf("seed %d: %v is unknown of %v, found %v", seed, s, want, unknown)
			}
			if !spectest.Partitions(w.Rows, visible(t, w, s), visible(t, w, s.Not()), unknown) {
				t.Fatalf("seed %d: no partition: %v", seed, s)
			}
		}
	}
}

func TestHolds(t *testing.T) {
	same, within := spectest.Law{}, spectest.Law{Within: true}
	for _, test := range []struct {
		left, right  []int64
		same, within bool
	}{
		{nil, nil, true, true},
		{[]int64{1}, []int64{1}, true, true},
		{[]int64{1}, []int64{1, 2}, false, true},
		{[]int64{1, 2}, []int64{1}, false, false},
		{[]int64{1}, []int64{2}, false, false},
		{[]int64{1, 1}, []int64{1}, false, true},
	} {
		if same.Holds(test.left, test.right) != test.same || within.Holds(test.left, test.right) != test.within {
			t.Errorf("%v and %v", test.left, test.right)
		}
	}
	rows := []spectest.Row{{"id": int64(1)}, {"id": int64(2)}, {"id": int64(3)}}
	for _, test := range []struct {
		shown, hidden, unknown []int64
		want                   bool
	}{
		{[]int64{1}, []int64{2}, []int64{3}, true},
		{[]int64{1, 2, 3}, nil, nil, true},
		{[]int64{1}, []int64{2}, nil, false},
		{[]int64{1, 2}, []int64{2}, []int64{3}, false},
		{[]int64{1, 1}, []int64{2}, []int64{3}, false},
		{[]int64{1, 4}, []int64{2}, []int64{3}, false},
	} {
		if spectest.Partitions(rows, test.shown, test.hidden, test.unknown) != test.want {
			t.Errorf("%v %v %v: want %v", test.shown, test.hidden, test.unknown, test.want)
		}
	}
}
