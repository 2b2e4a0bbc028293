package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/sqlspec"
)

// byIndex fails where the database would read a table from one end to the other to answer
// the question, or would make a list of what the user may use. It returns the plans: on
// PostgreSQL the one for these values, and the one for all values, which it goes over to.
func (s *store) byIndex(ctx context.Context, q question) (plans string, err error) {
	visible, err := usableNamed(q)
	if err != nil {
		return "", err
	}
	query, args, err := existence(oneResource, visible, s.db.Dialect)
	if err != nil {
		return "", err
	}
	plans, err = s.db.Explain(ctx, s.db, query, args...)
	if err == nil && s.db.Dialect == sqlspec.Postgres {
		var general string
		general, err = s.generalPlan(ctx, query, args)
		plans += "\n" + general
	}
	if err != nil {
		return "", err
	}
	for _, walk := range []string{"Seq Scan", "SCAN ", "LIST SUBQUERY", "AUTOMATIC"} {
		if strings.Contains(plans, walk) {
			return plans, fmt.Errorf("the answer is not found by indexes:\n%s", plans)
		}
	}
	return plans, nil
}

// generalPlan is the one for all values.
func (s *store) generalPlan(ctx context.Context, query string, args []any) (string, error) {
	tx, err := s.db.BeginTx(ctx, nil) // so that one connection has the setting, and loses it
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	for _, set := range []string{"SET LOCAL plan_cache_mode = force_generic_plan", "PREPARE asked AS " + query} {
		if _, err := tx.ExecContext(ctx, set); err != nil {
			return "", err
		}
	}
	literals := make([]string, len(args))
	for i, arg := range args {
		literals[i] = "'" + strings.ReplaceAll(fmt.Sprint(arg), "'", "''") + "'"
	}
	plan, err := s.db.Explain(ctx, tx, "EXECUTE asked ("+strings.Join(literals, ", ")+")")
	if err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, "DEALLOCATE asked")
	return plan, err
}
