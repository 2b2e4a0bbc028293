package pgguard_test

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/pgclaims/pgguard"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func Example() {
	guard := sqlguard.Must(sqlspec.Postgres, sqlguard.Protect(tasks))
	pool, err := pgxpool.New(context.Background(), "postgres://app@localhost/app")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer pool.Close()
	db := pgguard.Wrap(guard, pool)
	ctx := sqlguard.With(context.Background())

	// Forgotten: nothing is sent.
	_, err = db.Query(ctx, "SELECT t.id FROM tasks t")
	fmt.Println(err)

	// As it is meant.
	list := func(ctx context.Context, visible spec.Specification) error {
		where, args, err := guard.SQL(ctx, tasks, visible)
		if err != nil {
			return err
		}
		rows, err := db.Query(ctx, "SELECT t.id FROM tasks t WHERE "+where, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		return rows.Err()
	}
	_ = list
	// Output:
	// sqlguard: refused: table "tasks": it has no WHERE
}
