package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// firstRows are written before the callers are known, so that claims can be taken
// from them.
const firstRows = 20

func prove(ctx context.Context, tx *sql.Tx, d sqlspec.Dialect, mapped *sqlspec.Table, policy Policy, o options) (proof Proof, err error) {
	s, err := storageOf(d)
	if err != nil {
		return proof, err
	}
	if mapped.Schema() == nil {
		return proof, fmt.Errorf("sqlspectest: %w: it is nil", sqlspec.ErrTable)
	}
	root, err := newLiveTable("", mapped.In(d), mapped.Schema(), d, s)
	if err != nil {
		return proof, err
	}
	if _, ok := root.stored[o.key]; !ok {
		return proof, fmt.Errorf("sqlspectest: %s has no field %q to tell its rows apart: see Key", root.mapped.Name(), o.key)
	}
	g := newGenerator(o, writer{tx, s}, root)
	r := reader{tx: tx, storage: s, wrote: g.wrote, key: o.key}
	if err := r.read(ctx, root); err != nil {
		return proof, err
	}
	sample := &Sample{rand: g.rand, root: root}
	if !o.existing {
		g.start()
		for range min(firstRows, o.rows) {
			if _, err := g.row(ctx, root, nil, nil, 0); err != nil {
				return proof, err
			}
		}
		if err := r.read(ctx, root); err != nil {
			return proof, err
		}
	}
	callers, err := policy.callers(sample)
	if err != nil {
		return proof, err
	}
	if !o.existing {
		if err := g.aimed(ctx, callers); err != nil {
			return proof, err
		}
		if err := r.read(ctx, root); err != nil {
			return proof, err
		}
		proof.Problems = append(proof.Problems, changed(root, g.wrote, o.key)...)
	}
	p := prover{tx: tx, dialect: d, root: root, schema: mapped.Schema(), options: o, storage: s}
	return p.callers(ctx, callers, proof)
}

func newGenerator(o options, w writer, root *liveTable) *generator {
	g := &generator{
		options: o, writer: w, root: root, rand: rand.New(rand.NewPCG(o.seed, 0xa9ee)),
		asked: map[string][]any{}, musts: map[string][]any{}, next: map[string]int64{}, targets: map[string]bool{},
		made: map[*liveTable][]*madeRow{}, wrote: map[*liveTable]map[string]spectest.Row{},
	}
	_ = root.all(func(t *liveTable) error {
		for _, r := range t.relations {
			near, far := r.pairs[0][0], r.pairs[0][1]
			switch {
			case r.link != "":
				g.targets[join(t.path, near)] = true
				g.targets[join(r.to.path, r.far[0][1])] = true
			case r.one:
				g.targets[join(r.to.path, far)] = true
			default:
				g.targets[join(t.path, near)] = true
			}
		}
		return nil
	})
	return g
}

// start begins the keys behind those that are there.
func (g *generator) start() {
	_ = g.root.all(func(t *liveTable) error {
		for _, f := range t.fields {
			path := g.counter(t, f)
			g.next[path] = max(g.next[path], int64(len(t.rows)))
			for _, row := range t.rows {
				if id, ok := spectest.Get(row.cells, f.Name).(int64); ok && id < 1<<40 {
					g.next[path] = max(g.next[path], id)
				}
			}
		}
		return nil
	})
}

// aimed writes rows for each caller in turn: two that are to be visible, one of
// them with a value changed, one that is not to be, and one at random.
func (g *generator) aimed(ctx context.Context, callers []caller) error {
	for _, c := range callers {
		for l := range c.spec.Leaves() {
			g.ask(l)
		}
	}
	for i := range g.rows - min(firstRows, g.rows) {
		a := newAim()
		if len(callers) > 0 && i%4 < 3 {
			g.at(g.root, callers[i/4%len(callers)].spec.Node(), i%4 < 2, a)
		}
		if i%4 == 1 {
			f := one(g.rand, g.root.fields)
			a.set[f.Name] = g.cell(g.root, f)
		}
		if _, err := g.row(ctx, g.root, a, nil, 0); err != nil {
			return err
		}
	}
	return nil
}

// ask notes what a leaf looks for.
func (g *generator) ask(l spec.Leaf) {
	t, field := g.root.find(l.Field)
	if t == nil {
		return
	}
	f := t.stored[field].Field
	f.List = false
	for _, v := range append(l.Value.List(), l.Value) {
		if v.Kind() == spec.KindList || v.Kind() == spec.KindField || v.IsNull() {
			continue
		}
		path, asked := join(t.path, field), fitted(f, spectest.Plain(v))
		g.asked[path] = append(g.asked[path], asked)
		g.musts[path] = append(g.musts[path], nextTo(asked)...)
	}
}

// changed says which columns gave back something else than was stored. What a
// column rounds is its own affair: the row is what can be read.
func changed(root *liveTable, wrote map[*liveTable]map[string]spectest.Row, key string) (problems []string) {
	_ = root.all(func(t *liveTable) error {
		told := map[string]bool{}
		for _, row := range t.rows {
			before, ok := wrote[t][keyText(row.cells, key)]
			for _, f := range t.fields {
				stored, read := spectest.Get(before, f.Name), spectest.Get(row.cells, f.Name)
				if !ok || told[f.Name] || same(f, stored, read) {
					continue
				}
				told[f.Name] = true
				problems = append(problems, fmt.Sprintf("%s: the column of field %q was given %s and gives back %s: is it of the right type?",
					t.mapped.Name(), f.Name, spectest.GoString(stored), spectest.GoString(read)))
			}
		}
		return nil
	})
	return problems
}

// same reports whether a column of the kind may give back the one for the other.
func same(f spec.Field, stored, read any) bool {
	if stored == nil || read == nil {
		return stored == nil && read == nil
	}
	if !f.List {
		switch read := read.(type) {
		case time.Time:
			stored, ok := stored.(time.Time)
			return ok && read.Sub(stored).Abs() < time.Second
		case float64:
			stored, ok := stored.(float64)
			return ok && (read == stored || math.Abs(read-stored) <= math.Abs(stored)*1e-6)
		case spec.Decimal:
			stored, ok := stored.(spec.Decimal)
			return ok && rounded(stored, read)
		}
	}
	sc, err := spec.NewSchema(spec.Field{Name: "v", Kind: f.Kind, List: f.List})
	if err != nil {
		return false
	}
	value, err := spec.ValueOf(stored)
	if err != nil {
		return true // what no specification can ask for
	}
	truths, err := spectest.Truths(sc, spec.Eq("v", value), []spectest.Row{{"v": read}})
	return err == nil && slices.Equal(truths, []spec.Truth{spec.True})
}

// rounded reports whether two decimals are less than one apart.
func rounded(a, b spec.Decimal) bool {
	x, ok1 := new(big.Rat).SetString(a.String())
	y, ok2 := new(big.Rat).SetString(b.String())
	return ok1 && ok2 && x.Sub(x, y).Abs(x).Cmp(big.NewRat(1, 1)) < 0
}

// describe is a row for people: its key.
func describe(key string, cells spectest.Row) string {
	return key + " = " + strings.TrimPrefix(spectest.GoString(spectest.Get(cells, key)), "int64")
}
