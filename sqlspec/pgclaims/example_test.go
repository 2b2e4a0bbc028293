package pgclaims_test

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

type Claims struct {
	Subject string `json:"sub"`
	Account string `json:"account"`
}

type Task struct {
	ID    int64
	Title string
}

func ExampleRun() {
	finish := func(ctx context.Context, pool *pgxpool.Pool, claims Claims, id int64) error {
		return pgclaims.Run(ctx, pool, claims, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE tasks SET done = true WHERE id = $1", id)
			return err
		})
	}
	_ = finish
}

func ExampleQuery() {
	open := func(ctx context.Context, pool *pgxpool.Pool, claims Claims) ([]Task, error) {
		rows, err := pgclaims.Query(ctx, pool, claims, "SELECT id, title FROM tasks WHERE done = $1", false)
		if err != nil {
			return nil, err
		}
		return pgx.CollectRows(rows, pgx.RowToStructByName[Task])
	}
	_ = open
}
