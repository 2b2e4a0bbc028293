package database

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/sqlspec"
)

// Plans implements [DB]: of the statement by hand and of ours, as it is planned for
// the values, and as it is for all of them once it has been prepared for a while; and
// of the statement that row security narrows.
func (p *postgres) Plans(ctx context.Context) ([]Plan, error) {
	who := callerAt(0)
	text, args, err := statement(who, sqlspec.Postgres)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(args))
	for i, arg := range args {
		values[i] = literal(fmt.Sprint(arg))
	}
	var plans []Plan
	for _, mode := range []string{"force_custom_plan", "force_generic_plan"} {
		for _, s := range []struct {
			way, text string
			values    []string
		}{
			{scene.Hand, selectRows + ownPostgres, []string{literal(who.Account), literal(who.Subject)}},
			{scene.Ours, text, values},
		} {
			plan, err := p.plan(ctx, "EXECUTE planned("+strings.Join(s.values, ", ")+")",
				"SET LOCAL plan_cache_mode = "+mode, "DEALLOCATE ALL", "PREPARE planned AS "+s.text)
			if err != nil {
				return nil, err
			}
			plans = append(plans, Plan{s.way, mode, plan})
		}
	}
	if p.role != "" {
		plan, err := p.plan(ctx, "SELECT "+columns+" FROM "+table, "SET LOCAL ROLE "+p.role)
		if err != nil {
			return nil, err
		}
		plans = append(plans, Plan{rowSecurity, "row security", plan})
	}
	return plans, nil
}

// plan returns the plan of a statement after others in its transaction.
func (p *postgres) plan(ctx context.Context, statement string, before ...string) (string, error) {
	var answer []byte
	err := pgx.BeginFunc(ctx, p.admin, func(tx pgx.Tx) error {
		for _, s := range before {
			if _, err := tx.Exec(ctx, s, pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
		}
		return tx.QueryRow(ctx, "EXPLAIN (FORMAT JSON) "+statement, pgx.QueryExecModeSimpleProtocol).Scan(&answer)
	})
	if err != nil {
		return "", fmt.Errorf("database: the plan of %q after %q: %w", statement, before, err)
	}
	var explained []struct{ Plan node }
	if err := json.Unmarshal(answer, &explained); err != nil || len(explained) != 1 {
		return "", fmt.Errorf("database: a plan that is not read: %s (%w)", answer, err)
	}
	return explained[0].Plan.String(), nil
}

// A node is a part of a plan, without figures.
type node struct {
	Type     string `json:"Node Type"`
	Index    string `json:"Index Name"`
	Found    string `json:"Index Cond"`
	Kept     string `json:"Filter"` // of the rows that were found
	Children []node `json:"Plans"`
}

func (n node) String() string {
	text := n.Type
	if n.Index != "" {
		text += " of " + n.Index + " where " + n.Found
	}
	if n.Kept != "" {
		text += ", filtered by " + n.Kept
	}
	for _, child := range n.Children {
		text += " <- " + child.String()
	}
	return text
}
