package spec

import (
	"reflect"
	"sync"
	"sync/atomic"
)

// maxPrograms is for how many row types a template keeps its program. A service has one
// or two.
const maxPrograms = 8

// programCache keeps the programs of a template, one for each row type.
type programCache struct {
	first atomic.Pointer[cachedProgram]
}

// cachedProgram is a program in a list that only grows at its head.
type cachedProgram struct {
	typ     reflect.Type
	program *program // nil where the template has to be compiled with its values
	next    *cachedProgram
	length  int
}

// programOf returns the program of the template of s for rows of type T, nil where
// there is none: where s is bound from no template, or has to be compiled.
func programOf[T any](s *Specification) *program {
	t, ok := s.Template()
	if !ok {
		return nil
	}
	typ := reflect.TypeFor[T]()
	for c := t.programs.first.Load(); c != nil; c = c.next {
		if c.typ == typ {
			return c.program
		}
	}
	return newProgramOf[T](t, typ)
}

// newProgramOf links the program and keeps it, unless there are too many.
func newProgramOf[T any](t *Template, typ reflect.Type) *program {
	var p *program
	if l, err := rowLayout[T](); err == nil {
		p, err = linkOpen(l, t)
		if err != nil {
			p = nil // compiling says what is wrong
		}
	}
	kept := &cachedProgram{typ: typ, program: p}
	for {
		first := t.programs.first.Load()
		kept.next, kept.length = first, 1
		for c := first; c != nil; c = c.next {
			if c.typ == typ {
				return c.program
			}
			kept.length++
		}
		if kept.length > maxPrograms || t.programs.first.CompareAndSwap(first, kept) {
			return p
		}
	}
}

var (
	rowLayouts sync.Map // reflect.Type -> *layout, of the rows that are structs
	mapRows    = &layout{base: baseMap}
)

// rowLayout is layoutOf for rows without a declared schema.
func rowLayout[T any]() (*layout, error) {
	typ := reflect.TypeFor[T]()
	if l, ok := rowLayouts.Load(typ); ok {
		return l.(*layout), nil
	}
	l, err := layoutOf[T](nil, rowNames)
	if err != nil {
		return nil, err
	}
	if l.base == baseMap {
		l = mapRows
	}
	stored, _ := rowLayouts.LoadOrStore(typ, l)
	return stored.(*layout), nil
}
