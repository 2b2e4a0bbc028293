package spec

import (
	"slices"
	"sync/atomic"
)

// Template is a specification with variables, made ready to be bound many times:
// once for every request, say. What it is bound to is no tree, but the template beside
// the values of its variables; whatever can be prepared without them, such as the text
// of a condition or the way through a row type, is prepared once for the template.
//
// A Template never changes and may be used by any number of goroutines. The nil
// Template is that of [None].
type Template struct {
	id       uint64
	root     root // of what is bound
	open     Specification
	vars     []string // in the order of [Template.Vars]
	takes    []kinds  // for each variable, the kinds that leave the tree as it is
	programs programCache
}

// kinds is a set of kinds.
type kinds uint32

func (ks kinds) has(k Kind) bool { return ks>>k&1 != 0 }

func kindsOf(list ...Kind) (ks kinds) {
	for _, k := range list {
		ks |= 1 << k
	}
	return ks
}

var scalarKinds = kindsOf(KindBool, KindInt, KindUint, KindFloat, KindDecimal, KindString, KindBytes, KindTime, KindDate, KindUUID)

// NewTemplate returns the template of s, which need not have variables. The error is
// s.Err().
func NewTemplate(s Specification) (*Template, error) {
	if err := s.Err(); err != nil {
		return nil, err
	}
	s = rooted(s.Node()) // of a template that is bound: its tree
	t := &Template{id: templates.Add(1), open: s, vars: s.Vars()}
	t.root = root{s.Node(), t}
	t.takes = make([]kinds, len(t.vars))
	for i := range t.takes {
		t.takes[i] = ^kinds(0)
	}
	for leaf := range s.Leaves() {
		leaf.Value.eachVariable(func(name string) {
			i, _ := slices.BinarySearch(t.vars, name)
			t.takes[i] &= leaf.takes()
		})
	}
	return t, nil
}

// takes returns the kinds of which any value makes of a leaf with a variable the same
// leaf with the value. Of the others some make an error of it, or a constant.
func (l Leaf) takes() kinds {
	switch {
	case l.Value.kind != KindVariable: // in a list, which may grow or be refused
		return 0
	case l.Op.isComparison(), l.Op == OpDistinct, l.Op == OpContains:
		return scalarKinds
	case l.Op == OpMatches, l.Op == OpUnder: // not every text will do
		return 0
	case l.Op.isText():
		return kindsOf(KindString)
	}
	return 0
}

// templates counts the templates that were made.
var templates atomic.Uint64

// ID returns a number that no other template has, nor will have while the program runs:
// for what is kept of templates without keeping them alive. It is 0 for nil.
func (t *Template) ID() uint64 {
	if t == nil {
		return 0
	}
	return t.id
}

// Open returns the specification with its variables.
func (t *Template) Open() Specification {
	if t == nil {
		return None()
	}
	return t.open
}

// Vars returns the names of the variables, sorted, each once.
func (t *Template) Vars() []string {
	if t == nil {
		return nil
	}
	return slices.Clone(t.vars)
}

// Bind returns the specification with the values in the place of the variables, one
// for each name of [Template.Vars] in that order. It is what [Specification.Bind]
// returns, with the same errors; one value too few is an [*UnboundError].
//
// With up to two texts, numbers, times, dates or truth values it allocates nothing.
func (t *Template) Bind(values ...Value) (Specification, error) {
	if t == nil {
		return Specification{}, nil
	}
	if t.inPlace(values) {
		return t.bound(pack(&t.root, values)), nil
	}
	kept := slices.Clone(values)
	return t.open.Bind(func(name string) (Value, bool) {
		i, ok := slices.BinarySearch(t.vars, name)
		if !ok || i >= len(kept) {
			return Value{}, false
		}
		return kept[i], true
	})
}

// inPlace reports whether the values can stand beside the tree.
func (t *Template) inPlace(values []Value) bool {
	if len(values) != len(t.vars) {
		return false
	}
	for i := range values {
		if !t.takes[i].has(values[i].kind) {
			return false
		}
	}
	return true
}

// bound returns the template with values that leave its tree as it is.
func (t *Template) bound(c core) Specification {
	if t.isConstant() {
		return t.open
	}
	return Specification{core: c}
}

func (t *Template) isConstant() bool { return t.open.IsAll() || t.open.IsNone() }

// node builds the tree.
func (t *Template) node(c core) Node {
	if len(t.vars) == 0 {
		return t.open.Node()
	}
	filled := binder{lookup: func(name string) (Value, bool) {
		i, ok := slices.BinarySearch(t.vars, name)
		if !ok {
			return Value{}, false
		}
		return c.at(i), true
	}}
	n := filled.node(t.open.Node())
	if filled.err != nil { // cannot be: each variable has a value of a kind it takes
		return Invalid{filled.err}
	}
	return n
}

// Template returns the template that s was bound from, by [Template.Bind] or a
// [Binder]. It is not ok where s was made otherwise, or is made of more than that.
func (s Specification) Template() (t *Template, ok bool) {
	if s.core.root == nil {
		return nil, false
	}
	t = s.core.root.template
	return t, t != nil
}

// Bound returns the value of the variable at i of the template of s, null where there
// is none.
func (s Specification) Bound(i int) Value {
	t, ok := s.Template()
	if !ok || i < 0 || i >= len(t.vars) {
		return Null
	}
	return s.core.at(i)
}
