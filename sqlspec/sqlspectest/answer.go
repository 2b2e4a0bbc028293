package sqlspectest

import (
	"slices"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// answer returns a value for which a leaf is true, or is not.
func (g *generator) answer(f spec.Field, l spec.Leaf, want bool) (any, bool) {
	value := l.Value
	if l.Op == spec.OpIn || l.Op == spec.OpOverlaps {
		elements := value.List()
		if len(elements) == 0 {
			return nil, false
		}
		value = one(g.rand, elements)
	}
	v := spectest.Plain(value)
	if v == nil {
		return nil, false
	}
	v = fitted(f, v)
	switch op := l.Op; {
	case f.List && (op == spec.OpContains || op == spec.OpOverlaps):
		if want {
			return []any{v}, true
		}
		return []any{g.near(f, v)}, true
	case op == spec.OpEq && want, op == spec.OpIn && want, op == spec.OpNe && !want, op == spec.OpDistinct && !want,
		op == spec.OpLte && want, op == spec.OpGte && want, op == spec.OpLt && !want, op == spec.OpGt && !want:
		return v, true
	case op == spec.OpLt || op == spec.OpGte:
		return step(v, op == spec.OpGte == want), true
	case op == spec.OpGt || op == spec.OpLte:
		return step(v, op == spec.OpGt == want), true
	}
	text, isText := v.(string)
	if !want || !isText {
		return g.near(f, v), l.Op != spec.OpMatches
	}
	switch l.Op {
	case spec.OpContains:
		return one(g.rand, []string{text, "x" + text, text + "x"}), true
	case spec.OpHasPrefix:
		return one(g.rand, []string{text, text + "x", text + " "}), true
	case spec.OpHasSuffix:
		return one(g.rand, []string{text, "x" + text}), true
	case spec.OpUnder:
		return one(g.rand, []string{text, text + ".x"}), true
	case spec.OpEqualFold, spec.OpContainsFold:
		return one(g.rand, []string{text, swapCase(text)}), true
	case spec.OpNe, spec.OpDistinct:
		return g.near(f, v), true
	}
	return nil, false
}

// near is a value that nearly is the one given, and that the field accepts.
func (g *generator) near(f spec.Field, v any) any {
	if len(f.Labels) > 0 {
		return one(g.rand, f.Labels)
	}
	return near(g.rand, v)
}

// fitted brings a constant to the kind of its field, as rows have it.
func fitted(f spec.Field, v any) any {
	sc, err := spec.NewSchema(spec.Field{Name: "v", Kind: f.Kind})
	if err != nil {
		return v
	}
	value, err := spec.ValueOf(v)
	if err != nil {
		return v
	}
	resolved, err := sc.Resolve(spec.Eq("v", value))
	if err != nil {
		return v
	}
	if leaf, ok := resolved.Node().(spec.Leaf); ok {
		return spectest.Plain(leaf.Value)
	}
	return v
}

// cell draws what a row has in a field.
func (g *generator) cell(t *liveTable, f spec.Field) any {
	if f.Nullable && g.rand.IntN(6) == 0 {
		return nil
	}
	return g.known(t, f)
}

// known draws what a row has in a field where it is not null: what the policy asks
// for, nearly so, or anything.
func (g *generator) known(t *liveTable, f spec.Field) any {
	if !f.List {
		return g.scalar(t, f)
	}
	list := make([]any, g.rand.IntN(4))
	for i := range list {
		if g.rand.IntN(8) > 0 {
			list[i] = g.scalar(t, f)
		}
	}
	return list
}

// scalar draws until there is something that the column can hold.
func (g *generator) scalar(t *liveTable, f spec.Field) any {
	for range maxTries {
		if v := g.draw(t, f); g.fits(t, f, v) {
			return v
		}
	}
	return nil
}

// fits reports whether a value is one of the field's, and the column can hold it.
func (g *generator) fits(t *liveTable, f spec.Field, v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case []any:
		f.List = false
		return !slices.ContainsFunc(x, func(e any) bool { return !g.fits(t, f, e) })
	case int64:
		return f.Kind != spec.KindUint || x >= 0
	case time.Time:
		return x.UTC().Year() >= 1 && x.UTC().Year() <= 9999
	case spec.Date:
		return x.Valid()
	case spec.Decimal:
		as := t.stored[f.Name]
		_, isText := writeDecimal(as, x).(string)
		return as.Storage != sqlspec.StoredScaled || !isText
	}
	return g.storage.holds == nil || g.storage.holds(f, v)
}

func (g *generator) draw(t *liveTable, f spec.Field) any {
	path := join(t.path, f.Name)
	if values := g.values[path]; len(values) > 0 {
		return one(g.rand, values)
	}
	asked, musts := g.asked[path], g.musts[path]
	switch n := g.rand.IntN(10); {
	case len(f.Labels) > 0:
		return one(g.rand, f.Labels)
	case n < 5 && len(musts) > 0 && g.trying == 0:
		g.musts[path] = musts[1:]
		return musts[0]
	case n < 4 && len(asked) > 0:
		return one(g.rand, asked)
	case n < 6 && len(asked) > 0:
		return g.near(f, one(g.rand, asked))
	case n < 8 && g.trying > 2: // the column may want another in every row
		return g.key(t, f)
	case f.Kind == spec.KindInt && n < 9: // small ones, that fit every column
		return int64(g.rand.IntN(10))
	}
	return one(g.rand, spectest.Pool(f))
}
