package scale

import (
	"context"
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var invoices = sqlspec.MustTable[world.Invoice](world.Endpoint)

// listInSQL is a list as it becomes a condition for PostgreSQL: text and arguments.
func listInSQL() Curve {
	return Curve{
		Name: "list-sql", Title: "In by the values of the list, as SQL", Size: "values", Sizes: powers(1, 100_000),
		Note: "By hand and by us the list is one argument, PostgreSQL's text of an array; squirrel has a placeholder for each value.",
		open: func(context.Context) (opened, error) {
			return opened{grow: func(n int) ([]pair.Way, error) {
				list := values(n)
				in := spec.In("account_id", list...)
				return []pair.Way{
					statement(scene.Hand, func() (string, []any, error) {
						return "account_id = ANY ($1::text[])", []any{handArray(list)}, nil
					}),
					statement(scene.Ours, func() (string, []any, error) { return invoices.SQL(in, sqlspec.Postgres) }),
					statement(scene.Ours+", In and SQL", func() (string, []any, error) {
						return invoices.SQL(spec.In("account_id", list...), sqlspec.Postgres)
					}),
					statement("squirrel's own Eq", func() (string, []any, error) {
						text, args, err := sq.Eq{"account_id": list}.ToSql()
						if err != nil {
							return "", nil, err
						}
						text, err = sq.Dollar.ReplacePlaceholders(text)
						return text, args, err
					}).Peer(),
				}, nil
			}}, nil
		},
	}
}

// statement is a way to make a condition. Its answer is the values that it asks for.
func statement(name string, f func() (string, []any, error)) pair.Way {
	return pair.New(name, func(n int) (args []any, err error) {
		for range n {
			if _, args, err = f(); err != nil {
				return nil, err
			}
		}
		return args, nil
	}, func(args []any) (string, error) {
		if text, ok := args[0].(string); ok && strings.HasPrefix(text, "{") {
			return strings.ReplaceAll(strings.Trim(text, "{}"), `"`, ""), nil
		}
		texts := make([]string, len(args))
		for i, arg := range args {
			texts[i] = fmt.Sprint(arg)
		}
		return strings.Join(texts, ","), nil
	})
}

// handArray writes the text of an array.
//
//go:noinline
func handArray(list []string) string {
	size := 2
	for _, v := range list {
		size += len(v) + 3
	}
	b := append(make([]byte, 0, size), '{')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		for j := range len(v) {
			if v[j] == '"' || v[j] == '\\' {
				b = append(b, '\\')
			}
			b = append(b, v[j])
		}
		b = append(b, '"')
	}
	return string(append(b, '}'))
}
