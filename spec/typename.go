package spec

import (
	"fmt"
	"strings"
)

// TypeNames returns the names of the kinds that a field of a row can have, in the
// order of their documentation.
func TypeNames() []string {
	names := make([]string, 0, KindUUID)
	for k := KindBool; k <= KindUUID; k++ {
		names = append(names, k.String())
	}
	return names
}

// ParseType reads the type of a field as files and command lines write it: the
// name of a kind, in brackets for a list, with a question mark where it can be
// null. The field has no name and no labels.
//
//	int   string   time?   [string]   [int]?
func ParseType(text string) (Field, error) {
	name, nullable := strings.CutSuffix(text, "?")
	f := Field{Nullable: nullable}
	if inner, ok := strings.CutPrefix(name, "["); ok {
		if name, f.List = strings.CutSuffix(inner, "]"); !f.List {
			return Field{}, fmt.Errorf("spec: the type %s has no closing bracket", quoted([]byte(text)))
		}
	}
	for k := KindBool; k <= KindUUID; k++ {
		if k.String() == name {
			f.Kind = k
			return f, nil
		}
	}
	return Field{}, fmt.Errorf("spec: there is no type %s: they are %s", quoted([]byte(text)), strings.Join(TypeNames(), ", "))
}

// TypeName returns the type of the field as [ParseType] reads it. An enum is
// called string.
func (f Field) TypeName() string {
	name := f.Kind.String()
	if f.List {
		name = "[" + name + "]"
	}
	if f.Nullable {
		name += "?"
	}
	return name
}
