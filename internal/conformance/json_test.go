package conformance_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// jsonClasses is what becomes of the ancestor's JSON that is read and written
// again.
var jsonClasses = []difference{
	{"written the same", "key by key and value by value", 1787},
	{"written in canonical form", "flattened, absorbed, not not, in of nothing: no other tree is", 912},
	{"refused", "a leaf is refused, see the leaves", 172},
}

// Every tree of every file.
func TestJSONOfTheAncestor(t *testing.T) {
	found := map[string]int{}
	for _, c := range load[conformance.SpecCase](t, "spec", specCases) {
		found[jsonClass(t, c.ID, c.Spec)]++
	}
	for _, c := range load[composeCase](t, "compose", 450) {
		if c.Spec != nil {
			found[jsonClass(t, c.ID, *c.Spec)]++
		}
	}
	for _, c := range load[roleCase](t, "roles", 500) {
		for _, said := range append(c.EachRole, c.verdict) {
			if said.Spec != nil {
				found[jsonClass(t, c.ID, *said.Spec)]++
			}
		}
	}
	checkCounts(t, "trees as JSON", jsonClasses, found)
}

// jsonClass reads a tree, also in the ancestor's symbols, and writes it again.
func jsonClass(t *testing.T, id string, tree conformance.Tree) string {
	t.Helper()
	s, err := tree.Specification()
	bySymbols, symbolsErr := bySymbol(t, tree).Specification()
	if (err == nil) != (symbolsErr == nil) || err == nil && !s.Equal(bySymbols) {
		t.Errorf("%s: by symbols %v (error %v), by names %v (error %v)", id, bySymbols, symbolsErr, s, err)
	}
	if err != nil {
		if !hasRefusedLeaf(tree) {
			t.Errorf("%s: %v, and no class of leaves says so", id, err)
		}
		return "refused"
	}
	text, err := s.MarshalJSON()
	if err != nil {
		t.Fatalf("%s: %v has no JSON: %v", id, s, err)
	}
	var back spec.Specification
	if err := back.UnmarshalJSON(text); err != nil || !back.Equal(s) {
		t.Errorf("%s: have %v (error %v), want %v", id, back, err, s)
	}
	same := reflect.DeepEqual(plain(t, text), plain(t, tree.Text()))
	switch canonical := isCanonical(tree); {
	case same && canonical:
		return "written the same"
	case !same && !canonical:
		return "written in canonical form"
	}
	t.Errorf("%s: have %s, want %s", id, text, tree.Text())
	return "other"
}

// plain is what JSON says, with numbers by their worth and their kind.
func plain(t *testing.T, text []byte) any {
	var v any
	decode(t, text, &v)
	return withWorth(v)
}

func withWorth(v any) any {
	switch x := v.(type) {
	case json.Number:
		return struct {
			integer bool
			worth   string
		}{conformance.IsInteger(x), number(x).RatString()}
	case []any:
		for i := range x {
			x[i] = withWorth(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = withWorth(x[k])
		}
	}
	return v
}

// isCanonical reports whether a tree is what the constructors make of it.
func isCanonical(tree conformance.Tree) bool {
	switch tree.Op {
	case "not":
		return tree.Spec.Op != "not" && !isConstant(*tree.Spec) && isCanonical(*tree.Spec)
	case "and", "or":
		return len(tree.Specs) > 1 && !slices.ContainsFunc(tree.Specs, func(sub conformance.Tree) bool {
			return sub.Op == tree.Op || isConstant(sub) || !isCanonical(sub)
		})
	case "in":
		return !isEmptyIn(newLeaf(tree, nil)) && tree.Value != nil
	}
	return true
}

func isConstant(tree conformance.Tree) bool {
	return tree.Op == "empty" || isEmptyIn(newLeaf(tree, nil))
}

// symbols are the names that the ancestor reads as well.
var symbols = map[string]string{
	"eq": "==", "neq": "!=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "not": "!", "and": "&", "or": "|",
}

// bySymbol is the tree with symbols for the operators that have one. No value of
// the files holds what looks like an operator.
func bySymbol(t *testing.T, tree conformance.Tree) (symbolic conformance.Tree) {
	t.Helper()
	text := string(tree.Text())
	for name, symbol := range symbols {
		text = strings.ReplaceAll(text, `"op": "`+name+`"`, `"op": "`+symbol+`"`)
	}
	if err := json.Unmarshal([]byte(text), &symbolic); err != nil {
		t.Fatal(err)
	}
	if symbol, ok := symbols[tree.Op]; ok && symbolic.Op != symbol {
		t.Fatalf("%s has no symbols", text)
	}
	return symbolic
}
