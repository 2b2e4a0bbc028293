package sqlguard

import (
	"context"
	"slices"
	"strings"
)

// Check reports, as a [*RefusedError], that a statement must not be run. It is what
// the wrapped database asks, for programs that reach theirs in another way.
func (g *Guard) Check(ctx context.Context, statement string, args ...any) error {
	if g == nil || len(g.tables) == 0 {
		return &RefusedError{Reason: "the guard is not from New"}
	}
	if reason, _ := ctx.Value(unfilteredKey{}).(string); reason != "" {
		if g.unfiltered != nil {
			g.unfiltered(ctx, reason, statement)
		}
		return nil
	}
	err := g.judge(statement, args, conditionsOf(ctx))
	if err != nil && g.report != nil {
		g.report(ctx, err)
		return nil
	}
	return err
}

func (g *Guard) judge(statement string, args []any, conditions []recorded) error {
	tokens, err := lex(statement, g.dialect)
	if err != nil {
		return &RefusedError{Reason: err.Error()}
	}
	if last := len(tokens) - 1; last >= 0 && tokens[last].sign(";") {
		tokens = tokens[:last]
	}
	tokens, found := replace(tokens, args, conditions)
	parts, ok := levels(tokens, found)
	if !ok {
		return &RefusedError{Reason: errUnclear.Error()}
	}
	several := slices.ContainsFunc(tokens, func(t token) bool { return t.sign(";") })
	for _, l := range parts {
		refs := l.references(g)
		if target := l.inserted(tokens); len(refs) > 0 && refs[0].at == target {
			refs = refs[1:]
		}
		if len(refs) == 0 {
			continue
		}
		if several {
			return &RefusedError{Table: refs[0].table, Reason: "there are several statements"}
		}
		if err := l.judge(refs, conditions, g.bars()); err != nil {
			return err
		}
	}
	return nil
}

// judge refuses a level in which a reference has no condition of its own.
func (l level) judge(refs []reference, conditions []recorded, bars bool) error {
	terms, why := l.terms(bars)
	if why == "" && !l.at(0).is("select", "with", "insert", "update", "delete") {
		why = "it is not a SELECT, INSERT, UPDATE or DELETE"
	}
	seen := map[string]bool{}
	for _, ref := range refs {
		reason := why
		fits := func(c int) bool {
			return strings.EqualFold(conditions[c].table, ref.table) && conditions[c].alias == ref.alias
		}
		switch {
		case reason != "":
		case seen[ref.alias]:
			reason = "it is named twice by one name"
		case !slices.ContainsFunc(keys(terms), fits):
			reason = "no condition of this request, for this name of the table, is a term of the WHERE beside it"
		}
		if reason != "" {
			return &RefusedError{Table: ref.table, Reason: reason}
		}
		seen[ref.alias] = true
	}
	return nil
}

func keys(terms map[int]bool) (numbers []int) {
	for n := range terms {
		numbers = append(numbers, n)
	}
	return numbers
}
