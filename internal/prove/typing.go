package prove

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// typing is one way in which rows may hold a field: as a schema declares it, or
// as maps do that nobody declares, each value of its own kind.
type typing struct {
	declared *spec.Field // named subject; nil for an undeclared map
	schema   *spec.Schema
}

// subject is what the field in question is called while its values are tried.
const subject = "x"

// typingsOf returns the ways to hold a field. One that nobody knows may be in a
// map, or be declared. What is declared compares as in a map, but for the kinds
// that read a constant of text as one of their own.
func typingsOf(f spec.Field, known bool) []typing {
	if known {
		return []typing{declare(f)}
	}
	typings := []typing{{}}
	for _, k := range []spec.Kind{spec.KindDecimal, spec.KindTime, spec.KindDate, spec.KindUUID} {
		typings = append(typings, declare(spec.Field{Kind: k, Nullable: true}))
	}
	return typings
}

func declare(f spec.Field) typing {
	f.Name = subject
	sc, err := spec.NewSchema(f)
	if err != nil { // no schema has such a field
		return typing{}
	}
	return typing{&f, sc}
}

func (t typing) options() []spec.Option {
	if t.declared == nil {
		return nil
	}
	return []spec.Option{spec.WithSchema(t.schema)}
}

// resolve returns a leaf about the subject, its value of the kind of the field.
func (t typing) resolve(n spec.Leaf) (spec.Specification, error) {
	s := spec.NewLeaf(subject, n.Op, n.Value)
	if t.declared == nil {
		return s, s.Err()
	}
	return t.schema.Resolve(s)
}

// kinds returns the kinds whose values are tried. In an undeclared map, values of
// a kind that no leaf has a constant of compare with nothing.
func (t typing) kinds(marks []any) (kinds []spec.Kind) {
	if t.declared != nil {
		return []spec.Kind{t.declared.Kind}
	}
	for _, m := range marks {
		if k := kindOf(m); !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
