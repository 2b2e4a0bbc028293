package main

import (
	"context"
	"database/sql"
	"errors"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

// selectAccounts reads accounts in the order in which they came.
func selectAccounts(db *database.DB) sq.SelectBuilder {
	return db.SQL.Select("name", "description", "is_active", "plan_id", "current_subscription_ends",
		"id", "created_at", "updated_at").
		From(accountTable.From()).
		OrderBy("created_at", "id")
}

func scanAccount(row database.Scanner) (Account, error) {
	var a Account
	var ends, created, updated instant
	err := row.Scan(&a.Name, &a.Description, &a.IsActive, &a.PlanID, &ends, &a.ID, &created, &updated)
	a.CurrentSubscriptionEnds, a.CreatedAt, a.UpdatedAt = ends.at, created.time(), updated.time()
	return a, err
}

// accounts returns a page of the accounts that a specification shows.
func (s *store) accounts(ctx context.Context, visible spec.Specification, page web.Page) ([]Account, error) {
	return database.All(ctx, s.db, selectAccountPage(s.db, visible, page), scanAccount)
}

func selectAccountPage(db *database.DB, visible spec.Specification, page web.Page) sq.SelectBuilder {
	return selectAccounts(db).Where(accountTable.Where(visible, db.Dialect)).
		Limit(uint64(page.Limit)).Offset(uint64(page.Skip))
}

// findAccount returns one account, whoever asks: the caller holds it against the policy.
func findAccount(ctx context.Context, db *database.DB, q database.Queryer, id uuid.UUID) (Account, error) {
	a, err := database.One(ctx, q, selectAccounts(db).Where(sq.Eq{"id": id.String()}), scanAccount)
	return a, missing(err)
}

func addAccount(ctx context.Context, db *database.DB, tx *sql.Tx, a *Account) error {
	_, err := database.Exec(ctx, tx, db.SQL.Insert("accounts").SetMap(map[string]any{
		"id": a.ID.String(), "name": a.Name, "description": a.Description, "is_active": a.IsActive,
		"plan_id": a.PlanID, "current_subscription_ends": stored(db, a.CurrentSubscriptionEnds),
		"created_at": stored(db, &a.CreatedAt), "updated_at": stored(db, &a.UpdatedAt),
	}))
	return err
}

// changeAccount is changeUser for an account.
func changeAccount(ctx context.Context, db *database.DB, tx *sql.Tx, a *Account, rows spec.Specification) error {
	return database.ExecOne(ctx, tx, db.SQL.Update("accounts").SetMap(map[string]any{
		"name": a.Name, "description": a.Description, "is_active": a.IsActive,
		"plan_id": a.PlanID, "current_subscription_ends": stored(db, a.CurrentSubscriptionEnds),
		"updated_at": stored(db, &a.UpdatedAt),
	}).Where(sq.Eq{"id": a.ID.String()}).Where(accountTable.Where(rows, db.Dialect)))
}

// accountNamed returns the account of a name, which it makes if there is none.
func accountNamed(ctx context.Context, db *database.DB, tx *sql.Tx, name string) (Account, error) {
	a, err := database.One(ctx, tx, selectAccounts(db).Where(sq.Eq{"name": name}), scanAccount)
	if !errors.Is(err, sql.ErrNoRows) {
		return a, err
	}
	a = Account{ID: uuid.New(), Name: name, IsActive: true, CreatedAt: now()}
	a.UpdatedAt = a.CreatedAt
	return a, addAccount(ctx, db, tx, &a)
}
