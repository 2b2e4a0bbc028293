// Package rowsecurity_test holds the row security of PostgreSQL against memory:
// the same rows, whichever of the two is asked.
package rowsecurity_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) { engines.Main(m) }

// server is a database with roles of its own, since roles belong to all
// databases of a server.
type server struct {
	*sql.DB
	prefix string
}

func open(t *testing.T) server {
	t.Helper()
	s := server{DB: engines.Postgres(t)}
	if err := s.QueryRow("SELECT current_database()").Scan(&s.prefix); err != nil {
		t.Fatal(err)
	}
	return s
}

// role makes a role that may do nothing but what it is granted, and be one of
// the groups.
func (s server) role(t *testing.T, name string, groups ...string) string {
	t.Helper()
	role := s.prefix + "_" + name
	exec(t, s.DB, `CREATE ROLE "`+role+`" NOLOGIN`)
	t.Cleanup(func() {
		exec(t, s.DB, `DROP OWNED BY "`+role+`"`)
		exec(t, s.DB, `DROP ROLE "`+role+`"`)
	})
	for _, g := range groups {
		exec(t, s.DB, `GRANT "`+s.prefix+"_"+g+`" TO "`+role+`"`)
	}
	return role
}

// as begins a transaction of a role for a caller with these claims, which is undone
// by the function returned.
func (s server) as(t testing.TB, role, claims string) (*sql.Tx, func()) {
	t.Helper()
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec(t, tx, `SET LOCAL ROLE "`+role+`"`)
	exec(t, tx, sqlspec.SetClaims, claims)
	return tx, func() { tx.Rollback() }
}

// protect puts a table under policies and lets the roles at it.
func (s server) protect(t testing.TB, script string, table *sqlspec.Table, roles ...string) {
	t.Helper()
	exec(t, s.DB, script)
	for _, role := range roles {
		exec(t, s.DB, `GRANT ALL ON `+table.Name()+` TO "`+role+`"`)
	}
}

type querier interface {
	Exec(query string, args ...any) (sql.Result, error)
	Query(query string, args ...any) (*sql.Rows, error)
}

func exec(t testing.TB, db querier, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// ids returns the integers that a statement returns.
func ids(db querier, text string, args ...any) ([]int64, error) {
	rows, err := db.Query(text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		found = append(found, id)
	}
	return found, rows.Err()
}

func mustIDs(t testing.TB, db querier, text string, args ...any) []int64 {
	t.Helper()
	found, err := ids(db, text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return found
}

// array writes ids as a condition reads them.
func array(found []int64) string {
	return "'{" + strings.Trim(strings.ReplaceAll(fmt.Sprint(found), " ", ","), "[]") + "}'"
}
