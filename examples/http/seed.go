package main

import (
	"context"
	"database/sql"
	"time"
)

// seeds are the tasks of a demonstration: two accounts, and of what each role sees or
// does not see some.
func seeds(now time.Time) []Task {
	forWhom := func(name string) *string { return &name }
	return []Task{
		{Account: "acme", CreatedBy: "bob", Title: "Order paper", Status: "open", Priority: 3, CreatedAt: now},
		{Account: "acme", CreatedBy: "bob", Assignee: forWhom("mia"), Title: "Pay the invoice", Status: "done", Priority: 5, CreatedAt: now},
		{Account: "acme", CreatedBy: "mia", Assignee: forWhom("bob"), Title: "Call the plumber", Status: "open", Priority: 8, CreatedAt: now},
		{Account: "acme", CreatedBy: "mia", Title: "Plan the party", Status: "open", Priority: 1, Public: true, CreatedAt: now},
		{Account: "acme", CreatedBy: "ann", Title: "Renew the lease", Status: "done", Priority: 9, CreatedAt: now},
		{Account: "globex", CreatedBy: "bob", Title: "Order paper", Status: "open", Priority: 2, Public: true, CreatedAt: now},
		{Account: "globex", CreatedBy: "gil", Assignee: forWhom("bob"), Title: "Call the candidate", Status: "open", Priority: 7, CreatedAt: now},
	}
}

// seed fills a database that has no task yet.
func (s *store) seed(ctx context.Context) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM tasks").Scan(&n); err != nil || n > 0 {
			return err
		}
		for _, t := range seeds(time.Now()) {
			if _, err := insert(ctx, tx, t); err != nil {
				return err
			}
		}
		return nil
	})
}
