package conformance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// resolve is the ancestor's resolution, written down naively: the first role in
// the order of the service that the caller has and that permits. A method that
// is none of the four is permitted by a default only if everyMethod is set.
func resolve(models []roleModel, held []string, endpoint, method string, everyMethod bool) (role, rule string) {
	for _, m := range models {
		if !slices.Contains(held, m.Name) {
			continue
		}
		e, listed := m.Endpoints[endpoint]
		switch {
		case !listed && m.Kind == "default_allow":
			return m.Name, "all"
		case e == nil || !everyMethod && !slices.Contains(verbs, method):
		case e.rule(method) != "":
			return m.Name, e.rule(method)
		}
	}
	return "", ""
}

// outcome is what a service says, in words that can be compared.
func outcome(role string, s spec.Specification) string { return fmt.Sprintf("%s: %v", role, s) }

func failure(role string) string { return "the rule of " + role + " failed" }

const (
	forbidden = "forbidden"
)

// asked is one question of the file: a case, for the whole service or for one of
// its roles.
type asked struct {
	roleCase
	models []roleModel
	said   verdict
	caller caller
	broken error // the payload cannot be read
}

// want is what the naive resolution makes of the question, with our methods.
func (a asked) want(w writing) string {
	role, rule := resolve(a.models, a.caller.Roles, a.Endpoint, strings.ToLower(a.Method), w.anyMethod)
	return a.of(w, role, rule)
}

func (a asked) of(w writing, role, rule string) string {
	switch r := rules[rule]; {
	case a.Endpoint == "" || a.Method == "" || role == "":
		return forbidden
	case r.function == nil || rule == "fails" || w.templates && r.readsEmptyClaim(a.caller):
		return failure(role)
	default:
		return outcome(role, r.function(a.caller))
	}
}

// inFile is the file's answer.
func (a asked) inFile(t *testing.T) string {
	t.Helper()
	switch a.said.Outcome {
	case "allowed":
		s, err := a.said.Spec.Specification()
		if err != nil {
			t.Fatal(err)
		}
		return outcome(a.said.Role, s)
	case forbidden:
		return forbidden
	}
	return "raised in " + a.said.Stage
}

// ours is the answer of a service, by Verify and by Decide.
func (a asked) ours(t *testing.T, s *roles.Service[caller]) string {
	t.Helper()
	visible, err := s.Verify(a.caller, a.Endpoint, a.Method)
	d := s.Decide(a.caller, a.Endpoint, a.Method)
	if !d.Specification.Equal(visible) || (err == nil) != d.Allowed() {
		t.Errorf("%s: Verify says %v (%v), Decide %v (%v)", a.ID, visible, err, d.Specification, d.Err)
	}
	var why *roles.ForbiddenError
	switch {
	case err == nil && len(d.Roles) == 1:
		return outcome(d.Roles[0], visible)
	case !errors.As(err, &why) || !visible.IsNone():
		t.Errorf("%s: %v comes with the error %v", a.ID, visible, err)
	case why.Role != "":
		return failure(why.Role)
	}
	return forbidden
}

// roleClass is a class of questions that we answer in another way. Where it
// applies, the answer is what the naive resolution makes of it in our reading.
type roleClass struct {
	difference
	applies func(asked) bool
}

// roleClasses is in order: the first that applies decides.
var roleClasses = []roleClass{
	{difference{name: "roles that are one text", reason: "searched for substrings there; here the payload cannot be read"},
		func(a asked) bool { return a.broken != nil && isText(a.Payload) }},
	{difference{name: "a role that is no text", reason: "passed over there; here the payload cannot be read"},
		func(a asked) bool { return a.broken != nil }},
	{difference{name: "empty endpoint", reason: "a name for nothing; open to a role that is open to everything there"},
		func(a asked) bool { return a.Endpoint == "" }},
	{difference{name: "attribute of a Python object", reason: "raises or forbids there; here a name like any other"},
		func(a asked) bool { return strings.HasPrefix(a.Endpoint, "__") || strings.HasPrefix(a.Method, "__") }},
	{difference{name: "upper case method", reason: "no method there; here GET is get"},
		func(a asked) bool { return a.Method != strings.ToLower(a.Method) }},
	{difference{name: "method beyond the four", reason: "unknown there; here one of AnyMethod and AllowAll"},
		func(a asked) bool { return !slices.Contains(verbs, a.Method) }},
	{difference{name: "rule that fails", reason: "raises there when the specification is read; here Verify forbids"},
		func(a asked) bool { return a.said.Stage == "specification" }},
	{difference{name: "template with an empty claim", reason: "an empty text is an absent claim; as a function it is a value"},
		func(a asked) bool {
			_, rule := resolve(a.models, a.caller.Roles, a.Endpoint, a.Method, false)
			return rules[rule].readsEmptyClaim(a.caller)
		}},
}

// class returns the class of the question, nil for none.
func (a asked) class(w writing) *roleClass {
	for i, class := range roleClasses {
		if class.applies(a) && (w.templates || class.name != "template with an empty claim") {
			return &roleClasses[i]
		}
	}
	return nil
}

func isText(payload json.RawMessage) bool {
	var p struct{ Roles any }
	err := json.Unmarshal(payload, &p)
	_, text := p.Roles.(string)
	return err == nil && text
}

// roleCounts is the number of answers that differ from the file, for whole
// services and for single roles together, by the way the roles are written.
var roleCounts = map[string]map[string]int{
	"any method": {
		"roles that are one text": 10, "a role that is no text": 15, "empty endpoint": 0,
		"attribute of a Python object": 76, "upper case method": 35, "method beyond the four": 32,
		"rule that fails": 16, "template with an empty claim": 0,
	},
	"verb by verb": {
		"roles that are one text": 10, "a role that is no text": 15, "empty endpoint": 0,
		"attribute of a Python object": 76, "upper case method": 35, "method beyond the four": 4,
		"rule that fails": 16, "template with an empty claim": 0,
	},
	"templates": {
		"roles that are one text": 10, "a role that is no text": 15, "empty endpoint": 0,
		"attribute of a Python object": 76, "upper case method": 35, "method beyond the four": 32,
		"rule that fails": 16, "template with an empty claim": 43,
	},
}

func TestRoles(t *testing.T) {
	cases := load[roleCase](t, "roles", 500)
	for _, w := range writings {
		t.Run(w.name, func(t *testing.T) {
			found, equal := map[string]int{}, 0
			for _, c := range cases {
				for _, a := range questions(t, c) {
					if class := checkQuestion(t, w, a); class == "" {
						equal++
					} else {
						found[class]++
					}
				}
			}
			var listed []difference
			for _, class := range roleClasses {
				class.count = roleCounts[w.name][class.name]
				listed = append(listed, class.difference)
			}
			checkCounts(t, "answers", listed, found)
			t.Logf("%d answers equal", equal)
		})
	}
}

// questions are the case as a whole and each of its roles alone.
func questions(t *testing.T, c roleCase) []asked {
	t.Helper()
	whole := asked{roleCase: c, models: c.Roles, said: c.verdict}
	if err := json.Unmarshal(c.Payload, &whole.caller); err != nil {
		whole.broken, whole.caller = err, caller{}
	}
	all := []asked{whole}
	if len(c.EachRole) != len(c.Roles) {
		t.Fatalf("%s: %d roles alone of %d", c.ID, len(c.EachRole), len(c.Roles))
	}
	for i, said := range c.EachRole {
		alone := whole
		alone.models, alone.said = c.Roles[i:i+1], said
		all = append(all, alone)
	}
	return all
}

// checkQuestion returns the class of the answer, "" where it is the file's.
func checkQuestion(t *testing.T, w writing, a asked) string {
	t.Helper()
	s, err := w.service(a.models)
	if err != nil {
		t.Fatalf("%s: %v", a.ID, err)
	}
	have, said := a.ours(t, s), a.inFile(t)
	if class := a.class(w); class != nil {
		if want := a.want(w); have != want {
			t.Errorf("%s: %s %q: have %q, want %q: %s", a.ID, a.Method, a.Endpoint, have, want, class.reason)
		}
		if have == said {
			return ""
		}
		return class.name
	}
	if have != said {
		t.Errorf("%s: %s %q: have %q, the ancestor %q, and no class applies", a.ID, a.Method, a.Endpoint, have, said)
	}
	return ""
}

// A service with Union shows what any permitting role shows: the specifications
// of the roles alone, joined in the order of the service.
func TestRolesTogether(t *testing.T) {
	joined := 0
	for _, c := range load[roleCase](t, "roles", 500) {
		a := questions(t, c)[0]
		if a.class(writings[0]) != nil {
			continue
		}
		want, permitting, failing := []spec.Specification{}, []string{}, ""
		for _, said := range c.EachRole {
			switch {
			case said.Outcome == "allowed":
				s, err := said.Spec.Specification()
				if err != nil {
					t.Fatal(err)
				}
				want, permitting = append(want, s), append(permitting, said.Role)
			case said.Stage == "specification" && failing == "":
				failing = said.Role
			}
		}
		s, err := writings[0].service(c.Roles, roles.Union())
		if err != nil {
			t.Fatal(err)
		}
		visible, err := s.Verify(a.caller, c.Endpoint, c.Method)
		d := s.Decide(a.caller, c.Endpoint, c.Method)
		var why *roles.ForbiddenError
		switch {
		case !d.Specification.Equal(visible) || d.Allowed() != (err == nil):
			t.Errorf("%s: Verify says %v (%v), Decide %v (%v)", c.ID, visible, err, d.Specification, d.Err)
		case len(permitting) == 0 || failing != "":
			if !errors.As(err, &why) || why.Role != failing || !visible.IsNone() {
				t.Errorf("%s: have %v (%v), want it forbidden by %q", c.ID, visible, err, failing)
			}
		case err != nil || !visible.Equal(spec.Or(want...)) || !slices.Equal(d.Roles, permitting):
			t.Errorf("%s: have %v of %v (%v), want %v of %v", c.ID, visible, d.Roles, err, spec.Or(want...), permitting)
		case len(permitting) > 1:
			joined++
		}
	}
	if joined != 68 {
		t.Errorf("%d cases join two roles or more, want 68", joined)
	}
}

// A token whose roles are one text must not become a caller: searched for
// substrings, "superadmin" would hold "admin".
func TestRolesThatAreNoList(t *testing.T) {
	for _, text := range []string{`"admin"`, `"superadmin"`, `"user,admin"`, `""`, `{"admin": true}`, `7`, `true`, `["admin", 7]`, `[["admin"]]`} {
		var c caller
		if err := json.Unmarshal([]byte(`{"roles": `+text+`}`), &c); err == nil {
			t.Errorf("%s: decoded to %q, want an error", text, c.Roles)
		}
	}
	broken := 0
	for _, c := range load[roleCase](t, "roles", 500) {
		for _, a := range questions(t, c)[:1] {
			if a.broken == nil {
				continue
			}
			broken++
			s, err := writings[0].service(c.Roles)
			if err != nil {
				t.Fatal(err)
			}
			if visible, err := s.Verify(a.caller, a.Endpoint, a.Method); err == nil || !visible.IsNone() {
				t.Errorf("%s: a caller that could not be read sees %v", a.ID, visible)
			}
		}
	}
	if broken != 40 {
		t.Errorf("%d payloads cannot be read, want 40", broken)
	}
}
