package database

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// List implements [DB].
func (p *postgres) List(ids int) ([]pair.Way, error) {
	c, err := p.connect("")
	if err != nil {
		return nil, err
	}
	l := p.size.list(ids)
	held := spec.In("id", l.ids...)
	text := selectCount + table + " WHERE " + placeholders(ids, true)
	ways := []pair.Way{
		l.way(scene.Hand, func(ids []int64) (int64, int64, error) {
			return c.count(selectCount+table+" WHERE id = ANY($1)", ids)
		}),
		l.way(scene.Ours, func(ids []int64) (int64, int64, error) {
			text, args, err := listStatement(ids, sqlspec.Postgres)
			if err != nil {
				return 0, 0, err
			}
			return c.count(text, args...)
		}),
		l.way("rolespec, the In kept", func([]int64) (int64, int64, error) {
			text, args, err := countStatement(held, sqlspec.Postgres)
			if err != nil {
				return 0, 0, err
			}
			return c.count(text, args...)
		}),
		l.way("placeholders, the text kept", func(ids []int64) (int64, int64, error) {
			return c.count(text, boxed(ids)...)
		}),
		l.way("squirrel's own Eq", func(ids []int64) (int64, int64, error) {
			text, args, err := sq.Select(counts).From(table).Where(sq.Eq{"id": ids}).
				PlaceholderFormat(sq.Dollar).ToSql()
			if err != nil {
				return 0, 0, err
			}
			return c.count(text, args...)
		}).Peer(),
	}
	return ways, pair.Check(ways...)
}

func (c connection) count(text string, args ...any) (rows, sum int64, err error) {
	err = c.pool.QueryRow(c.ctx, text, args...).Scan(&rows, &sum)
	return rows, sum, err
}
