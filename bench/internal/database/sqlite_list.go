package database

import (
	"encoding/json"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// List implements [DB].
func (l *lite) List(ids int) ([]pair.Way, error) {
	of := l.size.list(ids)
	held := spec.In("id", of.ids...)
	text := selectCount + table + " WHERE " + placeholders(ids, false)
	ways := []pair.Way{
		of.way(scene.Hand, func(ids []int64) (int64, int64, error) {
			array, err := json.Marshal(ids)
			if err != nil {
				return 0, 0, err
			}
			return l.count(selectCount+table+" WHERE id IN (SELECT value FROM json_each(?))", string(array))
		}),
		of.way(scene.Ours, func(ids []int64) (int64, int64, error) {
			text, args, err := listStatement(ids, sqlspec.SQLite)
			if err != nil {
				return 0, 0, err
			}
			return l.count(text, args...)
		}),
		of.way("rolespec, the In kept", func([]int64) (int64, int64, error) {
			text, args, err := countStatement(held, sqlspec.SQLite)
			if err != nil {
				return 0, 0, err
			}
			return l.count(text, args...)
		}),
		of.way("placeholders, the text kept", func(ids []int64) (int64, int64, error) {
			return l.count(text, boxed(ids)...)
		}),
		of.way("squirrel's own Eq", func(ids []int64) (int64, int64, error) {
			text, args, err := sq.Select(counts).From(table).Where(sq.Eq{"id": ids}).ToSql()
			if err != nil {
				return 0, 0, err
			}
			return l.count(text, args...)
		}).Peer(),
	}
	return ways, pair.Check(ways...)
}

func (l *lite) count(text string, args ...any) (rows, sum int64, err error) {
	err = l.db.QueryRowContext(l.ctx, text, args...).Scan(&rows, &sum)
	return rows, sum, err
}
