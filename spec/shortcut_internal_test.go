package spec

import (
	"reflect"
)

// This is the only test file inside the package: it tells the others which
// shortcuts of shortcut.go a specification takes.

// ShortcutsOf returns, for every leaf of s from left to right, the shortcut that
// a matcher of T takes for it, such as "int32 Lte" or "string In negated", and
// "" where it takes none. s must compile.
func ShortcutsOf[T any](s Specification) []string {
	m, err := Compile[T](s)
	if err != nil {
		panic(err)
	}
	return shortcutsOf(compiler{m.layout}, m.spec.Node(), false)
}

func shortcutsOf(c compiler, n Node, negated bool) (names []string) {
	switch n := n.(type) {
	case Negation:
		return shortcutsOf(c, n.term, !negated)
	case Junction:
		for t := range n.Terms() {
			names = append(names, shortcutsOf(c, t, negated)...)
		}
	case Leaf:
		return []string{shortcutOf(c, n, negated)}
	case Constant, Invalid:
	}
	return names
}

func shortcutOf(c compiler, leaf Leaf, negated bool) string {
	cond, err := newCondition(leaf)
	if err != nil {
		panic(err)
	}
	column := c.layout.column(leaf.Field)
	if shortcut(column, cond, negated) == nil {
		return ""
	}
	name := column.typ.Kind().String() + " " + leaf.Op.String()
	if column.typ.Kind() == reflect.Struct {
		name = "time " + leaf.Op.String()
	}
	if negated {
		name += " negated"
	}
	return name
}
