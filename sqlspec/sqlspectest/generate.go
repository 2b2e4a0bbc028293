package sqlspectest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// generator writes random rows into live tables.
type generator struct {
	options
	writer
	rand    *rand.Rand
	root    *liveTable
	asked   map[string][]any // what a policy asks for, by the path of the field
	musts   map[string][]any // what is next to it, and has to be in some row
	next    map[string]int64 // the last key, by the counter of its column
	targets map[string]bool  // the columns that keys lead to, by their path
	made    map[*liveTable][]*madeRow
	wrote   map[*liveTable]map[string]spectest.Row // what was written, by key
	trying  int                                    // how often the row that is being written was refused
	refused error                                  // the last time
}

// madeRow is a row that was written.
type madeRow struct {
	cells spectest.Row
	held  map[string]any // by column
}

const (
	maxTries = 25 // of a row that breaks constraints
	maxDeep  = 3  // relations from the table to the farthest rows
)

// keyed is what a column of keys has to hold: as it is stored, and as rows have it
// where a field holds it.
type keyed struct{ arg, value any }

// row writes a row with what is related to it. What it has to have because of the
// row that leads to it are fixed columns.
func (g *generator) row(ctx context.Context, t *liveTable, a *aim, fixed map[string]keyed, deep int) (*madeRow, error) {
	if a == nil {
		a = newAim()
	}
	var row *madeRow
	var err error
	for try := range maxTries {
		if row, err = g.attempt(ctx, t, a, fixed, deep, try); err != nil {
			return nil, err
		}
		if row != nil {
			break
		}
	}
	if row == nil {
		return nil, fmt.Errorf("sqlspectest: no row can be written to %s (see Values and Fill): %w", t.mapped.Name(), g.refused)
	}
	g.made[t] = append(g.made[t], row)
	return row, g.lead(ctx, t, a, row, deep)
}

// attempt writes a row, or returns nil where the table does not take it. From the
// second half of the tries on, it does what it likes rather than what it should.
func (g *generator) attempt(ctx context.Context, t *liveTable, a *aim, fixed map[string]keyed, deep, try int) (*madeRow, error) {
	besides, cells := map[string]any{}, spectest.Row{}
	g.trying = try
	for _, f := range t.fields {
		v, aimed := a.set[f.Name]
		if !aimed || try > maxTries/2 || !g.fits(t, f, v) {
			v = g.cell(t, f)
		}
		if g.isKey(t, f) {
			v = g.key(t, f)
		}
		if v == nil && !f.Nullable {
			v = g.known(t, f)
		}
		spectest.Set(cells, f.Name, v)
	}
	for _, r := range t.relations {
		if r.one {
			if err := g.parent(ctx, t, r, a, cells, besides, deep, try); err != nil {
				return nil, err
			}
		}
	}
	for column, value := range g.fill {
		if table, name := splitColumn(column); table == t.path {
			besides[name] = value(len(g.made[t]) + 1)
		}
	}
	for column, k := range fixed {
		if f, ok := t.fieldOf(column); !ok {
			besides[column] = k.arg
		} else if k.value != nil {
			spectest.Set(cells, f.Name, k.value)
		} else {
			spectest.Set(cells, f.Name, k.arg)
		}
	}
	held, err := g.insert(ctx, t, cells, besides)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		g.refused = err
		return nil, nil
	}
	g.remember(t, cells)
	return &madeRow{cells, held}, nil
}

// splitColumn splits the path of a column.
func splitColumn(path string) (table, column string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}

// remember keeps what was written.
func (g *generator) remember(t *liveTable, cells spectest.Row) {
	if g.wrote[t] == nil {
		g.wrote[t] = map[string]spectest.Row{}
	}
	g.wrote[t][keyText(cells, g.options.key)] = cells
}

// keyText is the key of a row as a text.
func keyText(cells spectest.Row, key string) string {
	return spectest.GoString(spectest.Get(cells, key))
}

// isKey reports whether other rows, or the proof, name a row by the field.
func (g *generator) isKey(t *liveTable, f spec.Field) bool {
	if t == g.root && f.Name == g.options.key {
		return true
	}
	return g.targets[join(t.path, t.stored[f.Name].Column)]
}

// counter is that of a column, which can be at the end of several paths.
func (g *generator) counter(t *liveTable, f spec.Field) string {
	return t.mapped.Name() + "." + t.stored[f.Name].Column
}

// key makes the next key.
func (g *generator) key(t *liveTable, f spec.Field) any {
	name := g.counter(t, f)
	g.next[name]++
	n := g.next[name]
	switch f.Kind {
	case spec.KindInt:
		return n
	case spec.KindUint:
		return uint64(n)
	case spec.KindString:
		if len(f.Labels) == 0 {
			return fmt.Sprintf("k%d", n)
		}
	case spec.KindUUID:
		return fmt.Sprintf("00000000-0000-4000-8000-%012x", n)
	case spec.KindTime:
		return time.Unix(n, 0).UTC()
	case spec.KindDecimal:
		return spec.DecimalOf(n, 0)
	case spec.KindBytes:
		return []byte(fmt.Sprintf("k%d", n))
	}
	return one(g.rand, spectest.Pool(f))
}
