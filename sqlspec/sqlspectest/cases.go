package sqlspectest

import (
	"context"
	"fmt"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// Cases asks the engine the cases given, each on tables that hold its rows alone.
// What the engine cannot be asked, because it refuses the specification or cannot
// store the rows, is counted, and named: which cases those may be is for the
// caller to say.
func (e Engine) Cases(ctx context.Context, cases ...spectest.Case) (r Report, refused []string, err error) {
	var usual *database
	for _, c := range cases {
		answered, err := e.ask(ctx, c, &usual, &r)
		if err != nil {
			return r, refused, orDrop(ctx, usual, fmt.Errorf("case %q: %w", c.Name, err))
		}
		if !answered {
			refused = append(refused, c.Name)
		}
	}
	return r, refused, orDrop(ctx, usual, nil)
}

// ask asks one case, and reports whether it was answered. The tables of the usual
// fields are made once.
func (e Engine) ask(ctx context.Context, c spectest.Case, usual **database, r *Report) (answered bool, err error) {
	if err := c.Check(); err != nil {
		return false, err
	}
	sc, err := c.Schema()
	if err != nil {
		return false, err
	}
	if c.Fields != nil {
		own, err := e.create(ctx, sc)
		if err == nil {
			answered, err = own.answer(ctx, c, r)
		}
		return answered, orDrop(ctx, own, err)
	}
	if *usual == nil {
		if *usual, err = e.create(ctx, sc); err != nil {
			return false, err
		}
	}
	return (*usual).answer(ctx, c, r)
}

func (d *database) answer(ctx context.Context, c spectest.Case, r *Report) (answered bool, err error) {
	tables, err := spectest.Flatten(d.schema, c.Rows)
	if err != nil {
		return false, err
	}
	r.Specifications++
	if _, changed := d.fit(tables); changed {
		r.Refusals++
		return false, nil
	}
	if err := d.fill(ctx, tables); err != nil {
		return false, err
	}
	v, err := d.judge(ctx, c.Spec, tables.Nest(d.schema))
	if err != nil {
		return false, err
	}
	if v.refused != nil {
		r.Refusals++
		return false, nil
	}
	r.count(v, len(c.Rows))
	if v.differs() {
		r.Divergences++
		f := d.failure(v, c)
		f.Problem = fmt.Sprintf("case %q (%s): %s", c.Name, c.Reason, f.Problem)
		r.fail(f)
	}
	return true, nil
}

// orDrop drops the tables; what becomes of that counts only where there is no
// other error.
func orDrop(ctx context.Context, d *database, err error) error {
	if d == nil {
		return err
	}
	if dropped := d.drop(ctx); err == nil {
		return dropped
	}
	return err
}

// fit replaces the values that the engine cannot store by some that it can, and
// reports whether there were any.
func (d *database) fit(tables spectest.Tables) (spectest.Tables, bool) {
	fitted, changed := spectest.Tables{Rows: map[string][]spectest.Row{}, Links: tables.Links}, false
	for at, rows := range tables.Rows {
		sc := d.schemaAt(at)
		for _, row := range rows {
			fitted.Rows[at] = append(fitted.Rows[at], d.fitRow(sc, row, &changed))
		}
	}
	return fitted, changed
}

func (d *database) fitRow(sc *spec.Schema, row spectest.Row, changed *bool) spectest.Row {
	if d.storage.holds == nil {
		return row
	}
	fitted := spectest.Row{}
	for f := range sc.Fields() {
		v := spectest.Get(row, f.Name)
		if v != nil && !d.storage.holds(f, v) {
			*changed = true
			for _, v = range spectest.Pool(f) {
				if d.storage.holds(f, v) {
					break
				}
			}
		}
		spectest.Set(fitted, f.Name, v)
	}
	return fitted
}

// schemaAt returns the schema of the rows at a path.
func (d *database) schemaAt(at string) *spec.Schema { return schemaAt("", d.schema, at) }

func schemaAt(from string, sc *spec.Schema, at string) *spec.Schema {
	if from == at {
		return sc
	}
	for r := range sc.Relations() {
		if to := spectest.Path(from, sc, r); to != from {
			if found := schemaAt(to, r.Rows, at); found != nil {
				return found
			}
		}
	}
	return nil
}
