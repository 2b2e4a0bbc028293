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
	Seed   uint64
	Fields []spec.Field
	Schema *spec.Schema
	Rows   []Row

	rand *rand.Rand
}

// NewWorld returns the world of a seed, with so many rows.
func NewWorld(seed uint64, rows int) *World {
	w := &World{Seed: seed, rand: rand.New(rand.NewPCG(seed, 0x5eec))}
	w.Fields = w.fields()
	w.Schema = newSchema(w.Fields)
	for i := range rows {
		w.Rows = append(w.Rows, w.row(w.Fields, int64(i+1)))
	}
	return w
}

// parents are what nested fields are nested in, names that have to be quoted
// among them.
var parents = []string{"size.", "select.", "a b.", `q"q.`, "ß.x."}

// fields draws up to three fields of every stem, so that there are some to
// compare with each other. Some are nested, and some never null.
func (w *World) fields() []spec.Field {
	fields := []spec.Field{{Name: "id", Kind: spec.KindInt}}
	for _, stem := range stems {
		for i := range w.rand.IntN(3) + w.rand.IntN(2) {
			f := stem
			f.Name += strconv.Itoa(i + 1)
			f.Labels = slices.Clone(stem.Labels)
			f.Nullable = w.rand.IntN(5) > 0
			if f.Nullable && w.rand.IntN(6) == 0 {
				f.Name = one(w.rand, parents) + f.Name
			}
			fields = append(fields, f)
		}
	}
	return fields
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
