package conformance_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
)

// difference is one class of answers that are not the ancestor's.
type difference struct {
	name   string
	reason string
	count  int // exactly so many; a change in either direction wants a look
}

// checkCounts compares what was found with what is listed, and prints the table
// with -v. Whatever is in no class stands under "".
func checkCounts(t *testing.T, title string, listed []difference, found map[string]int) {
	t.Helper()
	var table strings.Builder
	seen := map[string]bool{}
	for _, d := range listed {
		if seen[d.name] || d.reason == "" {
			t.Fatalf("class %q needs a name of its own and a reason", d.name)
		}
		seen[d.name] = true
		if found[d.name] != d.count {
			t.Errorf("%s: %s: have %d, want %d", title, d.name, found[d.name], d.count)
		}
		fmt.Fprintf(&table, "%6d  %-40s %s\n", found[d.name], d.name, d.reason)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if !seen[name] {
			t.Errorf("%s: %d in class %q, which is not listed", title, found[name], name)
		}
	}
	t.Logf("%s:\n%s", title, table.String())
}

func load[T any](t *testing.T, name string, want int) []T {
	t.Helper()
	cases, err := conformance.Load[T](name)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != want {
		t.Fatalf("%s has %d cases, want %d", name, len(cases), want)
	}
	return cases
}

// answer is what somebody says of one leaf or one case.
type answer string

const (
	yes     answer = "true"
	no      answer = "false"
	unknown answer = "unknown"
	refused answer = "refused" // we do not build it
	raised  answer = "raised"  // the ancestor threw an exception
)

// order makes answers Kleene's truths: and is the least, or the greatest.
func (a answer) order() int {
	return map[answer]int{no: 0, unknown: 1, yes: 2}[a]
}

func (a answer) not() answer {
	switch a {
	case yes:
		return no
	case no:
		return yes
	}
	return a
}

// kleene evaluates a tree whose leaves have these answers, straight from the
// truth tables: nothing is flattened, absorbed or left out.
func kleene(t conformance.Tree, leaf func() answer) answer {
	switch t.Op {
	case "not":
		return kleene(*t.Spec, leaf).not()
	case "and", "or":
		result := map[string]answer{"and": yes, "or": no}[t.Op]
		for _, sub := range t.Specs {
			a := kleene(sub, leaf)
			if c := cmp.Compare(a.order(), result.order()); (t.Op == "and") == (c < 0) && c != 0 {
				result = a
			}
		}
		return result
	}
	return leaf()
}

// python evaluates a tree as the ancestor does: from the left, no further than
// it has to, and an exception ends it.
func python(t conformance.Tree, leaf func(i int) answer) answer {
	next := 0
	return pythonAt(t, leaf, &next)
}

func pythonAt(t conformance.Tree, leaf func(i int) answer, next *int) answer {
	switch t.Op {
	case "not":
		return pythonAt(*t.Spec, leaf, next).not()
	case "and", "or":
		result := map[string]answer{"and": yes, "or": no}[t.Op]
		neutral := result
		for _, sub := range t.Specs {
			if result != neutral { // decided: only count its leaves
				sub.Atoms(func(conformance.Tree) { *next++ })
				continue
			}
			result = pythonAt(sub, leaf, next)
		}
		return result
	}
	*next++
	return leaf(*next - 1)
}
