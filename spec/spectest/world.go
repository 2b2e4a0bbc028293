package spectest

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// World is a random schema with rows, and the source of random specifications
// over it. It is for one goroutine.
type World struct {
	Seed      uint64
	Fields    []spec.Field    // flat, as NewSchema takes them
	Relations []spec.Relation // the same
	Schema    *spec.Schema
	Tables    Tables // with rows that nothing leads to
	Rows      []Row

	rand   *rand.Rand
	scopes map[*spec.Schema]scope
}

// NewWorld returns the world of a seed, with so many rows. Half of the worlds
// have relations, to up to three levels.
func NewWorld(seed uint64, rows int) *World {
	w := &World{Seed: seed, rand: rand.New(rand.NewPCG(seed, 0x5eec)), scopes: map[*spec.Schema]scope{}}
	if seed%2 == 0 {
		w.Fields = w.fields("", 3, 1)
	} else {
		w.Fields = w.fields("", 2, 2)
		w.relate("", 1)
	}
	w.Schema = mustSchema(w.Fields, w.Relations)
	w.Tables = Tables{map[string][]Row{}, map[string][]Link{}}
	w.fill("", w.Schema, rows)
	w.link("", w.Schema)
	w.Rows = w.Tables.Nest(w.Schema)
	return w
}

// parents are what nested fields are nested in, names that have to be quoted
// among them.
var parents = []string{"size.", "select.", "a b.", `q"q.`, "ß.x."}

// fields draws fewer than most fields of every stem, so that there are some to
// compare with each other, and leaves stems out. Some are nested, and some never
// null.
func (w *World) fields(at string, most, sparse int) []spec.Field {
	fields := []spec.Field{{Name: at + "id", Kind: spec.KindInt}}
	for _, stem := range stems {
		if w.rand.IntN(sparse) > 0 {
			continue
		}
		for i := range w.rand.IntN(most) + w.rand.IntN(2) {
			f := stem
			f.Name += strconv.Itoa(i + 1)
			f.Labels = slices.Clone(stem.Labels)
			f.Nullable = w.rand.IntN(5) > 0
			if f.Nullable && w.rand.IntN(6) == 0 {
				f.Name = one(w.rand, parents) + f.Name
			}
			f.Name = at + f.Name
			fields = append(fields, f)
		}
	}
	return fields
}

// fill draws the rows of a table and of those that it leads to.
func (w *World) fill(at string, sc *spec.Schema, rows int) {
	fields := slices.Collect(sc.Fields())
	for i := range rows {
		w.Tables.Rows[at] = append(w.Tables.Rows[at], w.row(fields, int64(i+1)))
	}
	for r := range sc.Relations() {
		if to := Path(at, sc, r); to != at {
			few := max(3, rows/4)
			if !r.One && !IsLink(r.Name) {
				few = rows + rows/2
			}
			w.fill(to, r.Rows, few)
		}
	}
}

// row draws a row. A field that is null may be missing, and so may what it is
// nested in.
func (w *World) row(fields []spec.Field, id int64) Row {
	row := Row{"id": id}
	for _, f := range fields[1:] {
		v := w.cell(f)
		if v != nil || w.rand.IntN(2) == 0 {
			Set(row, f.Name, v)
		}
	}
	return row
}

func (w *World) cell(f spec.Field) any {
	switch {
	case f.Nullable && w.rand.IntN(6) == 0:
		return nil
	case !f.List:
		return one(w.rand, Pool(f))
	}
	list := make([]any, w.rand.IntN(4))
	for i := range list {
		if w.rand.IntN(6) > 0 {
			list[i] = one(w.rand, Pool(f))
		}
	}
	return list
}

func one[T any](r *rand.Rand, pool []T) T { return pool[r.IntN(len(pool))] }
