package conformance_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// composeCase is a line of compose.jsonl.
type composeCase struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind"` // compose or kwargs
	Recipe *recipe           `json:"recipe"`
	Kwargs json.RawMessage   `json:"kwargs"`
	Spec   *conformance.Tree `json:"spec"`
	Error  string            `json:"error"`
}

// recipe is a leaf, or a call with its operands.
type recipe struct {
	Call  string          `json:"call"`
	Left  *recipe         `json:"left"`
	Right *recipe         `json:"right"`
	Of    json.RawMessage `json:"of"` // one recipe for not, a list for new_and and new_or
	leaf  conformance.Tree
}

// UnmarshalJSON reads the call, or the leaf where nothing is called.
func (r *recipe) UnmarshalJSON(data []byte) error {
	type fields recipe
	if err := json.Unmarshal(data, (*fields)(r)); err != nil || r.Call != "" {
		return err
	}
	return json.Unmarshal(data, &r.leaf)
}

// build follows the recipe: methods where the ancestor calls a method, functions
// where it uses an operator or a constructor.
func (r recipe) build(t *testing.T) spec.Specification {
	t.Helper()
	if r.Call == "" {
		s, err := r.leaf.Specification()
		if err != nil {
			return spec.Eq("refused", spec.Var("")) // any specification with an error
		}
		return s
	}
	var of []recipe
	if r.Call == "not" {
		of = make([]recipe, 1)
		decode(t, r.Of, &of[0])
		return of[0].build(t).Not()
	}
	if r.Of != nil {
		decode(t, r.Of, &of)
	} else {
		of = []recipe{*r.Left, *r.Right}
	}
	terms := make([]spec.Specification, len(of))
	for i, term := range of {
		terms[i] = term.build(t)
	}
	switch r.Call {
	case "And":
		return terms[0].And(terms[1])
	case "Or":
		return terms[0].Or(terms[1])
	case "&", "new_and":
		return spec.And(terms...)
	case "|", "new_or":
		return spec.Or(terms...)
	}
	t.Fatalf("no call %q", r.Call)
	return spec.None()
}

func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

var composeClasses = []difference{
	{"equal", "built the same, operand by operand", 241},
	{"another order of operands", "x and (y and z) keeps its order here; the ancestor puts x last", 48},
	{"refused", "a leaf that is refused when built makes the whole an error, in the ancestor's tree as in ours", 11},
}

func TestCompose(t *testing.T) {
	found, seen := map[string]int{}, map[answer]int{}
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range load[composeCase](t, "compose", 450) {
		if c.Kind != "compose" {
			continue
		}
		ours := c.Recipe.build(t)
		theirs, err := c.Spec.Specification()
		if (err != nil) != hasRefusedLeaf(*c.Spec) {
			t.Errorf("%s: have error %v, want one only for a leaf that is refused", c.ID, err)
		}
		found[composeClass(ours, theirs, err)]++
		if err == nil {
			checkRows(t, random, seen, c.ID, ours, *c.Spec)
		}
	}
	for _, a := range []answer{yes, no, unknown} {
		if seen[a] < 500 {
			t.Errorf("only %d rows are %v: the rows say little", seen[a], a)
		}
	}
	t.Logf("rows: %v", seen)
	checkCounts(t, "compositions", composeClasses, found)
}

func composeClass(ours, theirs spec.Specification, refusal error) string {
	switch {
	case refusal != nil && ours.Err() != nil:
		return "refused"
	case refusal != nil || ours.Err() != nil:
		return "refused on one side only"
	case ours.Equal(theirs):
		return "equal"
	case sorted(ours.Node()) == sorted(theirs.Node()):
		return "another order of operands"
	}
	return "other"
}

// sorted prints a specification with the operands of every junction in the order
// of their text, none of them lost.
func sorted(n spec.Node) string {
	switch n := n.(type) {
	case spec.Junction:
		var terms []string
		for term := range n.Terms() {
			terms = append(terms, sorted(term))
		}
		slices.Sort(terms)
		return n.Connective().String() + "(" + strings.Join(terms, ", ") + ")"
	case spec.Negation:
		return "not(" + sorted(n.Term()) + ")"
	case spec.Leaf:
		return n.String()
	case spec.Constant:
		return map[spec.Constant]string{true: "all", false: "none"}[n]
	case spec.Invalid:
		return "error"
	}
	return "?"
}

const rowsPerCase = 40

// checkRows holds our composition against the tree that the ancestor made of
// it, evaluated by the truth tables without any constructor of ours.
func checkRows(t *testing.T, random *rand.Rand, seen map[answer]int, id string, ours spec.Specification, theirs conformance.Tree) {
	t.Helper()
	m, err := spec.Compile[map[string]any](ours)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	leaves := leavesOf(t, theirs)
	for range rowsPerCase {
		row := rowFor(random, theirs)
		want := kleene(theirs, leaves(row))
		seen[want]++
		if have := answer(m.Truth(&row).String()); have != want || m.Match(&row) != (want == yes) {
			t.Errorf("%s: %v\n of %v: have %v, the ancestor's tree is %v", id, ours, row, have, want)
		}
	}
}

// leavesOf returns what answers the leaves of a tree for a row, in order.
func leavesOf(t *testing.T, tree conformance.Tree) func(row map[string]any) func() answer {
	var leaves []*spec.Matcher[map[string]any]
	tree.Atoms(func(atom conformance.Tree) {
		s, err := atom.Specification()
		m, compileErr := spec.Compile[map[string]any](s)
		if err != nil || compileErr != nil {
			t.Fatal(err, compileErr)
		}
		leaves = append(leaves, m)
	})
	return func(row map[string]any) func() answer {
		i := -1
		return func() answer {
			i++
			return answer(leaves[i].Truth(&row).String())
		}
	}
}

// rowFor returns a row that is near the leaves of the tree: each field holds
// what some leaf asks for, something else, or nothing.
func rowFor(random *rand.Rand, tree conformance.Tree) map[string]any {
	row := map[string]any{}
	tree.Atoms(func(atom conformance.Tree) {
		if atom.Op == "empty" {
			return
		}
		choices := []any{nil, atom.Value, "a", json.Number("1"), false, []any{atom.Value}}
		if list, ok := atom.Value.([]any); ok {
			choices = append(choices, list...)
		}
		path := strings.Split(atom.Field, ".")
		here := row
		for _, part := range path[:len(path)-1] {
			next, ok := here[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				here[part] = next
			}
			here = next
		}
		here[path[len(path)-1]] = choices[random.IntN(len(choices))]
	})
	return row
}
