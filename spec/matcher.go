package spec

import (
	"iter"
)

// Matcher is a specification made ready for rows of type T. It never changes
// and may be used by any number of goroutines at once. The zero Matcher matches
// no row.
type Matcher[T any] struct {
	layout *layout
	spec   Specification // resolved
	match  match
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
// once in the life of the program.
func Compile[T any](s Specification, opts ...Option) (*Matcher[T], error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	l, err := layoutOf[T](o.schema, rowNames)
	if err != nil {
		return nil, err
	}
	resolved, err := l.resolve(s)
	if err != nil {
		return nil, err
	}
	m, err := compiler{l}.node(resolved.Node(), false)
	if err != nil {
		return nil, err
	}
	return &Matcher[T]{layout: l, spec: resolved, match: m}, nil
}

// Match reports whether the row is visible: whether the specification is true
// of it. A nil row is not.
func (m *Matcher[T]) Match(r *T) bool {
	if m == nil || m.match == nil {
		return false
	}
	p, ok := rowOf(m.layout.base, r)
	return ok && m.match(p)
}

// Filter returns the visible rows in their order, in a new slice that is never
// nil. The rows are copied as Go assigns them.
func (m *Matcher[T]) Filter(rows []T) []T {
	var marks [16]uint64 // a bit a row, for up to 1,024 rows
	bits := marks[:]
	if words := (len(rows) + 63) / 64; words > len(marks) {
		bits = make([]uint64, words)
	}
	n := 0
	for i := range rows {
		if m.Match(&rows[i]) {
			bits[i>>6] |= 1 << (i & 63)
			n++
		}
	}
	visible := make([]T, 0, n)
	for i := range rows {
		if bits[i>>6]&(1<<(i&63)) != 0 {
			visible = append(visible, rows[i])
		}
	}
	return visible
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
// an error it returns no rows.
func Filter[T any](s Specification, rows []T) ([]T, error) {
	m, err := Compile[T](s)
	if err != nil {
		return nil, err
	}
	return m.Filter(rows), nil
}

// Match reports whether s matches one row. With an error it does not. To test
// many rows, [Compile] once.
func Match[T any](s Specification, r *T) (bool, error) {
	m, err := Compile[T](s)
	if err != nil {
		return false, err
	}
	return m.Match(r), nil
}
