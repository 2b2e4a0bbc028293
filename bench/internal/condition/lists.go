package condition

import (
	"context"
	"slices"

	entdialect "entgo.io/ent/dialect"
	ent "entgo.io/ent/dialect/sql"
	sq "github.com/Masterminds/squirrel"
	"github.com/doug-martin/goqu/v9"
	"github.com/huandu/go-sqlbuilder"
	"github.com/stephenafamo/bob/dialect/psql"
	"github.com/stephenafamo/bob/dialect/psql/sm"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

// ranged is a condition with two terms, one of which has a range and a list.
func ranged() scene.Scene {
	return scene.Scene{
		Name: "condition/any/range",
		Does: "any specification -> text and arguments: equalities, or a range and a list of 5",
		Open: func(scene.Size) (*scene.Open, error) {
			states := statesOf(5)
			s := spec.Or(
				spec.And(spec.Eq("account_id", world.Account), spec.Eq("created_by", world.Subject)),
				spec.And(spec.Gt("amount", 100.0), spec.In("status", states...)))
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, func(n int) (s statement, err error) {
					for range n {
						s.text, s.args = handRanged(world.Account, world.Subject, 100, states)
					}
					return s, nil
				}, statement.print),
				ours(s),
			}}, nil
		},
		Goals: []scene.Goal{scene.AtMost(scene.Ours, 1.2, 1)},
		Notes: []string{"the hand-written way sends the list as one array, as rolespec does"},
	}
}

// list is a list so long that a placeholder for each value shows.
func list() scene.Scene {
	const array = "hand-written, one array"
	return scene.Scene{
		Name: "condition/in/1000",
		Does: "a list of 1,000 texts -> text and arguments",
		Open: func(scene.Size) (*scene.Open, error) {
			states := statesOf(1_000)
			s := spec.In("status", states...)
			goquPostgres, entPostgres := goqu.Dialect("postgres"), ent.Dialect(entdialect.Postgres)
			ctx := context.Background()
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, func(n int) (s statement, err error) {
					for range n {
						s.text, s.args = handPlaceholders(states)
					}
					return s, nil
				}, statement.print),
				pair.New(array, func(n int) (s statement, err error) {
					for range n {
						s.text, s.args = handArray(states)
					}
					return s, nil
				}, statement.print),
				ours(s),
				way("rolespec, the In built too", func() (string, []any, error) {
					return invoices.SQL(spec.In("status", states...), dialect)
				}),
				peerWay("squirrel", func() (string, []any, error) {
					return sq.Eq{"status": states}.ToSql()
				}),
				peerWay("ent", func() (string, []any, error) {
					text, args := entPostgres.Select("id").From(ent.Table("invoices")).
						Where(ent.In("status", anyOf(states)...)).Query()
					return text, args, nil
				}),
				peerWay("goqu", func() (string, []any, error) {
					return goquPostgres.From("invoices").Prepared(true).Select("id").Where(goqu.C("status").In(states)).ToSQL()
				}),
				peerWay("go-sqlbuilder", func() (string, []any, error) {
					b := sqlbuilder.PostgreSQL.NewSelectBuilder()
					b.Select("id").From("invoices").Where(b.In("status", sqlbuilder.Flatten(states)...))
					text, args := b.Build()
					return text, args, nil
				}),
				peerWay("bob", func() (string, []any, error) {
					return psql.Select(sm.Columns("id"), sm.From("invoices"),
						sm.Where(psql.Quote("status").In(psql.Arg(anyOf(states)...)))).Build(ctx)
				}),
			}}, nil
		},
		Notes: []string{
			"the hand-written way writes 1,000 placeholders, as the peers do; rolespec sends one array",
			"ent, goqu, go-sqlbuilder and bob write the SELECT around it too, which is little beside the list",
		},
	}
}

// anyOf is the list as variadic functions want it, made anew for each statement.
func anyOf(states []string) []any {
	values := make([]any, len(states))
	for i, state := range states {
		values[i] = state
	}
	return values
}

func statesOf(n int) []string {
	states := make([]string, n)
	for i := range states {
		states[i] = world.Status(i)
	}
	slices.Sort(states) // a specification keeps its list in order
	return states
}
