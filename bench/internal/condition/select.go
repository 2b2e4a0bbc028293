package condition

import (
	"context"

	entdialect "entgo.io/ent/dialect"
	ent "entgo.io/ent/dialect/sql"
	sq "github.com/Masterminds/squirrel"
	"github.com/doug-martin/goqu/v9"
	_ "github.com/doug-martin/goqu/v9/dialect/postgres" // goqu's own way to know it
	"github.com/huandu/go-sqlbuilder"
	"github.com/stephenafamo/bob/dialect/psql"
	"github.com/stephenafamo/bob/dialect/psql/sm"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
)

// selected is a whole SELECT, which is what query builders make.
func selected() scene.Scene {
	return scene.Scene{
		Name: "condition/select",
		Does: "a SELECT with the condition -> text and arguments: two equalities",
		Open: func(scene.Size) (*scene.Open, error) {
			mine, err := own()
			if err != nil {
				return nil, err
			}
			account, creator := world.Account, world.Subject
			postgres, goquPostgres := sq.StatementBuilder.PlaceholderFormat(sq.Dollar), goqu.Dialect("postgres")
			entPostgres, ctx := ent.Dialect(entdialect.Postgres), context.Background()
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, func(n int) (s statement, err error) {
					for range n {
						s.text, s.args = handSelect(account, creator)
					}
					return s, nil
				}, statement.print),
				pair.New(scene.Ours, func(n int) (made statement, err error) {
					for range n {
						where, args, err := invoices.SQL(mine, dialect)
						if err != nil {
							return made, err
						}
						made = statement{"SELECT id FROM invoices WHERE " + where, args}
					}
					return made, nil
				}, statement.print),
				way("rolespec, in squirrel's Select", func() (string, []any, error) {
					return postgres.Select("id").From("invoices").Where(invoices.Where(mine, dialect)).ToSql()
				}),
				peerWay("squirrel", func() (string, []any, error) {
					return postgres.Select("id").From("invoices").
						Where(sq.And{sq.Eq{"account_id": account}, sq.Eq{"created_by": creator}}).ToSql()
				}),
				peerWay("ent", func() (string, []any, error) {
					text, args := entPostgres.Select("id").From(ent.Table("invoices")).
						Where(ent.And(ent.EQ("account_id", account), ent.EQ("created_by", creator))).Query()
					return text, args, nil
				}),
				peerWay("goqu", func() (string, []any, error) {
					return goquPostgres.From("invoices").Prepared(true).Select("id").
						Where(goqu.C("account_id").Eq(account), goqu.C("created_by").Eq(creator)).ToSQL()
				}),
				peerWay("go-sqlbuilder", func() (string, []any, error) {
					b := sqlbuilder.PostgreSQL.NewSelectBuilder()
					b.Select("id").From("invoices").Where(b.Equal("account_id", account), b.Equal("created_by", creator))
					text, args := b.Build()
					return text, args, nil
				}),
				peerWay("bob", func() (string, []any, error) {
					return psql.Select(sm.Columns("id"), sm.From("invoices"), sm.Where(psql.And(
						psql.Quote("account_id").EQ(psql.Arg(account)),
						psql.Quote("created_by").EQ(psql.Arg(creator))))).Build(ctx)
				}),
			}}, nil
		},
		Notes: []string{"squirrel's Select costs most of what it costs whatever its condition is"},
	}
}
