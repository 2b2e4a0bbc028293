package spec

import (
	"iter"
)

// Matcher is a specification made ready for rows of type T. It never changes
// and may be used by any number of goroutines at once. The zero Matcher matches
// no row.
type Matcher[T any] struct {
	layout   *layout
	spec     Specification
	program  *program
	operands []operand
}

// Option changes how [Compile] reads rows.
type Option func(*options)

type options struct{ schema *Schema }

// WithSchema declares what the fields of map rows hold. Without it a map field
// is of whatever kind its value is, and a field that no row has is null; with
// it a field outside the schema or a value of the wrong type is an error at
// Compile, and a row value of another kind than declared compares with nothing.
func WithSchema(sc *Schema) Option {
	if sc == nil {
		sc = &Schema{} // declares that there are no fields
	}
	return func(o *options) { o.schema = sc }
}

// Compile checks s against the row type T and returns its matcher. T is a
// struct, a pointer to one, or a map[string]any. Everything that can be wrong is
// an error here and never a silent "no" later, because under Not a silent "no"
// would be a grant: a [*FieldError] for an unknown field, an operator or value
// that does not fit; an [*UnboundError] for a variable; s.Err().
//
// Compile takes time in proportion to the size of s. The row type is examined
// once in the life of the program; a specification that is bound from a [Template], or
// differs from one before only in its values, is not compiled again: only its values
// are made ready.
func Compile[T any](s Specification, opts ...Option) (*Matcher[T], error) {
	if len(opts) == 0 {
		p, ops, err := ready[T](&s, nil)
		if err != nil {
			return nil, err
		}
		return &Matcher[T]{p.layout, s, p, ops}, nil
	}
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	l, err := layoutOf[T](o.schema, rowNames)
	if err != nil {
		return nil, err
	}
	p, err := l.compile(s.Node())
	if err != nil {
		return nil, err
	}
	return &Matcher[T]{l, s, p, p.operands}, nil
}

// ready returns the program of s and its operands, in to where there is room.
func ready[T any](s *Specification, to []operand) (*program, []operand, error) {
	if p := programOf[T](s); p != nil {
		if ops, ok := p.bind(s, to); ok {
			return p, ops, nil
		}
	}
	l, err := rowLayout[T]()
	if err != nil {
		return nil, nil, err
	}
	return l.ready(s, to)
}

func (l *layout) ready(s *Specification, to []operand) (*program, []operand, error) {
	n := s.Node()
	p, ops, place := l.bindNode(n, to)
	if p != nil {
		return p, ops, nil
	}
	p, err := l.compile(n)
	if err != nil {
		return nil, nil, err
	}
	if place != nil {
		keepShape(place, n, p)
	}
	return p, p.operands, nil
}

// compile makes the program of a specification with its operands.
func (l *layout) compile(n Node) (*program, error) {
	resolved, err := resolveNode(n, l)
	if err != nil {
		return nil, err
	}
	return link(l, resolved)
}

// resolved returns the tree that the matcher evaluates, with the values as they are
// compared.
func (m *Matcher[T]) resolved() Node {
	s, err := m.layout.resolve(m.spec)
	if err != nil {
		return Invalid{err} // cannot be: it has been resolved before
	}
	return s.Node()
}

// Match reports whether the row is visible: whether the specification is true
// of it. A nil row is not.
func (m *Matcher[T]) Match(r *T) bool {
	if m == nil || m.program == nil {
		return false
	}
	p, ok := rowOf(m.layout.base, r)
	return ok && m.program.root.holds(m.operands, p)
}

// Filter returns the visible rows in their order, in a new slice that is never
// nil and has no room for more. The rows are copied as Go assigns them. Filter goes
// through the rows in blocks, one part of the specification after the other; it
// allocates the slice that it returns and nothing for a row.
func (m *Matcher[T]) Filter(rows []T) []T {
	if m == nil || m.program == nil {
		return []T{}
	}
	return filter(m.program, m.operands, rows)
}

// Seq yields the visible rows of seq as they come, keeping none.
func (m *Matcher[T]) Seq(seq iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for r := range seq {
			if m.Match(&r) && !yield(r) {
				return
			}
		}
	}
}

// Filter returns the rows that s matches: [Compile] and [Matcher.Filter]. With
// an error it returns no rows. For the rows of a request it is as well as a Matcher that
// was kept: see Compile for what is not done again.
func Filter[T any](s Specification, rows []T) ([]T, error) {
	var few [fewOperands]operand
	p, ops, err := ready[T](&s, few[:])
	if err != nil {
		return nil, err
	}
	return filter(p, ops, rows), nil
}

// Match reports whether s matches one row. With an error it does not. To test
// many rows, [Compile] once.
func Match[T any](s Specification, r *T) (bool, error) {
	var few [fewOperands]operand
	p, ops, err := ready[T](&s, few[:])
	if err != nil {
		return false, err
	}
	at, ok := rowOf(p.layout.base, r)
	return ok && p.root.holds(ops, at), nil
}
