package spectest

import (
	"fmt"
	"go/format"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// GoString returns the case as Go that builds it. It compiles in a table of
// cases, of this package or of any other that imports spec and spectest, and
// where its values need them math and time.
func (c Case) GoString() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{\nName: %s,\nReason: %s,\n", strconv.Quote(c.Name), strconv.Quote(c.Reason))
	if c.Fields != nil {
		b.WriteString("Fields: []spec.Field{\n")
		for _, f := range c.Fields {
			b.WriteString(fieldSource(f) + ",\n")
		}
		b.WriteString("},\n")
	}
	if c.Relations != nil {
		b.WriteString("Relations: []spec.Relation{\n")
		for _, r := range c.Relations {
			b.WriteString(relationSource(r) + ",\n")
		}
		b.WriteString("},\n")
	}
	fmt.Fprintf(&b, "Spec: %s,\nRows: []map[string]any{\n", Source(c.Spec))
	for _, r := range c.briefRows() {
		b.WriteString(strings.TrimPrefix(GoString(r), "map[string]any") + ",\n")
	}
	fmt.Fprintf(&b, "},\nWant: %s,\n}", strconv.Quote(c.Want))
	const before, after = "package p\n\nvar _ = []spectest.Case{", "}\n"
	pretty, err := format.Source([]byte(before + b.String() + after))
	if err != nil {
		return b.String()
	}
	return strings.TrimSuffix(strings.TrimPrefix(string(pretty), before), after)
}

// Source returns a specification as Go that builds it.
func Source(s spec.Specification) string { return nodeSource(s.Node()) }

func nodeSource(n spec.Node) string {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return "spec.All()"
		}
		return "spec.None()"
	case spec.Leaf:
		return leafSource(n)
	case spec.Negation:
		return "spec.Not(" + nodeSource(n.Term()) + ")"
	case spec.Junction:
		var terms []string
		for t := range n.Terms() {
			terms = append(terms, nodeSource(t))
		}
		name := "spec.Or("
		if n.Connective() == spec.Conjunction {
			name = "spec.And("
		}
		return name + strings.Join(terms, ", ") + ")"
	case spec.Quantified:
		name := "spec.Any("
		if n.Quantifier() == spec.Universal {
			name = "spec.Every("
		}
		return name + strconv.Quote(n.Relation()) + ", " + nodeSource(n.Term()) + ")"
	}
	return "spec.None() /* a specification with an error */"
}

func leafSource(l spec.Leaf) string {
	call := func(args ...string) string {
		return "spec." + l.Op.String() + "(" + strings.Join(append([]string{strconv.Quote(l.Field)}, args...), ", ") + ")"
	}
	switch {
	case l.Op == spec.OpIsNull:
		return call()
	case (l.Op == spec.OpIn || l.Op == spec.OpOverlaps) && l.Value.Kind() == spec.KindList:
		return call(elementSources(l.Value.List())...)
	}
	return call(valueSource(l.Value))
}

// elementSources are arguments of one type: plain ones where all are of one
// kind, values where they are not.
func elementSources(elements []spec.Value) []string {
	mixed := false
	for _, e := range elements {
		mixed = mixed || e.Kind() != elements[0].Kind()
	}
	sources := make([]string, len(elements))
	for i, e := range elements {
		sources[i] = valueSource(e)
		if mixed && e.Kind() != spec.KindNull && e.Kind() != spec.KindList {
			sources[i] = "spec.Of(" + sources[i] + ")"
		}
	}
	return sources
}

func valueSource(v spec.Value) string {
	switch v.Kind() {
	case spec.KindNull:
		return "spec.Null"
	case spec.KindInt:
		return strconv.FormatInt(v.Int(), 10)
	case spec.KindVariable:
		return "spec.Var(" + strconv.Quote(v.Variable()) + ")"
	case spec.KindField:
		return "spec.Ref(" + strconv.Quote(v.Field()) + ")"
	case spec.KindList:
		var elements []string
		for _, e := range v.List() {
			source := GoString(Plain(e))
			if e.Kind() == spec.KindInt {
				source = valueSource(e)
			}
			elements = append(elements, source)
		}
		return "spectest.List(" + strings.Join(elements, ", ") + ")"
	}
	return GoString(Plain(v))
}
