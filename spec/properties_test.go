package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// drawHostile is a specification whose fields, values and variables all would
// like to be structure.
func drawHostile(d dice, depth int) spec.Specification {
	field := "f" + hostile(d)
	values := []spec.Value{spec.Of(hostile(d)), spec.Of([]byte(hostile(d))), spec.Of(spec.Var("v" + hostile(d))), spec.Null, spec.Of(0.5), spec.Of(spec.Ref("r" + hostile(d)))}
	switch d(9) {
	case 0, 1:
		return spec.In(field, append(values[:5], listValue(hostile(d)))...)
	case 2:
		return spec.IsNull(field)
	case 3:
		return spec.HasPrefix(field, hostile(d))
	case 4, 5:
		if depth > 0 {
			return spec.Not(drawHostile(d, depth-1))
		}
	case 6, 7:
		if depth > 0 {
			terms := []spec.Specification{drawHostile(d, depth-1), drawHostile(d, depth-1), drawHostile(d, depth-1)}
			if d(2) == 0 {
				return spec.And(terms...)
			}
			return spec.Or(terms...)
		}
	}
	return spec.Eq(field, one(d, values))
}

// shape counts what is structure in a specification.
type shape struct{ and, or, not, leaves, lists, open int }

func shapeOfNode(n spec.Node, nested bool) (s shape) {
	switch n := n.(type) {
	case spec.Leaf:
		s.leaves++
		s.ofValue(n.Value)
	case spec.Negation:
		s = shapeOfNode(n.Term(), false)
		s.not++
		s.open++
	case spec.Junction:
		if nested {
			s.open++
		}
		for t := range n.Terms() {
			s.add(shapeOfNode(t, true))
		}
		if n.Connective() == spec.Conjunction {
			s.and += n.Len() - 1
		} else {
			s.or += n.Len() - 1
		}
	}
	return s
}

func (s *shape) add(t shape) {
	s.and, s.or, s.not, s.leaves, s.lists, s.open = s.and+t.and, s.or+t.or, s.not+t.not, s.leaves+t.leaves, s.lists+t.lists, s.open+t.open
}

func (s *shape) ofValue(v spec.Value) {
	switch v.Kind() {
	case spec.KindList:
		s.lists++
		for _, e := range v.List() {
			s.ofValue(e)
		}
	case spec.KindBytes:
		s.open++ // bytes("...")
	}
}

// shapeOfText counts the same in a text, by what stands outside of quotes.
func shapeOfText(text string) (s shape) {
	bare := unquoted(text)
	s.and, s.or, s.not = strings.Count(bare, " && "), strings.Count(bare, " || "), strings.Count(bare, "!(")
	s.lists, s.open = strings.Count(bare, "["), strings.Count(bare, "(")
	s.leaves = s.and + s.or + 1
	if strings.Count(bare, ")") != s.open || strings.Count(bare, "]") != s.lists {
		s.leaves = -1
	}
	return s
}

// unquoted is the text without what stands in double or back quotes, where a
// backslash takes what follows it along.
func unquoted(text string) string {
	var b strings.Builder
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote == 0 && (c == '"' || c == '`'):
			quote = c
			b.WriteByte('_')
		case quote == 0:
			b.WriteByte(c)
		case c == '\\':
			i++
		case c == quote:
			quote = 0
		}
	}
	if quote != 0 {
		return "never closed ("
	}
	return b.String()
}

func TestNoValueLooksLikeStructure(t *testing.T) {
	d := seeded(5)
	for range scale(20_000) {
		s := drawHostile(d, 3)
		text := s.String()
		if have, want := shapeOfText(text), shapeOfNode(s.Node(), false); have != want {
			t.Fatalf("have %+v, want %+v:\n%s\n%s", have, want, text, unquoted(text))
		}
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x2028 || r == 0x202e }); i >= 0 {
			t.Fatalf("%q shows a control character", text)
		}
	}
}

// Two specifications read the same where they are Equal, and only there.
func TestTextIsEquality(t *testing.T) {
	d := seeded(6)
	texts := map[string]spec.Specification{}
	for range scale(20_000) {
		s := drawHostile(d, 2)
		if d(2) == 0 {
			s = drawSpecification(d, 2)
		}
		if twin, ok := texts[s.String()]; ok && !twin.Equal(s) {
			t.Fatalf("two specifications print as %s", s)
		}
		texts[s.String()] = s
	}
}

// Every constant taken out as a variable, and bound again, gives the same.
func TestTemplatesBindToWhatTheyWere(t *testing.T) {
	d := seeded(7)
	for range scale(5_000) {
		s := drawSpecification(d, 4)
		values := map[string]spec.Value{}
		template := templateOf(s.Node(), values)
		if err := template.Err(); err != nil {
			t.Fatalf("%v as a template: %v", s, err)
		}
		if len(template.Vars()) != len(values) || template.IsTemplate() != (len(values) > 0) {
			t.Fatalf("%v has the variables %v, want %d", template, template.Vars(), len(values))
		}
		back, err := template.Bind(func(name string) (spec.Value, bool) { v, ok := values[name]; return v, ok })
		if err != nil || !back.Equal(s) || back.String() != s.String() {
			t.Fatalf("have %v (error %v), want %v", back, err, s)
		}
	}
}

func templateOf(n spec.Node, values map[string]spec.Value) spec.Specification {
	switch n := n.(type) {
	case spec.Leaf:
		if n.Op == spec.OpIsNull || n.Value.Kind() == spec.KindField || n.Op == spec.OpIn && slices.ContainsFunc(n.Value.List(), isList) {
			return spec.NewLeaf(n.Field, n.Op, n.Value)
		}
		name := fmt.Sprintf("v%04d", len(values))
		values[name] = n.Value
		if n.Op == spec.OpIn {
			return spec.In(n.Field, spec.Var(name)) // its list is spliced in
		}
		return spec.NewLeaf(n.Field, n.Op, spec.Of(spec.Var(name)))
	case spec.Negation:
		return templateOf(n.Term(), values).Not()
	case spec.Junction:
		var terms []spec.Specification
		for t := range n.Terms() {
			terms = append(terms, templateOf(t, values))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	}
	if n == spec.Node(spec.Constant(true)) {
		return spec.All()
	}
	return spec.None()
}

func isList(v spec.Value) bool { return v.Kind() == spec.KindList }

// What Resolve gives is true of the same rows, and rebuilding a tree by the
// public constructors gives the same tree.
func TestResolvedMeansTheSame(t *testing.T) {
	d := seeded(8)
	sc, err := spec.SchemaOf[wide]()
	if err != nil {
		t.Fatal(err)
	}
	rows := drawRows(d, 20)
	for range scale(2_000) {
		s := drawSpecification(d, 3)
		resolved, err := sc.Resolve(s)
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		if !slices.Equal(truths(t, s, rows), truths(t, resolved, rows)) {
			t.Fatalf("%v resolved is %v", s, resolved)
		}
	}
}
