// Package refresh_test keeps the sessions of refresh tokens in real databases, in the
// statements that payload.RefreshStore gives for a table of them.
package refresh_test

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/refreshtest"
)

func TestMain(m *testing.M) { engines.Main(m) }

// store is the SQL that payload.RefreshStore gives.
type store struct {
	db     *sql.DB
	dollar bool
}

func (s store) exec(ctx context.Context, query string, args ...any) (bool, error) {
	if s.dollar {
		for i := 1; strings.Contains(query, "?"); i++ {
			query = strings.Replace(query, "?", "$"+strconv.Itoa(i), 1)
		}
	}
	result, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

func (s store) Create(ctx context.Context, f payload.Family) error {
	if _, err := s.exec(ctx, "DELETE FROM families WHERE expires < ?", time.Now().Unix()); err != nil {
		return err
	}
	_, err := s.exec(ctx, "INSERT INTO families (id, subject, token, expires) VALUES (?, ?, ?, ?)", f.ID, f.Subject, f.Token, f.Expires.Unix())
	return err
}

func (s store) Swap(ctx context.Context, family, old, next string, expires time.Time) (bool, error) {
	return s.exec(ctx, "UPDATE families SET token = ?, expires = ? WHERE id = ? AND token = ?", next, expires.Unix(), family, old)
}

func (s store) Revoke(ctx context.Context, family string) (bool, error) {
	return s.exec(ctx, "DELETE FROM families WHERE id = ?", family)
}

func (s store) RevokeSubject(ctx context.Context, subject string) error {
	_, err := s.exec(ctx, "DELETE FROM families WHERE subject = ?", subject)
	return err
}

func TestStores(t *testing.T) {
	for name, e := range map[string]struct {
		open func(testing.TB) *sql.DB
		text string
	}{
		"sqlite":   {engines.SQLite, "text"},
		"postgres": {engines.Postgres, `text COLLATE "C"`},
		"mariadb":  {engines.MariaDB, "varchar(400) COLLATE utf8mb4_nopad_bin"},
	} {
		t.Run(name, func(t *testing.T) {
			db := e.open(t)
			for _, q := range []string{
				"CREATE TABLE families (id " + e.text + " PRIMARY KEY, subject " + e.text + ", token " + e.text + ", expires bigint)",
				"CREATE INDEX by_subject ON families (subject)",
			} {
				if _, err := db.Exec(q); err != nil {
					t.Fatal(err)
				}
			}
			refreshtest.Run(t, func(*testing.T) payload.RefreshStore { return store{db, name == "postgres"} })
		})
	}
}
