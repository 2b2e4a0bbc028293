package main

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// paths returns the fields and relations of a row that a specification asks
// about, as it names them.
func paths(s spec.Specification) map[string]bool {
	found := map[string]bool{}
	collect(s.Node(), found)
	return found
}

// collect adds what a part asks about. What it asks of related rows lies inside
// the relation.
func collect(n spec.Node, found map[string]bool) {
	switch n := n.(type) {
	case spec.Leaf:
		found[n.Field] = true
		if n.Value.Kind() == spec.KindField {
			found[n.Value.Field()] = true
		}
	case spec.Junction:
		for term := range n.Terms() {
			collect(term, found)
		}
	case spec.Negation:
		collect(n.Term(), found)
	case spec.Quantified:
		found[n.Relation()] = true
	case spec.Constant, spec.Invalid:
	}
}

// keysOf returns the keys of an object that paths can lead to: a path is a key
// as a whole, or leads into what the key before its first dot holds.
func keysOf(paths map[string]bool) map[string]string {
	keys := map[string]string{}
	for path := range paths {
		first, _, _ := strings.Cut(path, ".")
		keys[path], keys[first] = path, first
	}
	return keys
}
