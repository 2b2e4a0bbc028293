package spectest

import (
	"github.com/rolespec/rolespec/spec"
)

func (w *World) leaf(sc *spec.Schema, relations int) spec.Specification {
	f := w.field(sc, relations)
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
	case Stem(f.Name) == "sealed":
		return w.sealedLeaf(f)
	case n < 15:
		if other, ok := w.twin(sc, f, relations); ok {
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

// twin draws a field that is stored as f is, which may be f.
func (w *World) twin(sc *spec.Schema, f spec.Field, relations int) (spec.Field, bool) {
	storage := func(f spec.Field) string {
		if stem := Stem(f.Name); stem != "id" {
			return stem
		}
		return "whole"
	}
	for range 30 {
		if g := w.field(sc, relations); storage(g) == storage(f) && !g.List {
			return g, true
		}
	}
	return f, false
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

// sealedLeaf asks what codes can answer.
func (w *World) sealedLeaf(f spec.Field) spec.Specification {
	v := w.operand(f)
	switch w.rand.IntN(4) {
	case 0:
		return spec.Eq(f.Name, v)
	case 1:
		return spec.Ne(f.Name, v)
	case 2:
		return spec.Distinct(f.Name, v)
	}
	return spec.In(f.Name, v, w.operand(f), w.operand(f))
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
