package main

import (
	"context"
	"crypto/rand"
	"database/sql"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// epoch returns the epoch of answers that are kept outside of the database.
func (s *store) epoch(ctx context.Context) (word string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT epoch FROM epochs").Scan(&word)
	return word, err
}

// newEpoch ends the epoch: what was kept is of the past. The word of the next one is
// random, so that neither another database in the same Redis nor this one, restored from
// a backup, has it.
func (s *store) newEpoch(ctx context.Context) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		return database.ExecOne(ctx, tx, s.db.SQL.Update("epochs").Set("epoch", rand.Text()))
	})
}
