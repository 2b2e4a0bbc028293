package adapters_test

import (
	"testing"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The shortest way for those libraries whose own file is longer.
func TestSnippets(t *testing.T) {
	e := openPostgres(t)
	ctx := t.Context()
	visible := spec.Or(spec.Eq("account_id", 1), spec.Eq("title", hostile), spec.IsNull("owner"))
	alone, both := inMemory(t, visible), inMemory(t, visible.And(own))
	t.Run("gorm", func(t *testing.T) {
		type Task = gormTask
		db, tasks := openGorm(t, e), unnamed
		var found []Task
		// snippet: gorm
		mine := adapters.Gorm(tasks, visible, sqlspec.Postgres)
		err := db.Scopes(mine).Where("done").Or("priority >= ?", 3).Find(&found).Error
		// end
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		same(t, "gorm", ids, both)
	})
	t.Run("bun", func(t *testing.T) {
		db := openBun(e)
		var found []bunTask
		// snippet: bun
		where, args, err := tasks.Where(visible, sqlspec.Postgres).ToSql()
		err = db.NewSelect().Model(&found).Where(where, args...).Err(err).Scan(ctx)
		// end
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		same(t, "bun", ids, alone)
	})
	t.Run("ent", func(t *testing.T) {
		client, _ := openEnt(e)
		tasks := unnamed
		// snippet: ent
		mine := adapters.Ent(tasks, visible, sqlspec.Postgres)
		ids, err := client.Task.Query().Where(mine).IDs(ctx)
		// end
		if err != nil {
			t.Fatal(err)
		}
		same(t, "ent", ids, alone)
	})
}
