package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec/spectest"
)

// maxRead is how many rows of a table are read: all of them, or none.
const maxRead = 50_000

// reader reads live tables.
type reader struct {
	tx      *sql.Tx
	storage *storage
	wrote   map[*liveTable]map[string]spectest.Row // what was written, by key
	key     string
}

// read reads a table, those that it leads to, and puts their rows together.
func (r reader) read(ctx context.Context, root *liveTable) error {
	if err := root.all(func(t *liveTable) error { return r.table(ctx, t) }); err != nil {
		return err
	}
	return root.all(func(t *liveTable) error {
		for _, rel := range t.relations {
			if err := r.relate(ctx, t, rel); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r reader) table(ctx context.Context, t *liveTable) error {
	var columns []string
	for _, f := range t.fields {
		typ, value := r.storage.read(t.stored[f.Name], r.storage.quoted(t.stored[f.Name].Column))
		columns = append(columns, typ, value)
	}
	for _, key := range t.keys {
		columns = append(columns, r.storage.raw(r.storage.quoted(key)))
	}
	t.rows = nil
	return r.each(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+t.mapped.Name(), len(columns), func(cells []any) error {
		if len(t.rows) == maxRead {
			return fmt.Errorf("sqlspectest: %s has more than %d rows, which are too many to be read", t.mapped.Name(), maxRead)
		}
		row, err := r.row(t, cells)
		t.rows = append(t.rows, row)
		return err
	})
}

func (r reader) row(t *liveTable, cells []any) (*liveRow, error) {
	row := &liveRow{cells: spectest.Row{}, raw: map[string]string{}}
	for i, f := range t.fields {
		as := t.stored[f.Name]
		typ, _ := textual(cells[2*i])
		switch value := cells[2*i+1]; {
		case value == nil:
			spectest.Set(row.cells, f.Name, nil)
		case as.Encode != nil: // see decoded
		default:
			v, err := r.storage.decode(as, typ, value)
			if err != nil {
				return nil, fmt.Errorf("sqlspectest: %s: column %q is not that of a field of kind %s: %w", t.mapped.Name(), as.Column, f.Kind, err)
			}
			spectest.Set(row.cells, f.Name, v)
		}
	}
	for i, key := range t.keys {
		if text, ok := textual(cells[2*len(t.fields)+i]); ok {
			row.raw[key] = text
		}
	}
	r.decoded(t, row, cells)
	return row, nil
}

// decoded puts in what codes stand for, which only who wrote them knows.
func (r reader) decoded(t *liveTable, row *liveRow, cells []any) {
	wrote, ok := r.wrote[t][keyText(row.cells, r.key)]
	for i, f := range t.fields {
		switch {
		case t.stored[f.Name].Encode == nil || cells[2*i+1] == nil:
		case ok:
			spectest.Set(row.cells, f.Name, spectest.Get(wrote, f.Name))
		default:
			t.sealed[f.Name] = true
		}
	}
}

// each runs a query and hands over the cells of every row.
func (r reader) each(ctx context.Context, query string, columns int, do func(cells []any) error) error {
	rows, err := r.tx.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("sqlspectest: %s: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		cells, pointers := make([]any, columns), make([]any, columns)
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			return fmt.Errorf("sqlspectest: %s: %w", query, err)
		}
		if err := do(cells); err != nil {
			return err
		}
	}
	return rows.Err()
}

// relate nests the rows of a relation in those that lead to them.
func (r reader) relate(ctx context.Context, t *liveTable, rel *liveRelation) error {
	side := rel.pairs
	if rel.link != "" {
		side = rel.far
	}
	found := map[string][]any{} // the rows at the other end, by their key
	for _, row := range rel.to.rows {
		if key, ok := row.key(side, 1); ok {
			found[key] = append(found[key], row.cells)
		}
	}
	through := map[string][]any{} // by the key of this end
	if rel.link == "" {
		through = found
	} else if err := r.links(ctx, rel, found, through); err != nil {
		return err
	}
	for _, row := range t.rows {
		key, ok := row.key(rel.pairs, 0)
		related := through[key]
		if !ok {
			related = nil
		}
		switch {
		case !rel.one:
			row.cells[rel.name] = append([]any{}, related...)
		case len(related) > 1:
			return fmt.Errorf("sqlspectest: %s: %d rows have the key of relation %q, which is to one row", t.mapped.Name(), len(related), rel.name)
		case len(related) == 1:
			row.cells[rel.name] = related[0]
		default:
			row.cells[rel.name] = nil
		}
	}
	return nil
}

// links reads the table between two.
func (r reader) links(ctx context.Context, rel *liveRelation, found, through map[string][]any) error {
	var columns []string
	for _, p := range rel.pairs {
		columns = append(columns, r.storage.raw(r.storage.quoted(p[1])))
	}
	for _, p := range rel.far {
		columns = append(columns, r.storage.raw(r.storage.quoted(p[0])))
	}
	return r.each(ctx, "SELECT DISTINCT "+strings.Join(columns, ", ")+" FROM "+rel.link, len(columns), func(cells []any) error {
		near, ok1 := keyOf(cells[:len(rel.pairs)])
		far, ok2 := keyOf(cells[len(rel.pairs):])
		if ok1 && ok2 {
			through[near] = append(through[near], found[far]...)
		}
		return nil
	})
}

func (row *liveRow) key(pairs [][2]string, side int) (string, bool) {
	cells := make([]any, len(pairs))
	for i, p := range pairs {
		if text, ok := row.raw[p[side]]; ok {
			cells[i] = text
		}
	}
	return keyOf(cells)
}

// keyOf is a key of several columns as one; no key where one of them is null.
func keyOf(cells []any) (string, bool) {
	parts := make([]string, len(cells))
	for i, c := range cells {
		text, ok := textual(c)
		if !ok {
			return "", false
		}
		parts[i] = fmt.Sprintf("%d:%s", len(text), text)
	}
	return strings.Join(parts, ","), true
}
