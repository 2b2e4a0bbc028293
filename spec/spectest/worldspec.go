package spectest

import (
	"github.com/rolespec/rolespec/spec"
)

// MaxDepth is how deep the specifications of a world are at most.
const MaxDepth = 6

// Specification draws the next specification, of a depth up to [MaxDepth].
func (w *World) Specification() spec.Specification {
	return w.specification(w.rand.IntN(MaxDepth + 1))
}

func (w *World) specification(depth int) spec.Specification {
	if depth == 0 || w.rand.IntN(5) < 2 {
		return w.leaf()
	}
	switch w.rand.IntN(3) {
	case 0:
		return spec.And(w.terms(depth)...)
	case 1:
		return spec.Or(w.terms(depth)...)
	}
	return w.specification(depth - 1).Not()
}

// terms are mostly two, and now and then none.
func (w *World) terms(depth int) []spec.Specification {
	terms := make([]spec.Specification, one(w.rand, []int{0, 1, 2, 2, 2, 3, 3}))
	for i := range terms {
		terms[i] = w.specification(depth - 1)
	}
	return terms
}

func (w *World) leaf() spec.Specification {
	f := one(w.rand, w.Fields)
	switch n := w.rand.IntN(40); {
	case n == 0:
		return spec.All()
	case n == 1:
		return spec.None()
	case n < 6:
		return spec.IsNull(f.Name)
	case f.List:
		return w.listLeaf(f)
	case Stem(f.Name) == "tree":
		return w.treeLeaf(f)
	case n < 15:
		if other, ok := w.twin(f); ok {
			return spec.NewLeaf(f.Name, w.comparison(f, spec.OpDistinct), spec.Of(spec.Ref(other.Name)))
		}
	case f.Kind == spec.KindString && len(f.Labels) == 0 && n < 28:
		return w.textLeaf(f)
	}
	op := w.comparison(f, spec.OpIn)
	if op != spec.OpIn {
		return spec.NewLeaf(f.Name, op, w.operand(f))
	}
	elements := make([]spec.Value, w.rand.IntN(5))
	for i := range elements {
		elements[i] = w.operand(f)
	}
	return spec.In(f.Name, elements...)
}

// comparison is an operator up to the last, and no order for an enum.
func (w *World) comparison(f spec.Field, last spec.Op) spec.Op {
	op := spec.OpEq + spec.Op(w.rand.IntN(int(last-spec.OpEq)+1))
	if len(f.Labels) > 0 && op >= spec.OpLt && op <= spec.OpGte {
		return spec.OpNe
	}
	return op
}

// twin is another field, or the same, that is stored as f is.
func (w *World) twin(f spec.Field) (spec.Field, bool) {
	var twins []spec.Field
	for _, g := range w.Fields {
		if Stem(g.Name) == Stem(f.Name) || f.Name == "id" && Stem(g.Name) == "whole" || f.Name != "id" && g.Name == "id" && Stem(f.Name) == "whole" {
			twins = append(twins, g)
		}
	}
	return one(w.rand, twins), len(twins) > 1
}

// treeLeaf asks what an ltree can answer.
func (w *World) treeLeaf(f spec.Field) spec.Specification {
	v := w.operand(f)
	switch w.rand.IntN(7) {
	case 0:
		return spec.Eq(f.Name, v)
	case 1:
		return spec.Ne(f.Name, v)
	case 2:
		return spec.Distinct(f.Name, v)
	case 3:
		return spec.In(f.Name, v, w.operand(f))
	}
	return spec.Under(f.Name, v)
}

var textOps = []spec.Op{spec.OpContains, spec.OpHasPrefix, spec.OpHasSuffix, spec.OpEqualFold, spec.OpContainsFold}

func (w *World) textLeaf(f spec.Field) spec.Specification {
	switch w.rand.IntN(8) {
	case 0:
		return spec.Under(f.Name, one(w.rand, trees))
	case 1, 2:
		return spec.Matches(f.Name, one(w.rand, patterns))
	}
	needle := w.operand(f)
	if text := []rune(needle.Text()); len(text) > 1 && w.rand.IntN(3) == 0 { // a part of it
		from := w.rand.IntN(len(text))
		needle = spec.Of(string(text[from : from+1+w.rand.IntN(len(text)-from)]))
	}
	return spec.NewLeaf(f.Name, one(w.rand, textOps), needle)
}

var patterns = []string{
	"a", "^a", "a$", "a.b", "(?s)a.b", ".*b", "[a-c]+$", `\d+`, `\w*$`, `\s`, "(?i)AB", "(?i)k", "(?i)[a-s]$", "a|b", "(a)(b)?", "a{1,2}b?",
	`\$1`, `[^a]`, `[^\n]*$`, `.*?c`, `\x{1f600}`, `\pL+$`, `.*\\`, `[\]\-^]`, `(?:a|A)[bB]`, "", `'`, `\Qa.b\E`, `[[:alpha:]]+$`, `.*[😀-😂]`, `\D`, `\W`, `\S+$`,
}
