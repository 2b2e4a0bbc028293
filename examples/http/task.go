package main

import (
	"time"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/sqlspec"
)

// Task is a row. The policy speaks of it by the names of its columns.
type Task struct {
	ID        int64     `db:"id"`
	Version   int64     `db:"version"` // counts the changes, for ETag
	Account   string    `db:"account"`
	CreatedBy string    `db:"created_by"`
	Assignee  *string   `db:"assignee"`
	Title     string    `db:"title"`
	Status    string    `spec:"status,enum=open|done"`
	Priority  int64     `db:"priority"`
	Public    bool      `db:"public"`
	CreatedAt time.Time `db:"created_at"`
}

// tasks is where the rows are stored.
var tasks = sqlspec.MustTable[Task]("tasks", sqlspec.Strict())

// taskFields are the names of the fields, in the order of the struct.
var taskFields = func() (names []string) {
	for f := range tasks.Schema().Fields() {
		names = append(names, f.Name)
	}
	return names
}()

// value returns a field for JSON; nil for null and for a field that there is not.
func (t *Task) value(field string) any {
	switch field {
	case "id":
		return t.ID
	case "version":
		return t.Version
	case "account":
		return t.Account
	case "created_by":
		return t.CreatedBy
	case "assignee":
		if t.Assignee != nil {
			return *t.Assignee
		}
	case "title":
		return t.Title
	case "status":
		return t.Status
	case "priority":
		return t.Priority
	case "public":
		return t.Public
	case "created_at":
		return t.CreatedAt
	}
	return nil
}

// shown returns the fields that the caller may read, and leaves out the rest.
func (t *Task) shown(columns roles.FieldSet) map[string]any {
	row := make(map[string]any)
	for _, field := range columns.Of(taskFields...) {
		row[field] = t.value(field)
	}
	return row
}
