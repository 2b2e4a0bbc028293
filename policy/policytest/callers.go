package policytest

import (
	"encoding/json"
	"strconv"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/document"
)

// everyone stands for all callers that have a name.
const everyone = "*"

func (l *loader) callers() {
	for _, e := range l.file.Callers.Entries {
		if e.Name.Text == everyone {
			l.problem(l.main, e.Name.Pos, "", "* is every caller, and no name of one")
		}
		l.suite.callers = append(l.suite.callers, caller{e.Name.Text, l.claims(e.Value)})
	}
}

// claims reads the claims of a caller, and holds them against those that the policy
// declares: a claim of another kind is a denial, which no case should rest on by
// mistake.
func (l *loader) claims(n *document.Node) policy.Claims {
	if n.Kind != document.Map {
		l.problem(l.main, n.Pos, "claims are written {sub: ann, roles: [user]}", "%v stands where claims are wanted", n.Kind)
		return nil
	}
	if declared := l.suite.policy.Claims(); declared != nil {
		l.declaredClaims(n, l.shapes.of(declared), "")
	}
	if held := n.Value("roles"); held != nil {
		l.rolesOf(held)
	}
	claims := policy.Claims{}
	for _, k := range n.Keys {
		claims[k.Name] = plain(k.Value)
	}
	return claims
}

// declaredClaims checks the claims; those with a dot in their names are nested.
func (l *loader) declaredClaims(n *document.Node, sh *shape, prefix string) {
	for _, k := range n.Keys {
		name := prefix + k.Name
		f, ok := sh.fields[name]
		switch {
		case name == "roles": // see rolesOf
		case ok && k.Value.Kind == document.Null: // as if it were missing
		case ok:
			l.value(l.main, k.Value, f, "the claim "+strconv.Quote(name))
		case sh.inner[name] && k.Value.Kind == document.Map:
			l.declaredClaims(k.Value, sh, name+".")
		default:
			l.problem(l.main, k.Pos, nearest(name, sh.fieldNames), "the policy declares no claim %q", name)
		}
	}
}

// rolesOf checks the names of the roles. One text would be no role at all.
func (l *loader) rolesOf(n *document.Node) {
	if n.Kind != document.List {
		l.problem(l.main, n.Pos, "write roles: [user]", "roles are a list of texts, this is %v", n.Kind)
	}
	for _, item := range n.Items {
		if item.Kind != document.Text {
			l.problem(l.main, item.Pos, `write "`+item.Text+`"`, "a role is a text, this is %v", item.Kind)
		}
	}
}

// plain returns a node as encoding/json would decode it, with exact numbers.
func plain(n *document.Node) any {
	switch n.Kind {
	case document.Bool:
		return n.Text == "true"
	case document.Number:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return i
		}
		return json.Number(n.Text)
	case document.Text:
		return n.Text
	case document.List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = plain(item)
		}
		return list
	case document.Map:
		m := map[string]any{}
		for _, k := range n.Keys {
			m[k.Name] = plain(k.Value)
		}
		return m
	}
	return nil
}
