package spectest

import (
	"iter"
	"maps"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// reductions yields what is a step smaller than a node, the largest steps first.
func reductions(n spec.Node) iter.Seq[spec.Specification] {
	return func(yield func(spec.Specification) bool) {
		switch n := n.(type) {
		case spec.Negation:
			if !yield(build(n.Term())) {
				return
			}
			for t := range reductions(n.Term()) {
				if !yield(t.Not()) {
					return
				}
			}
		case spec.Junction:
			reduceJunction(n, yield)
		case spec.Quantified:
			reduceQuantified(n, yield)
		case spec.Leaf:
			for v := range valueReductions(n.Value) {
				if !yield(spec.NewLeaf(n.Field, n.Op, v)) {
					return
				}
			}
		}
	}
}

func reduceJunction(n spec.Junction, yield func(spec.Specification) bool) {
	var terms []spec.Specification
	for t := range n.Terms() {
		terms = append(terms, build(t))
	}
	for _, t := range terms { // one of them alone
		if !yield(t) {
			return
		}
	}
	for i := range terms { // one of them less
		if len(terms) > 2 && !yield(join(n.Connective(), slices.Concat(terms[:i], terms[i+1:]))) {
			return
		}
	}
	for i := range terms { // one of them smaller
		for smaller := range reductions(n.Term(i)) {
			with := slices.Clone(terms)
			with[i] = smaller
			if !yield(join(n.Connective(), with)) {
				return
			}
		}
	}
}

func reduceQuantified(n spec.Quantified, yield func(spec.Specification) bool) {
	if _, constant := n.Term().(spec.Constant); !constant {
		for _, all := range []spec.Specification{spec.All(), spec.None()} {
			if !yield(quantify(n, all)) {
				return
			}
		}
	}
	for t := range reductions(n.Term()) {
		if !yield(quantify(n, t)) {
			return
		}
	}
}

// quantify asks something else of the same rows.
func quantify(n spec.Quantified, s spec.Specification) spec.Specification {
	if n.Quantifier() == spec.Universal {
		return spec.Every(n.Relation(), s)
	}
	return spec.Any(n.Relation(), s)
}

func valueReductions(v spec.Value) iter.Seq[spec.Value] {
	return func(yield func(spec.Value) bool) {
		for _, smaller := range simpler(Plain(v)) {
			if w, err := spec.ValueOf(smaller); err == nil && !yield(w) {
				return
			}
		}
	}
}

// rowReductions yields the row without one of its values, and with a simpler one.
func rowReductions(row Row) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		names := slices.Sorted(maps.Keys(row))
		for _, name := range names {
			if name == "id" {
				continue
			}
			without := maps.Clone(row)
			delete(without, name)
			if !yield(without) {
				return
			}
		}
		for _, name := range names {
			if name == "id" {
				continue
			}
			for _, v := range simpler(row[name]) {
				with := maps.Clone(row)
				with[name] = v
				if !yield(with) {
					return
				}
			}
		}
	}
}
