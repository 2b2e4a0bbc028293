package sqlspectest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// Sample is some rows of a table, for claims that rows have.
type Sample struct {
	rand *rand.Rand
	root *liveTable
}

// Pick returns what one of the rows has in a field, null and empty texts apart. A
// dot leads to the field through relations: "comments.author_id". It returns a T
// as Go converts to one. That there is no such value ends the proof with an error.
func Pick[T any](s *Sample, field string) T {
	v := s.pick(field)
	have, want := reflect.ValueOf(v), reflect.TypeFor[T]()
	if !have.Type().ConvertibleTo(want) || want.Kind() == reflect.String && have.Kind() != reflect.String {
		panic(sampleError{fmt.Errorf("sqlspectest: field %q holds a %T, which is no %v", field, v, want)})
	}
	return have.Convert(want).Interface().(T)
}

// sampleError is how Pick leaves the function that makes a caller.
type sampleError struct{ error }

func (*Sample) caught(err *error) {
	switch problem := recover().(type) {
	case nil:
	case sampleError:
		*err = problem.error
	default:
		panic(problem)
	}
}

// pick returns what one of the rows has in a field; an element of a list.
func (s *Sample) pick(path string) any {
	table, field := s.root.find(path)
	if table == nil {
		panic(sampleError{fmt.Errorf("sqlspectest: the table has no field %q", path)})
	}
	var held []any
	for _, row := range table.rows {
		switch v := spectest.Get(row.cells, field).(type) {
		case nil:
		case []any:
			for _, e := range v {
				held = append(held, usable(e)...)
			}
		default:
			held = append(held, usable(v)...)
		}
	}
	if len(held) == 0 {
		panic(sampleError{fmt.Errorf("sqlspectest: no row has a value in %q", path)})
	}
	return held[s.rand.IntN(len(held))]
}

// usable leaves out what no claim can be.
func usable(v any) []any {
	value, err := spec.ValueOf(v)
	if err != nil || value.IsNull() || value.Kind() == spec.KindString && value.Text() == "" {
		return nil
	}
	return []any{v}
}

// bind binds the variables of a leaf.
func (s *Sample) bind(l spec.Leaf, claims map[string]spec.Value) {
	one := func(v spec.Value) {
		if _, bound := claims[v.Variable()]; v.Kind() != spec.KindVariable || bound {
			return
		}
		value, err := spec.ValueOf(s.pick(l.Field))
		if err != nil {
			panic(sampleError{errors.Join(fmt.Errorf("sqlspectest: variable %q", v.Variable()), err)})
		}
		claims[v.Variable()] = value
	}
	one(l.Value)
	for _, e := range l.Value.List() {
		one(e)
	}
}
