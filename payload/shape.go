package payload

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"unicode/utf8"
)

// shape has the names encoding/json knows in one object of a Go type, and what their
// values look like. A nil shape knows no name: a map's value, an interface, a type that
// unmarshals itself.
type shape struct {
	fields map[string]*shape
	names  [][]byte
	odd    bool   // a name has more than ASCII
	elem   *shape // of a list's elements, or a map's values
}

func newShape() *shape { return &shape{fields: map[string]*shape{}} }

func (s *shape) add(name string, of *shape) {
	if _, known := s.fields[name]; !known {
		s.names = append(s.names, []byte(name))
		s.odd = s.odd || !isASCII([]byte(name))
	}
	s.fields[name] = of
}

func (s *shape) element() *shape {
	if s == nil {
		return nil
	}
	return s.elem
}

// child returns the shape of the value of that name, and false if the name is not known
// but encoding/json, which ignores case, would take it for one that is.
func (s *shape) child(name []byte) (*shape, bool) {
	if s == nil {
		return nil, true
	}
	if of, known := s.fields[string(name)]; known {
		return of, true
	}
	sameLength := !s.odd && isASCII(name) // as all that differs in case only has
	for _, known := range s.names {
		if (len(known) == len(name) || !sameLength) && bytes.EqualFold(known, name) {
			return nil, false
		}
	}
	return s.elem, true
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shaper makes shapes of types, each once, so that a type may hold itself.
type shaper struct {
	made map[reflect.Type]*shape
	// loose is set when a value can land in an interface, where encoding/json would
	// round a large number to a float64.
	loose bool
}

func (b *shaper) of(t reflect.Type) *shape {
	t = indirect(t)
	if s, ok := b.made[t]; ok {
		return s
	}
	if unmarshalsItself(t) {
		return nil
	}
	switch t.Kind() {
	case reflect.Interface:
		b.loose = true
	case reflect.Struct:
		s := newShape()
		b.made[t] = s
		for _, f := range fieldsOf(t) {
			s.add(f.name, b.of(f.typ))
		}
		return s
	case reflect.Map, reflect.Slice, reflect.Array:
		s := newShape()
		b.made[t] = s
		s.elem = b.of(t.Elem())
		return s
	}
	return nil
}

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func unmarshalsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(jsonUnmarshaler) || p.Implements(textUnmarshaler)
}

// indirect follows pointers, a bounded number of them: a type can be a pointer to itself.
func indirect(t reflect.Type) reflect.Type {
	for range 8 {
		if t.Kind() != reflect.Pointer {
			break
		}
		t = t.Elem()
	}
	return t
}
