package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// prover holds what an engine shows of a live table against memory.
type prover struct {
	options
	tx      *sql.Tx
	dialect sqlspec.Dialect
	storage *storage
	root    *liveTable
	schema  *spec.Schema
	rows    []spectest.Row
	place   map[string]int // of a row, by its key
}

// callers asks for every caller.
func (p prover) callers(ctx context.Context, callers []caller, proof Proof) (Proof, error) {
	p.place = map[string]int{}
	for _, row := range p.root.rows {
		key := keyText(row.cells, p.key)
		if _, twice := p.place[key]; twice || key == "nil" {
			return proof, fmt.Errorf("sqlspectest: field %q does not tell the rows of %s apart: see Key", p.key, p.root.mapped.Name())
		}
		p.place[key] = len(p.rows)
		p.rows = append(p.rows, row.cells)
	}
	proof.Callers, proof.Rows = len(callers), len(p.rows)
	if len(callers) == 0 || len(p.rows) == 0 {
		proof.Problems = append(proof.Problems, fmt.Sprintf("there are %d callers and %d rows: the sample proves nothing", len(callers), len(p.rows)))
	}
	for _, c := range callers {
		if err := p.caller(ctx, c, &proof); err != nil {
			return proof, err
		}
	}
	return proof, nil
}

func (p prover) caller(ctx context.Context, c caller, proof *Proof) error {
	for l := range c.spec.Leaves() {
		if t, field := p.root.find(l.Field); t != nil && t.sealed[field] {
			return fmt.Errorf("sqlspectest: %s: field %q is stored as codes, and of rows that are there nobody knows what they stand for", c.name, l.Field)
		}
	}
	shown := 0
	for _, s := range []spec.Specification{c.spec, c.spec.Not()} {
		truths, err := spectest.Truths(p.schema, s, p.rows)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		differ, err := p.differing(ctx, s, truths)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		for _, truth := range truths {
			if truth == spec.True {
				proof.Shown++
			}
			if truth == spec.True && s.Equal(c.spec) {
				shown++
			}
		}
		proof.Verdicts += len(p.rows)
		if len(differ) > 0 {
			proof.Problems = append(proof.Problems, p.problem(ctx, c, s, truths, differ))
			break
		}
	}
	switch {
	case len(p.rows) == 0:
	case shown == 0:
		proof.Problems = append(proof.Problems, fmt.Sprintf("%s: %v shows no row of %d: the sample proves nothing", c.name, c.spec, len(p.rows)))
	case shown == len(p.rows) && !c.spec.IsAll():
		proof.Problems = append(proof.Problems, fmt.Sprintf("%s: %v shows all %d rows: the sample proves nothing", c.name, c.spec, len(p.rows)))
	}
	return nil
}

// differing returns the places of the rows that engine and memory do not agree on.
func (p prover) differing(ctx context.Context, s spec.Specification, truths []spec.Truth) (places []int, err error) {
	visible, err := p.visible(ctx, s)
	if err != nil {
		return nil, err
	}
	for i, truth := range truths {
		if visible[i] != (truth == spec.True) {
			places = append(places, i)
		}
	}
	return places, nil
}

// visible asks the engine.
func (p prover) visible(ctx context.Context, s spec.Specification) ([]bool, error) {
	text, args, err := p.compile.compile(p.root.mapped, s, p.dialect)
	if err != nil {
		return nil, err
	}
	column, _ := p.root.mapped.Column(p.key)
	as := p.root.stored[p.key]
	typ, value := p.storage.read(as, column)
	query := "SELECT " + typ + ", " + value + " FROM " + p.root.mapped.From() + " WHERE " + text
	rows, err := p.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	visible := make([]bool, len(p.rows))
	for rows.Next() {
		var t, v any
		if err := rows.Scan(&t, &v); err != nil {
			return nil, err
		}
		typ, _ := textual(t)
		key, err := p.storage.decode(as, typ, v)
		if err != nil {
			return nil, err
		}
		place, known := p.place[spectest.GoString(key)]
		if !known || visible[place] {
			return nil, fmt.Errorf("%s: a row comes twice, or is not in the table", query)
		}
		visible[place] = true
	}
	return visible, rows.Err()
}

// problem says where engine and memory part, in as few words as will do.
func (p prover) problem(ctx context.Context, c caller, s spec.Specification, truths []spec.Truth, differ []int) string {
	small := spectest.ShrinkSpecification(s, func(s spec.Specification) bool {
		truths, err := spectest.Truths(p.schema, s, p.rows)
		if err != nil {
			return false
		}
		differ, err := p.differing(ctx, s, truths)
		return err == nil && len(differ) > 0
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %v and memory differ in %d of %d rows\n", c.name, p.dialect, len(differ), len(p.rows))
	fmt.Fprintf(&b, "  specification: %v\n", s)
	fmt.Fprintf(&b, "  the smallest part of it that differs: %v\n", small)
	truths, err := spectest.Truths(p.schema, small, p.rows)
	if err != nil {
		return b.String()
	}
	if differ, err = p.differing(ctx, small, truths); err != nil {
		return b.String()
	}
	m, err := spec.Compile[spectest.Row](small, spec.WithSchema(p.schema))
	if err != nil {
		return b.String()
	}
	for _, i := range differ[:min(len(differ), 3)] {
		verb := map[bool]string{true: "memory shows it and the database does not", false: "the database shows it and memory does not"}[truths[i] == spec.True]
		fmt.Fprintf(&b, "  row %s: %s\n", describe(p.key, p.rows[i]), verb)
		fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(strings.TrimSpace(m.Explain(&p.rows[i]).String()), "\n", "\n    "))
	}
	if text, args, err := p.compile.compile(p.root.mapped, small, p.dialect); err == nil {
		fmt.Fprintf(&b, "  condition: %s %q", text, args)
	}
	return b.String()
}

// String returns a line.
func (p Proof) String() string {
	return fmt.Sprintf("%d callers, %d rows, %d verdicts (%d shown), %d problems", p.Callers, p.Rows, p.Verdicts, p.Shown, len(p.Problems))
}
