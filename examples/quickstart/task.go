package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Task is a row. The tags name the fields for the policy and the columns for SQL;
// pointers are what can be NULL.
type Task struct {
	ID        int64        `db:"id"`
	Account   string       `db:"account"`
	CreatedBy string       `db:"created_by"`
	Assignee  *string      `db:"assignee"`
	Title     string       `db:"title"`
	Status    string       `db:"status" spec:"status,enum=open|blocked|done"`
	Priority  int          `db:"priority"`
	Amount    spec.Decimal `db:"amount"`
	Due       *spec.Date   `db:"due"`
	CreatedAt time.Time    `db:"created_at"`
	DeletedAt *time.Time   `db:"deleted_at"`
}

// tasks is where the rows are stored: in a STRICT table, amounts as cents.
var tasks = sqlspec.MustTable[Task]("tasks",
	sqlspec.As("t"),
	sqlspec.Strict(),
	sqlspec.Column("amount", sqlspec.Scaled(2)))

// loadTasks reads all rows, for the comparison with SQL.
func loadTasks(ctx context.Context, tx *sql.Tx, bar *progress) ([]Task, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, account, created_by, assignee, title,
		status, priority, amount, due, created_at, deleted_at FROM tasks ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Task
	for rows.Next() {
		var t Task
		var cents, created int64
		var deleted sql.NullInt64
		err := rows.Scan(&t.ID, &t.Account, &t.CreatedBy, &t.Assignee, &t.Title,
			&t.Status, &t.Priority, &cents, &t.Due, &created, &deleted)
		if err != nil {
			return nil, err
		}
		if t.Amount, err = decimalOf(cents); err != nil {
			return nil, err
		}
		t.CreatedAt = time.UnixMicro(created) // instants are stored in microseconds
		if deleted.Valid {
			at := time.UnixMicro(deleted.Int64)
			t.DeletedAt = &at
		}
		all = append(all, t)
		bar.add(1)
	}
	return all, rows.Err()
}

// decimalOf returns an amount of cents as the decimal that it stands for.
func decimalOf(cents int64) (spec.Decimal, error) {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	digits := fmt.Sprintf("%03d", cents)
	point := len(digits) - 2
	return spec.ParseDecimal(sign + digits[:point] + "." + digits[point:])
}
