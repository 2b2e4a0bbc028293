package sqlspectest

import (
	"context"
	"fmt"

	"github.com/rolespec/rolespec/spec/spectest"
)

// Cases asks the engine the cases given, each on a table that holds its rows
// alone. What an engine refuses is counted; which cases those may be is for the
// caller to say: the names of the refused are returned.
func (e Engine) Cases(ctx context.Context, cases ...spectest.Case) (r Report, refused []string, err error) {
	usual, err := e.create(ctx, spectest.Fields())
	if err != nil {
		return r, nil, err
	}
	defer func() { err = orDrop(ctx, usual, err) }()
	for _, c := range cases {
		if c.Fields != nil {
			continue
		}
		ok, err := usual.ask(ctx, c, &r)
		if err != nil {
			return r, refused, fmt.Errorf("case %q: %w", c.Name, err)
		}
		if !ok {
			refused = append(refused, c.Name)
		}
	}
	for _, c := range cases {
		if c.Fields == nil {
			continue
		}
		own, err := e.create(ctx, c.Fields)
		if err != nil {
			return r, refused, fmt.Errorf("case %q: %w", c.Name, err)
		}
		ok, err := own.ask(ctx, c, &r)
		if err != nil {
			return r, refused, fmt.Errorf("case %q: %w", c.Name, err)
		}
		if !ok {
			refused = append(refused, c.Name)
		}
	}
	return r, refused, nil
}

// ask asks one case, and reports whether it was answered.
func (t *table) ask(ctx context.Context, c spectest.Case, r *Report) (answered bool, err error) {
	sc, err := c.Schema()
	if err != nil {
		return false, err
	}
	if err := c.Check(); err != nil {
		return false, err
	}
	if err := t.fill(ctx, c.Rows); err != nil {
		return false, err
	}
	v, err := t.judge(ctx, sc, c.Spec, c.Rows)
	if err != nil {
		return false, err
	}
	r.Specifications++
	r.Without += len(t.without)
	if v.refused != nil {
		r.Refusals++
		return false, nil
	}
	r.count(v, len(c.Rows)-len(t.without))
	if v.differs() {
		r.Divergences++
		f := t.failure(v, c)
		f.Problem = fmt.Sprintf("case %q (%s): %s", c.Name, c.Reason, f.Problem)
		r.fail(f)
	}
	return true, nil
}

// count counts the verdicts on a specification and on its negation.
func (r *Report) count(v verdict, rows int) {
	r.Verdicts += 2 * rows
	r.Shown += len(v.shown) + len(v.hidden)
}

// orDrop drops a table, whose error counts only where there is no other.
func orDrop(ctx context.Context, t *table, err error) error {
	if dropped := t.drop(ctx); err == nil {
		return dropped
	}
	return err
}
