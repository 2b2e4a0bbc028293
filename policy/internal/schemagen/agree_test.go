package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

// verdict is why package policy refuses a file.
type verdict int

const (
	sound      verdict = iota // it does not, or for what no schema can know
	malformed                 // what the schema has to refuse as well
	unclear                   // for what no schema can know, before the rest was looked at
	unreadable                // it is no YAML or JSON to the letter: a key twice, an alias
)

// beyond are the reasons of package policy that no schema can know, each with a file
// that is refused for it. Those that hide are found before what the schema would
// refuse, which is then not looked for. Besides, what is no YAML or JSON to the
// letter (a key twice, an alias, a tag) is no question to a schema, and to a schema
// the version 1.0 is 1.
var beyond = []struct {
	why     string
	hides   bool
	reason  *regexp.Regexp
	example string
}{
	{
		"what a rule that is a text says", true, regexp.MustCompile(`^syntax: `),
		rule + "a ==}]}",
	},
	{
		"what is declared, and how rules use it", false,
		regexp.MustCompile(`^(the claim ".*" is |there is no (resource|claim) |no resource has the endpoint |resource ".*" has no field |resource ".*", (field|relation) )`),
		one + "claims: {a: int}\nroles: [{name: a, allow: [{endpoint: '*', rule: a == $b}]}]",
	},
	{
		"what is declared twice, in two places", false, regexp.MustCompile(`(is declared twice in this role|^there is a field .* already|is that of resource .* already)`),
		inRole + "{name: a, except: [{endpoint: x, methods: GET}, {endpoint: x, methods: get}]}",
	},
	{
		"a role twice, the second of which is not looked at", true, regexp.MustCompile(`^the role .* is declared twice`),
		one + "roles: [{name: a}, {name: a}]",
	},
	{
		"what package roles says of claims", false, regexp.MustCompile(`^policy cannot be used: `),
		rule + "{op: eq, field: a, value: {var: a..b}}}]}",
	},
	{
		"a pattern that is not RE2, a path that is none", true, regexp.MustCompile(`(the pattern is not RE2|a text that is no path)`),
		rule + "{op: under, field: a, value: a..b}}]}",
	},
	{
		"dates and instants that are in no calendar", true, regexp.MustCompile(`(a text that is not (a date|an instant)|the zero time)`),
		rule + "{op: eq, field: a, value: {date: '2024-02-30'}}}]}",
	},
	{
		"how long, large and deep a specification is", true, regexp.MustCompile(`(too deep|longer than|too long|more than \d+|outside the range)`),
		`{"rolespec":1,"roles":[{"name":"a","allow":[{"endpoint":"*","rule":{"op":"eq","field":"a","value":1e400}}]}]}`,
	},
}

// Each class of differences is one.
func TestSchemaDoesNotKnow(t *testing.T) {
	s := compiled(t)
	for _, b := range beyond {
		v, ok := instance([]byte(b.example))
		if !ok {
			t.Fatalf("%s: it cannot be read:\n%s", b.why, b.example)
		}
		_, err := policy.Parse("a", []byte(b.example))
		if refused := s.Validate(v); err == nil || refused != nil {
			t.Errorf("%s: package policy says %v, the schema %v", b.why, err, refused)
		}
		var all policy.Errors
		if errors.As(err, &all); !b.reason.MatchString(reasonOf(all[0])) {
			t.Errorf("%s: the reason is %q", b.why, reasonOf(all[0]))
		}
	}
}

// kindOf says for what a file is refused.
func kindOf(err error) verdict {
	var all policy.Errors
	if !errors.As(err, &all) {
		return sound
	}
	v := sound
	for _, e := range all {
		switch hides, ok := isBeyond(e); {
		case !ok:
			return malformed
		case hides:
			v = unclear
		}
	}
	return v
}

func isBeyond(e *policy.Error) (hides, ok bool) {
	reason := reasonOf(e)
	for _, b := range beyond {
		if b.reason.MatchString(reason) {
			return b.hides, true
		}
	}
	return false, false
}

// disagreement returns what package policy says, and an error if the schema says
// something else.
func disagreement(s *jsonschema.Schema, text []byte) (verdict, error) {
	v, ok := instance(text)
	if !ok {
		return unreadable, nil
	}
	_, err := policy.Parse("a", text)
	said := kindOf(err)
	refused := s.Validate(v)
	if said == unclear || (said == malformed) == (refused != nil) {
		return said, nil
	}
	return said, fmt.Errorf("package policy says %v, the schema %v", err, refused)
}

// What package policy refuses with an error of its own.
func TestSchemaAgreesOnErrors(t *testing.T) {
	s := compiled(t)
	files, err := filepath.Glob("../../testdata/errors/*.[yj]*")
	if err != nil || len(files) < 50 {
		t.Fatalf("there are %d files (error %v)", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := disagreement(s, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var mutants = flag.Int("schema.mutants", 4_000, "how many mutants of valid policies the schema is asked of")

// The schema accepts a file if package policy does not refuse its form, and only
// then.
func TestSchemaAgreesWithPolicy(t *testing.T) {
	s := compiled(t)
	m := newMutator(t, rand.New(rand.NewPCG(1, 2)))
	count := map[verdict]int{}
	for range *mutants {
		text := m.next()
		said, err := disagreement(s, text)
		if err != nil {
			t.Fatalf("%v:\n%s", err, text)
		}
		count[said]++
	}
	t.Logf("%d accepted, %d refused, %d unclear, %d unreadable", count[sound], count[malformed], count[unclear], count[unreadable])
	if count[sound] < *mutants/20 || count[malformed] < *mutants/4 || count[unclear] > *mutants/4 {
		t.Error("the mutants are too much alike")
	}
}

// reasonOf returns what an error says, with what tells it from others that say the
// same.
func reasonOf(e *policy.Error) string {
	var syntax *spec.SyntaxError
	if errors.As(e, &syntax) {
		return "syntax: " + e.Reason
	}
	return e.Reason
}
