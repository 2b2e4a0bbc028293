package adapters_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type bunTask struct {
	bun.BaseModel `bun:"table:tasks,alias:t"`

	ID   int64 `bun:",pk"`
	Note string
}

type bunSoftTask struct {
	bun.BaseModel `bun:"table:tasks,alias:t"`

	ID        int64 `bun:",pk"`
	Note      string
	DeletedAt *time.Time `bun:",soft_delete"`
}

func openBun(e *engine) *bun.DB {
	if e.Dialect == sqlspec.Postgres {
		return bun.NewDB(e.db, pgdialect.New())
	}
	return bun.NewDB(e.db, sqlitedialect.New())
}

func TestBun(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		db, ctx := openBun(e), t.Context()
		t.Run("Where", func(t *testing.T) {
			check(t, e, uses{
				find: func(visible spec.Specification) (ids []int64, err error) {
					err = adapters.Bun(db.NewSelect().Model((*bunTask)(nil)).Column("id"), tasks, visible, e.Dialect).Scan(ctx, &ids)
					return ids, err
				},
				beside: func(visible spec.Specification) (ids []int64, err error) {
					err = adapters.Bun(db.NewSelect().Model((*bunTask)(nil)).Column("id").Where("done OR priority >= ?", 3), tasks, visible, e.Dialect).Scan(ctx, &ids)
					return ids, err
				},
				mark: func(visible spec.Specification) error {
					_, err := adapters.Bun(db.NewUpdate().Model((*bunTask)(nil)).Set("note = ?", "seen?"), tasks, visible, e.Dialect).Where("done OR priority >= ?", 3).Exec(ctx)
					return err
				},
				remove: func(visible spec.Specification) error {
					_, err := adapters.Bun(db.NewDelete().Model((*bunTask)(nil)), tasks, visible, e.Dialect).Where("done OR priority >= ?", 3).Exec(ctx)
					return err
				},
			})
		})
		t.Run("soft delete and groups", func(t *testing.T) {
			check(t, e, uses{
				soft: true,
				find: func(visible spec.Specification) (ids []int64, err error) {
					err = adapters.Bun(db.NewSelect().Model((*bunSoftTask)(nil)).Column("id"), tasks, visible, e.Dialect).Scan(ctx, &ids)
					return ids, err
				},
				beside: func(visible spec.Specification) (ids []int64, err error) {
					err = adapters.Bun(db.NewSelect().Model((*bunSoftTask)(nil)).Column("id").WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
						return q.Where("done").WhereOr("priority >= ?", 3)
					}), tasks, visible, e.Dialect).Scan(ctx, &ids)
					return ids, err
				},
				mark: func(visible spec.Specification) error {
					_, err := adapters.Bun(db.NewUpdate().Model((*bunSoftTask)(nil)).Set("note = ?", "seen?"), tasks, visible, e.Dialect).WhereGroup(" AND ", func(q *bun.UpdateQuery) *bun.UpdateQuery {
						return q.WhereOr("done").WhereOr("priority >= ?", 3)
					}).Exec(ctx)
					return err
				},
				remove: func(visible spec.Specification) error {
					_, err := adapters.Bun(db.NewDelete().Model((*bunSoftTask)(nil)), tasks, visible, e.Dialect).Where("done OR priority >= ?", 3).Exec(ctx)
					return err
				},
			})
		})
		t.Run("Count and WherePK", func(t *testing.T) {
			mine := spec.Or(spec.Eq("account_id", 1), spec.Eq("title", hostile))
			want := inMemory(t, mine)
			if n, err := adapters.Bun(db.NewSelect().Model((*bunTask)(nil)), tasks, mine, e.Dialect).Count(ctx); err != nil || int(n) != len(want) {
				t.Errorf("Count: %d, %v, want %d", n, err, len(want))
			}
			hidden := spec.Ne("id", want[0])
			res, err := adapters.Bun(db.NewUpdate().Model(&bunTask{ID: want[0], Note: "seen?"}).WherePK(), tasks, hidden, e.Dialect).Exec(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if n, _ := res.RowsAffected(); n != 0 {
				t.Error("WherePK reaches a hidden row")
			}
		})
		// PostgreSQL may refuse the least integer, but never misread it.
		t.Run("extreme numbers", func(t *testing.T) {
			for _, s := range []spec.Specification{
				spec.Gte("priority", math.MinInt64), spec.Lte("priority", math.MaxInt64), spec.Eq("priority", uint64(math.MaxUint64)),
				spec.Gte("weight", -1e300), spec.Lt("weight", 5e-324),
			} {
				var ids []int64
				if err := adapters.Bun(db.NewSelect().Model((*bunTask)(nil)).Column("id"), tasks, s, e.Dialect).Scan(ctx, &ids); err == nil {
					same(t, s.String(), ids, inMemory(t, s))
				} else if len(ids) > 0 || !strings.Contains(err.Error(), "out of range") {
					t.Errorf("%v: %v, %v", s, ids, err)
				}
			}
		})
		t.Run("error in a subquery", func(t *testing.T) {
			wrong := adapters.Bun(db.NewSelect().Model((*bunTask)(nil)).Column("id"), tasks, spec.Eq("acount_id", 1), e.Dialect)
			var ids []int64
			if err := db.NewSelect().Model((*bunTask)(nil)).Column("id").Where("id NOT IN (?)", wrong).Scan(ctx, &ids); err == nil || len(ids) > 0 {
				t.Errorf("%v, %v", ids, err)
			}
		})
	})
}
