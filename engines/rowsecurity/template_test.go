package rowsecurity_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// templater makes templates of specifications: it takes values out, and makes
// claims of them that have these values.
type templater struct {
	t      testing.TB
	rand   *rand.Rand
	table  *sqlspec.Table
	fields []spec.Field
	claims map[string]any // as JSON has them
}

func (m *templater) schema() *spec.Schema {
	sc, err := spec.NewSchema(m.fields...)
	if err != nil {
		m.t.Fatal(err)
	}
	return sc
}

func (m *templater) json() string {
	text, err := json.Marshal(m.claims)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}

func (m *templater) template(n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return spec.All()
		}
	case spec.Leaf:
		return m.leaf(n)
	case spec.Negation:
		return spec.Not(m.template(n.Term()))
	case spec.Junction:
		var terms []spec.Specification
		for term := range n.Terms() {
			terms = append(terms, m.template(term))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	case spec.Quantified:
		return spec.Any(n.Relation(), spec.All()) // refused, whatever it asks
	}
	return spec.None()
}

// leaf makes a template of a leaf, where row security can have one.
func (m *templater) leaf(l spec.Leaf) spec.Specification {
	whole := spec.NewLeaf(l.Field, l.Op, l.Value)
	if l.Op == spec.OpIsNull || m.rand.IntN(5) == 0 {
		return whole
	}
	before := len(m.fields)
	value := m.value(l)
	template := spec.NewLeaf(l.Field, l.Op, value)
	_, err := m.table.RowSecurity(m.schema(), sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{sqlspec.Public}, Using: template})
	if err == nil {
		return template
	}
	if !errors.Is(err, sqlspec.ErrUnsupported) && !errors.Is(err, spec.ErrType) {
		m.t.Fatalf("%v: %v", template, err)
	}
	for _, f := range m.fields[before:] {
		delete(m.claims, f.Name)
	}
	m.fields = m.fields[:before]
	return whole
}

// value puts claims in the place of a value: of a list, or of some of its elements.
func (m *templater) value(l spec.Leaf) spec.Value {
	if l.Value.Kind() != spec.KindList {
		return m.claim(l.Value)
	}
	elements := l.Value.List()
	if m.rand.IntN(2) == 0 && len(elements) > 0 && isPlain(elements[0]) {
		return m.list(elements)
	}
	list := make([]any, len(elements))
	for i, e := range elements {
		list[i] = m.claim(e)
	}
	v, err := spec.ValueOf(list)
	if err != nil {
		m.t.Fatal(err)
	}
	return v
}

func (m *templater) list(elements []spec.Value) spec.Value {
	kind := elements[0].Kind()
	values := []any{}
	var rest []any
	for _, e := range elements {
		if e.Kind() == kind && isPlain(e) {
			values = append(values, plain(e))
		} else {
			rest = append(rest, e)
		}
	}
	v, err := spec.ValueOf(append(rest, m.add(spec.Field{Kind: kind, List: true}, values)))
	if err != nil {
		m.t.Fatal(err)
	}
	return v
}

func (m *templater) claim(v spec.Value) spec.Value {
	if !isPlain(v) || m.rand.IntN(4) == 0 {
		return v
	}
	return m.add(spec.Field{Kind: v.Kind()}, plain(v))
}

func (m *templater) add(f spec.Field, value any) spec.Value {
	f.Name = fmt.Sprintf("it's c%d?", len(m.fields))
	_, isText := value.(string)
	if isText && m.rand.IntN(2) == 0 {
		f.Kind = spec.KindString
	}
	m.fields = append(m.fields, f)
	m.claims[f.Name] = value
	return spec.Of(spec.Var(f.Name))
}

// isPlain reports whether a value can be a claim, and says something.
func isPlain(v spec.Value) bool {
	switch v.Kind() {
	case spec.KindBool, spec.KindInt, spec.KindFloat, spec.KindDecimal, spec.KindTime, spec.KindDate:
		return true
	case spec.KindString:
		return v.Text() != ""
	case spec.KindUUID:
		return v.UUID() != [16]byte{}
	}
	return false
}

// plain returns what encoding/json writes the value from.
func plain(v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		return v.Bool()
	case spec.KindInt:
		return v.Int()
	case spec.KindFloat:
		return v.Float()
	case spec.KindDecimal:
		return v.Decimal().String()
	case spec.KindTime:
		return v.Time().Format(time.RFC3339Nano)
	case spec.KindDate:
		return v.Date().String()
	case spec.KindUUID:
		u := v.UUID()
		return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
	}
	return v.Text()
}
