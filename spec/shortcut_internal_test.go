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
	return shortcutsOf(m.layout, m.resolved(), false)
}

func shortcutsOf(l *layout, n Node, negated bool) (names []string) {
	switch n := n.(type) {
	case Negation:
		return shortcutsOf(l, n.term, !negated)
	case Junction:
		for t := range n.Terms() {
			names = append(names, shortcutsOf(l, t, negated)...)
		}
	case Leaf:
		return []string{shortcutOf(l, n, negated)}
	case Constant, Invalid:
	}
	return names
}

func shortcutOf(l *layout, leaf Leaf, negated bool) string {
	k, err := linker{program: &program{layout: l}}.leaf(l, leaf, negated)
	if err != nil {
		panic(err)
	}
	if k.code == codeDefinition || k.code == codeMatch {
		return ""
	}
	name := k.column.typ.Kind().String() + " " + leaf.Op.String()
	if k.column.typ.Kind() == reflect.Struct {
		name = "time " + leaf.Op.String()
	}
	if negated {
		name += " negated"
	}
	return name
}
