package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
)

// target is one method of one endpoint; no endpoint is everything.
type target struct {
	endpoint string
	method   string
	at       document.Pos
}

func (t target) String() string {
	if t.endpoint == "" {
		return "everything"
	}
	return fmt.Sprintf("%s %s", strings.ToUpper(plain(t.method)), document.Quote(t.endpoint))
}

// targets returns each method of each endpoint. An empty list is none of them: a
// restriction or a denial of nothing would be read as one of something.
func (b *builder) targets(t document.Target) (targets []target) {
	if t.Methods != nil && len(t.Methods) == 0 {
		b.problem(t.Pos, `write methods: [GET], or methods: "*" for all of them`, "the list of methods is empty")
		return nil
	}
	if everything(t.Endpoint) {
		if len(t.Methods) > 0 && !everything(t.Methods) {
			b.problem(t.Methods[0].Pos, "name the endpoints, or leave out the methods", "everything is every method")
		}
		return []target{{at: t.Pos}}
	}
	switch {
	case len(t.Endpoint) == 0:
		b.problem(t.Pos, `name the endpoints, or write endpoint: "*" for all of them`, "the list of endpoints is empty")
	case t.Methods == nil:
		b.problem(t.Pos, `write methods: [GET], or methods: "*" for all of them`, "the key methods is missing")
	}
	methods := b.methods(t.Methods)
	if !b.mayGrant(t.Pos, len(t.Endpoint)*len(methods)) {
		return nil
	}
	for _, endpoint := range t.Endpoint {
		if b.isEndpoint(endpoint) {
			for _, method := range methods {
				targets = append(targets, target{endpoint.Text, method.Text, t.Pos})
			}
		}
	}
	return targets
}

func everything(w document.Words) bool { return len(w) == 1 && w[0].Text == roles.AnyMethod }

// methods returns those that are methods.
func (b *builder) methods(written document.Words) (methods document.Words) {
	for _, m := range written {
		switch {
		case !b.isName(m, "method"):
		case m.Text == roles.AnyMethod && len(written) > 1:
			b.problem(m.Pos, "", "* is every method, and stands alone")
		case m.Text != roles.AnyMethod && strings.ContainsAny(m.Text, " ,;|*"):
			b.problem(m.Pos, `write a list: [GET, PUT], or "*" for all of them`, "%s is not one method", document.Quote(m.Text))
		default:
			methods = append(methods, m)
		}
	}
	return methods
}

func (b *builder) isEndpoint(w document.Word) bool {
	_, ok := b.made.endpoints[w.Text]
	switch {
	case !b.isName(w, "endpoint"):
	case w.Text == roles.AnyMethod:
		b.problem(w.Pos, "", "* is every endpoint, and stands alone")
	case !ok && len(b.document.Resources.Entries) > 0:
		if !b.file.Full() {
			b.problem(w.Pos, b.nearest(w.Text, b.endpointNames()), "no resource has the endpoint %s", document.Quote(w.Text))
		}
	default:
		return true
	}
	return false
}

// isName reports whether a text can be what names something in a request or a
// token. One with a blank at its end never would, and a denial for it would be of
// no effect.
func (b *builder) isName(w document.Word, what string) bool {
	if strings.TrimSpace(w.Text) == w.Text && !strings.ContainsFunc(w.Text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return true
	}
	b.problem(w.Pos, "", "the %s %s has blanks around it or characters that cannot be seen", what, document.Quote(w.Text))
	return false
}

// of returns the resources that a rule is about: for everything all that there are
// endpoints for.
func (b *builder) of(t document.Target) (resources []Resource) {
	var seen []int
	if everything(t.Endpoint) {
		seen = slices.Collect(maps.Values(b.made.endpoints))
	}
	for _, endpoint := range t.Endpoint {
		if i, ok := b.made.endpoints[endpoint.Text]; ok {
			seen = append(seen, i)
		}
	}
	slices.Sort(seen)
	for _, i := range slices.Compact(seen) {
		resources = append(resources, b.made.resources[i])
	}
	return resources
}
