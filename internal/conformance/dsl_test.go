package conformance_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// reading is a text and what the ancestor reads in it, nil for an error.
type reading struct {
	id, text string
	read     *conformance.Tree
	printed  *conformance.Tree // what the ancestor printed as this text, if it did
}

// textClass is a kind of text that is read in another way here. The first that
// applies decides.
type textClass struct {
	difference
	applies func(reading) bool
	// want says what has to be read, or false for an error.
	want func(r reading) (spec.Specification, bool)
}

// asTheAncestor is the want of what is read alike.
func asTheAncestor(r reading) (spec.Specification, bool) {
	s, err := r.read.Specification()
	return s, err == nil
}

// refusedText is the want of a class whose texts are errors.
func refusedText(reading) (spec.Specification, bool) { return spec.None(), false }

// textsRead are the classes of what the ancestor can read.
var textsRead = []textClass{{
	difference: difference{name: "&& and || mixed", reason: "read from left to right there and by precedence elsewhere, so nobody has to guess"},
	applies:    func(r reading) bool { return conformance.MixesConnectives(r.text) },
	want:       refusedText,
}, {
	difference: difference{name: "refused when built", reason: "as its tree is: NUL, patterns that are not RE2, numbers no float holds"},
	applies:    func(r reading) bool { _, ok := asTheAncestor(r); return !ok },
	want:       refusedText,
}, {
	difference: difference{name: "field called None, True or False", reason: "reads as a value; in backquotes it is a field"},
	applies: func(r reading) bool {
		return anyLeaf(*r.read, func(l conformance.Tree) bool { return l.Field == "None" || l.Field == "True" || l.Field == "False" })
	},
	want: refusedText,
}, {
	difference: difference{name: "backslash in a text", reason: "begins an escape here, stands for itself there; what is no escape is an error"},
	applies: func(r reading) bool {
		return anyLeaf(*r.read, func(l conformance.Tree) bool { return hasBackslash(l.Value) })
	},
	want: func(r reading) (spec.Specification, bool) {
		tree, ok := decodeEscapes(*r.read)
		if !ok {
			return refusedText(r)
		}
		var written conformance.Tree
		if err := written.UnmarshalJSON(textOf(tree)); err != nil {
			return refusedText(r)
		}
		return asTheAncestor(reading{read: &written})
	},
}}

// textsRefused are the classes of what only we can read.
var textsRefused = []textClass{{
	difference: difference{name: "!#", reason: "no row; there it is !(#)"},
	applies:    func(r reading) bool { return strings.Contains(r.text, "!#") },
}, {
	difference: difference{name: "is not None", reason: "there it is !(a is None)"},
	applies:    func(r reading) bool { return strings.Contains(r.text, "is not None") },
}, {
	difference: difference{name: "escaped single quote", reason: "there a text in single quotes ends at the next one"},
	applies:    func(r reading) bool { return strings.Contains(r.text, `\'`) },
}, {
	difference: difference{name: "list as a value", reason: "for fields that are lists; the ancestor prints them and cannot read them"},
	applies:    func(r reading) bool { return listAsValue.MatchString(r.text) },
}, {
	difference: difference{name: "two fields", reason: "a word on the right is another field of the row; no schema has one called Tre"},
	applies:    func(r reading) bool { return fieldAsValue.MatchString(r.text) },
}}

// checkReading holds what we read in a text against what the ancestor reads, and
// returns the class of the case.
func checkReading(t *testing.T, r reading) string {
	t.Helper()
	have, err := spec.Parse(r.text)
	var syntax *spec.SyntaxError
	switch again, againErr := spec.Parse(have.String()); {
	case err != nil && (!errors.As(err, &syntax) || !have.IsNone()):
		t.Errorf("%s: have %v with the error %v", r.id, have, err)
	case againErr != nil || !again.Equal(have):
		t.Errorf("%s: %v is read as %v, error %v", r.id, have, again, againErr)
	}
	if r.read == nil {
		return readOnlyHere(t, r, have, err)
	}
	class := textClass{difference{name: "equal"}, nil, asTheAncestor}
	if other := classOfText(textsRead, r); other != nil {
		class = *other
	}
	if want, ok := class.want(r); (err == nil) != ok || !have.Equal(want) {
		t.Errorf("%s: %s\nhave %v (error %v), want %v (%v): %s", r.id, r.text, have, err, want, ok, class.name)
	}
	return class.name
}

func readOnlyHere(t *testing.T, r reading, have spec.Specification, err error) string {
	t.Helper()
	if err != nil {
		return "error in both"
	}
	if r.printed != nil {
		if want, err := r.printed.Specification(); err != nil || !have.Equal(want) {
			t.Errorf("%s: %s\nhave %v, printed from %v (%v)", r.id, r.text, have, want, err)
		}
	}
	if class := classOfText(textsRefused, r); class != nil {
		return class.name
	}
	t.Errorf("%s: %s\nhave %v, the ancestor refuses it, and no class applies", r.id, r.text, have)
	return ""
}

func classOfText(classes []textClass, r reading) *textClass {
	for i := range classes {
		if classes[i].applies(r) {
			return &classes[i]
		}
	}
	return nil
}

// listed are the classes with their counts in one file.
func listed(counts map[string]int) []difference {
	all := []difference{
		{"equal", "the same specification", counts["equal"]},
		{"error in both", "no text of a specification, or a field without an operator that fits", counts["error in both"]},
	}
	for _, classes := range [][]textClass{textsRead, textsRefused} {
		for _, c := range classes {
			c.count = counts[c.name]
			all = append(all, c.difference)
		}
	}
	return all
}

func TestTexts(t *testing.T) {
	found := map[string]int{}
	for _, c := range load[conformance.TextCase](t, "dsl", 500) {
		if (c.Spec == nil) != (c.Error != nil) {
			t.Fatalf("%s: a reading and an error, or neither", c.ID)
		}
		if c.Conventional != nil && !conformance.MixesConnectives(c.Text) {
			t.Errorf("%s: two readings, and no connectives that are mixed", c.ID)
		}
		found[checkReading(t, reading{c.ID, c.Text, c.Spec, nil})]++
	}
	checkCounts(t, "texts", listed(map[string]int{
		"equal": 238, "error in both": 198, "&& and || mixed": 45, "field called None, True or False": 5, "backslash in a text": 2,
		"!#": 1, "is not None": 1, "escaped single quote": 2, "two fields": 8,
	}), found)
}

// What the ancestor prints, which does not escape, is read as the ancestor reads
// it, which is not always what it printed.
func TestDumps(t *testing.T) {
	found, same := map[string]int{}, 0
	for _, c := range load[conformance.DumpCase](t, "spec", specCases) {
		if c.Text == nil {
			continue
		}
		r := reading{c.ID, *c.Text, c.Read(), &c.Spec}
		found[checkReading(t, r)]++
		have, err := spec.Parse(r.text)
		if printed, bad := c.Spec.Specification(); err == nil && bad == nil && have.Equal(printed) {
			same++
		}
	}
	checkCounts(t, "dumps", listed(map[string]int{
		"equal": 1423, "error in both": 166, "&& and || mixed": 2, "refused when built": 65, "backslash in a text": 100,
		"escaped single quote": 2, "list as a value": 186,
	}), found)
	if want := 1618; same != want {
		t.Errorf("%d dumps are read as what they were printed from, want %d", same, want)
	}
}
