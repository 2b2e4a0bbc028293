package conformance_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

const specCases = 2000

// number is the exact worth of a JSON number that is an integer, and of the
// nearest double that is not.
func number(n json.Number) *big.Rat {
	r := new(big.Rat)
	if conformance.IsInteger(n) {
		r.SetString(string(n))
		return r
	}
	f, _ := n.Float64()
	r.SetFloat64(f)
	return r
}

// ancestorAnswers is what the ancestor says of each leaf of the case.
func ancestorAnswers(c conformance.SpecCase) []answer {
	answers := make([]answer, len(c.Verdicts))
	for i, v := range c.Verdicts {
		switch b, isBool := v.(bool); {
		case !isBool:
			answers[i] = raised
		default:
			answers[i] = boolAnswer(b)
		}
	}
	return answers
}

// Every leaf of every case, also those that the ancestor never got to.
func TestLeavesOfTheAncestor(t *testing.T) {
	found, equal := map[string]int{}, 0
	for _, c := range load[conformance.SpecCase](t, "spec", specCases) {
		ancestor := ancestorAnswers(c)
		i := -1
		c.Spec.Atoms(func(atom conformance.Tree) {
			i++
			have, err := ourAnswer(atom, c.Obj)
			l := newLeaf(atom, c.Obj)
			class := classOf(l)
			if class == nil {
				equal++
				if have != ancestor[i] {
					t.Errorf("%s: %+v: have %v, the ancestor %v, and no class applies (%v)", c.ID, l, have, ancestor[i], err)
				}
				return
			}
			if want := class.want(l); have != want {
				t.Errorf("%s: %+v: have %v, want %v: %s", c.ID, l, have, want, class.reason)
			}
			if class.err != nil && !errors.Is(err, class.err) {
				t.Errorf("%s: %+v: have error %v, want %v", c.ID, l, err, class.err)
			}
			if have == ancestor[i] {
				equal++
			} else {
				found[class.name]++
			}
			if strings.Contains(l.field, "__") {
				checkDunder(t, c, atom, ancestor[i])
			}
		})
		if i+1 != len(ancestor) {
			t.Errorf("%s: %d leaves, the ancestor has %d", c.ID, i+1, len(ancestor))
		}
	}
	listed := []difference{}
	for _, c := range leafClasses {
		listed = append(listed, c.difference)
	}
	checkCounts(t, "leaves", listed, found)
	t.Logf("%d leaves equal", equal)
}

// checkDunder holds that a__b differs by its spelling alone.
func checkDunder(t *testing.T, c conformance.SpecCase, atom conformance.Tree, ancestor answer) {
	t.Helper()
	atom, err := atom.Renamed(strings.ReplaceAll(atom.Field, "__", "."))
	if err != nil {
		t.Fatal(err)
	}
	want := ancestor
	if class := classOf(newLeaf(atom, c.Obj)); class != nil {
		want = class.want(newLeaf(atom, c.Obj))
	}
	if have, _ := ourAnswer(atom, c.Obj); have != want {
		t.Errorf("%s: %s with a dot: have %v, want %v", c.ID, atom.Field, have, want)
	}
}

// caseClasses is what becomes of whole cases; the classes of leaves say why.
var caseClasses = []difference{
	{"equal", "visible exactly where the ancestor says True", 1587},
	{"hidden here: null in the row", "the ancestor finds null unequal to everything, and not-null under not", 24},
	{"hidden here: null as the value", "the ancestor finds null equal to null", 16},
	{"hidden here: comparison of two kinds", "the ancestor finds everything unequal to another kind", 8},
	{"hidden here: several", "more than one of the above together", 1},
	{"raised there, hidden here", "what the ancestor cannot answer shows nothing", 176},
	{"raised there, visible as in SQL", "an or has a true operand beside the one that is unknown", 36},
	{"raised there, visible here: missing field", "isnone is true of a key that a map does not have", 1},
	{"refused: text with NUL", "see the leaves", 23},
	{"refused: pattern that is not RE2", "see the leaves", 85},
	{"refused: pattern that is no text", "see the leaves", 9},
	{"refused: in with no list", "see the leaves", 16},
	{"refused: contains a list", "see the leaves", 18},
}

// Every case as a whole: what shows is what the truth tables make of the
// leaves, and differs from the ancestor only where the class of a leaf says so.
func TestSpecCases(t *testing.T) {
	found := map[string]int{}
	for _, c := range load[conformance.SpecCase](t, "spec", specCases) {
		ours, classes := ourLeaves(c)
		have := ourCase(c)
		i := -1
		want := kleene(c.Spec, func() answer { i++; return ours[i] })
		if slices.Contains(ours, refused) {
			want = refused
		}
		if have != want {
			t.Errorf("%s: have %v, the truth tables say %v", c.ID, have, want)
		}
		ancestor := ancestorAnswers(c)
		if said := python(c.Spec, func(i int) answer { return ancestor[i] }); said != caseAnswer(c) {
			t.Fatalf("%s: the leaves make %v, the file says %v", c.ID, said, caseAnswer(c))
		}
		found[caseClass(c, have, ours, ancestor, classes)]++
	}
	checkCounts(t, "cases", caseClasses, found)
}

// caseClass says how our answer for a whole case stands to the ancestor's.
func caseClass(c conformance.SpecCase, have answer, ours, ancestor []answer, classes []string) string {
	said, shown := caseAnswer(c), have == yes
	only := func(class string) bool { // of our answers those of the class, else the ancestor's
		mixed := mixed(c.Spec, ours, ancestor, func(i int) bool { return class != "" && classes[i] == class })
		return (mixed == yes) == shown
	}
	prefix := "hidden here: "
	switch {
	case have == refused:
		return "refused: " + classes[slices.Index(ours, refused)]
	case said == raised && !shown:
		return "raised there, hidden here"
	case said == raised && only(""):
		return "raised there, visible as in SQL"
	case said == raised:
		prefix = "raised there, visible here: "
	case shown == (said == yes):
		return "equal"
	case shown:
		prefix = "visible here: "
	}
	for _, class := range leafClasses {
		if only(class.name) {
			return prefix + class.name
		}
	}
	return prefix + "several"
}

// mixed evaluates the tree with our answers for some leaves and the ancestor's
// for the rest, an exception counting as unknown.
func mixed(t conformance.Tree, ours, ancestor []answer, mine func(i int) bool) answer {
	i := -1
	return kleene(t, func() answer {
		i++
		switch {
		case mine(i):
			return ours[i]
		case ancestor[i] == raised:
			return unknown
		}
		return ancestor[i]
	})
}

func ourLeaves(c conformance.SpecCase) (answers []answer, classes []string) {
	c.Spec.Atoms(func(atom conformance.Tree) {
		a, _ := ourAnswer(atom, c.Obj)
		class := ""
		if found := classOf(newLeaf(atom, c.Obj)); found != nil {
			class = found.name
		}
		answers, classes = append(answers, a), append(classes, class)
	})
	return answers, classes
}

func ourCase(c conformance.SpecCase) answer {
	s, err := c.Spec.Specification()
	if err != nil {
		return refused
	}
	visible, err := spec.Match(s, &c.Obj)
	m, compileErr := spec.Compile[map[string]any](s)
	if err != nil || compileErr != nil {
		return refused
	}
	if truth := answer(m.Truth(&c.Obj).String()); visible == (truth == yes) {
		return truth
	}
	return "Match and Truth disagree"
}

func caseAnswer(c conformance.SpecCase) answer {
	if c.Result == nil {
		return raised
	}
	return boolAnswer(*c.Result)
}

// notRE2 are the cases that PostgreSQL could answer and we refuse.
var notRE2 = map[string]bool{"spec-pub-00734": true}

// PostgreSQL was asked about the cases that fit typed columns; what it shows is
// what we show.
func TestSpecCasesInPostgres(t *testing.T) {
	byID := map[string]conformance.SpecCase{}
	for _, c := range load[conformance.SpecCase](t, "spec", specCases) {
		byID[c.ID] = c
	}
	shown := 0
	for _, v := range load[conformance.SQLCase](t, "spec_sql", 1389) {
		c, ok := byID[v.ID]
		have := ourCase(c)
		switch {
		case !ok:
			t.Errorf("%s: no such case", v.ID)
		case notRE2[v.ID]:
			if have != refused {
				t.Errorf("%s: have %v, want it refused", v.ID, have)
			}
		case have != answer(v.SQL3) || (have == yes) != v.Visible:
			t.Errorf("%s: have %v, PostgreSQL says %v", v.ID, have, v.SQL3)
		case v.Visible:
			shown++
		}
	}
	t.Logf("%d visible in both", shown)
}
