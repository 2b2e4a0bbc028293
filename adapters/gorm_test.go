package adapters_test

import (
	"errors"
	"testing"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type gormTask struct {
	ID       int64
	Done     bool
	Priority int64
	Note     string
}

func (gormTask) TableName() string { return "tasks" }

type gormSoftTask struct {
	ID        int64
	Note      string
	DeletedAt gorm.DeletedAt
}

func (gormSoftTask) TableName() string { return "tasks" }

func openGorm(t *testing.T, e *engine) *gorm.DB {
	t.Helper()
	dialector := sqlite.New(sqlite.Config{Conn: e.db})
	if e.Dialect == sqlspec.Postgres {
		dialector = postgres.New(postgres.Config{Conn: e.db})
	}
	db, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestGorm(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		db := openGorm(t, e)
		scope := func(s spec.Specification) func(*gorm.DB) *gorm.DB { return adapters.Gorm(unnamed, s, e.Dialect) }
		t.Run("text", func(t *testing.T) {
			check(t, e, uses{
				find: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormTask{}).Scopes(scope(s)).Pluck("id", &ids).Error
					return ids, err
				},
				beside: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormTask{}).Scopes(scope(s)).Where("done OR priority >= ?", 3).Pluck("id", &ids).Error
					return ids, err
				},
				mark: func(s spec.Specification) error {
					return db.Model(&gormTask{}).Where("done OR priority >= ?", 3).Scopes(scope(s)).Update("note", "seen?").Error
				},
				remove: func(s spec.Specification) error {
					return db.Scopes(scope(s)).Delete(&gormTask{}, "done OR priority >= ?", 3).Error
				},
			})
		})
		t.Run("Or", func(t *testing.T) {
			check(t, e, uses{
				find: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormTask{}).Scopes(scope(s)).Or("done\nOR\nnot done").Pluck("id", &ids).Error
					return ids, err
				},
				beside: func(s spec.Specification) (ids []int64, err error) {
					var found []gormTask
					err = db.Scopes(scope(s)).Where("done OR priority >= ?", 3).FindInBatches(&found, 3, func(*gorm.DB, int) error {
						for _, f := range found {
							ids = append(ids, f.ID)
						}
						return nil
					}).Error
					return ids, err
				},
				mark: func(s spec.Specification) error {
					return db.Model(&gormTask{}).Or("done").Or("priority >= ?", 3).Scopes(scope(s)).Updates(gormTask{Note: "seen?"}).Error
				},
				remove: func(s spec.Specification) error {
					return db.Where("done").Scopes(scope(s)).Or(gormTask{Priority: 3}).Or("priority > ?", 3).Delete(&gormTask{}).Error
				},
			})
		})
		t.Run("soft delete", func(t *testing.T) {
			check(t, e, uses{
				soft: true,
				find: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormSoftTask{}).Scopes(scope(s)).Pluck("id", &ids).Error
					return ids, err
				},
				beside: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormSoftTask{}).Scopes(scope(s)).Where("done").Or("priority >= ?", 3).Pluck("id", &ids).Error
					return ids, err
				},
				mark: func(s spec.Specification) error {
					return db.Model(&gormSoftTask{}).Scopes(scope(s)).Where("done").Or("priority >= ?", 3).Update("note", "seen?").Error
				},
				remove: func(s spec.Specification) error {
					return db.Scopes(scope(s)).Where("done").Or("priority >= ?", 3).Delete(&gormSoftTask{}).Error
				},
			})
		})
		t.Run("group and subquery", func(t *testing.T) {
			check(t, e, uses{
				find: func(s spec.Specification) (ids []int64, err error) {
					err = db.Model(&gormTask{}).Where(db.Scopes(scope(s))).Pluck("id", &ids).Error
					return ids, err
				},
				beside: func(s spec.Specification) (ids []int64, err error) {
					visible := db.Model(&gormTask{}).Select("id").Scopes(scope(s))
					err = db.Model(&gormTask{}).Where(db.Where("done").Or("priority >= ?", 3)).Where("id IN (?)", visible).Pluck("id", &ids).Error
					return ids, err
				},
			})
		})
		// An error cannot become a condition that is true.
		t.Run("negated error", func(t *testing.T) {
			wrong := spec.Eq("acount_id", 1)
			var ids []int64
			err := db.Model(&gormTask{}).Not(db.Scopes(scope(wrong))).Pluck("id", &ids).Error
			if !errors.Is(err, spec.ErrUnknownField) || len(ids) > 0 {
				t.Errorf("group: %v, %v", ids, err)
			}
			err = db.Model(&gormTask{}).Where("id NOT IN (?)", db.Model(&gormTask{}).Select("id").Scopes(scope(wrong))).Pluck("id", &ids).Error
			if !errors.Is(err, spec.ErrUnknownField) || len(ids) > 0 {
				t.Errorf("subquery: %v, %v", ids, err)
			}
		})
		t.Run("First and Count", func(t *testing.T) {
			mine := spec.Or(spec.Eq("account_id", 1), spec.Eq("title", hostile))
			want := inMemory(t, mine.And(own))
			var n int64
			if err := db.Model(&gormTask{}).Scopes(scope(mine)).Where("done").Or("priority >= ?", 3).Count(&n).Error; err != nil || int(n) != len(want) {
				t.Errorf("Count: %d, %v, want %d", n, err, len(want))
			}
			var first gormTask
			if err := db.Scopes(scope(mine)).Or("done").Or("priority >= ?", 3).First(&first).Error; err != nil || first.ID != want[0] {
				t.Errorf("First: %v, %v, want %d", first, err, want[0])
			}
			hidden := spec.Ne("id", first.ID)
			if err := db.Scopes(scope(hidden)).First(&gormTask{}, first.ID).Error; !errors.Is(err, gorm.ErrRecordNotFound) {
				t.Errorf("First of a hidden row: %v", err)
			}
			if res := db.Model(&first).Scopes(scope(hidden)).Update("note", "seen?"); res.Error != nil || res.RowsAffected != 0 {
				t.Errorf("Update of a hidden row: %d, %v", res.RowsAffected, res.Error)
			}
			if res := db.Unscoped().Scopes(scope(hidden)).Delete(&gormSoftTask{ID: first.ID}); res.Error != nil || res.RowsAffected != 0 {
				t.Errorf("Delete of a hidden row: %d, %v", res.RowsAffected, res.Error)
			}
			// The trap that the documentation speaks of: if this fails, gorm has closed it.
			first.Note = "seen?"
			if err := db.Scopes(scope(hidden)).Save(&first).Error; err != nil || len(e.ids(t, "note = 'seen?'")) != 1 {
				t.Errorf("Save of a hidden row: %v", err)
			}
		})
	})
}
