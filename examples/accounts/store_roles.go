package main

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// descriptions are the roles that there are. The policy has no others, so there is no
// way to make one.
var descriptions = []struct{ name, text string }{
	{Guest, "Sees and changes their own user alone"},
	{AccountAdmin, "Administers an account and its users"},
	{AccountManager, "Sees the users of an account"},
	{Admin, "Administers all accounts and users but the super admins"},
	{SuperAdmin, "Administers everything"},
}

// seedRoles puts in the roles that are not there yet.
func (s *store) seedRoles(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *sql.Tx) error {
		for _, d := range descriptions {
			_, err := database.Exec(ctx, tx, s.db.SQL.Insert("roles").
				Columns("id", "name", "description").Values(uuid.NewString(), d.name, d.text).
				Suffix("ON CONFLICT (name) DO NOTHING"))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func selectRoles(db *database.DB) sq.SelectBuilder {
	return db.SQL.Select("id", "name", "description").From("roles").OrderBy("name")
}

func scanRole(row database.Scanner) (r Role, err error) {
	err = row.Scan(&r.ID, &r.Name, &r.Description)
	return r, err
}

func (s *store) roles(ctx context.Context) ([]Role, error) {
	return database.All(ctx, s.db, selectRoles(s.db), scanRole)
}

func findRole(ctx context.Context, db *database.DB, q database.Queryer, where sq.Eq) (Role, error) {
	r, err := database.One(ctx, q, selectRoles(db).Where(where), scanRole)
	return r, missing(err)
}

// addUserRole gives a user a first role. That there is one already is a unique key twice.
func addUserRole(ctx context.Context, db *database.DB, tx *sql.Tx, user, role uuid.UUID) error {
	_, err := database.Exec(ctx, tx, db.SQL.Insert("user_roles").
		Columns("user_id", "role_id").Values(user.String(), role.String()))
	return err
}

func changeUserRole(ctx context.Context, db *database.DB, tx *sql.Tx, user, role uuid.UUID) error {
	return database.ExecOne(ctx, tx, db.SQL.Update("user_roles").Set("role_id", role.String()).
		Where(sq.Eq{"user_id": user.String()}))
}
