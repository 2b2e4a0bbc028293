package engines_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/engines"
)

// each runs a test on a database of every engine.
func each(t *testing.T, test func(t *testing.T, open func(testing.TB) *sql.DB)) {
	for name, open := range map[string]func(testing.TB) *sql.DB{
		"sqlite": engines.SQLite, "postgres": engines.Postgres, "mariadb": engines.MariaDB,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open)
		})
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, open func(testing.TB) *sql.DB) {
		db := open(t)
		run(t, db, "CREATE TABLE tasks (id bigint PRIMARY KEY, name varchar(40))")
		const hostile = `'; DROP TABLE tasks -- 😀 ä \ %_ `
		run(t, db, fmt.Sprintf("INSERT INTO tasks VALUES (%d, NULL)", int64(1<<53+1)))
		if n := scan[int64](t, db, "SELECT id FROM tasks WHERE name IS NULL"); n != 1<<53+1 {
			t.Errorf("id came back as %d", n)
		}
		param := map[bool]string{true: "$1", false: "?"}[t.Name() == "TestRoundTrip/postgres"]
		if _, err := db.Exec("UPDATE tasks SET name = "+param, hostile); err != nil {
			t.Fatal(err)
		}
		if s := scan[string](t, db, "SELECT name FROM tasks"); s != hostile {
			t.Errorf("name came back as %q", s)
		}
	})
}

// Tests that run at the same time make the same table, each in a database of
// its own, over several connections.
func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, open func(testing.TB) *sql.DB) {
		for i := range 6 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				db := open(t)
				run(t, db, "CREATE TABLE own (n integer)")
				done := make(chan error)
				for range 4 {
					go func() {
						_, err := db.Exec(fmt.Sprintf("INSERT INTO own VALUES (%d)", i))
						done <- err
					}()
				}
				for range 4 {
					if err := <-done; err != nil {
						t.Error(err)
					}
				}
				if n := scan[int](t, db, fmt.Sprintf("SELECT count(*) FROM own WHERE n = %d", i)); n != 4 {
					t.Errorf("%d of the 4 rows are there", n)
				}
				if n := scan[int](t, db, "SELECT count(*) FROM own"); n != 4 {
					t.Errorf("%d rows instead of 4: a database is shared", n)
				}
			})
		}
	})
}

func TestDatabaseIsDropped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, this, list string
		open             func(testing.TB) *sql.DB
	}{
		{"postgres", "SELECT current_database()", "SELECT count(*) FROM pg_database WHERE datname = '%s'", engines.Postgres},
		{"mariadb", "SELECT DATABASE()", "SELECT count(*) FROM information_schema.schemata WHERE schema_name = '%s'", engines.MariaDB},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			witness := c.open(t)
			var list string
			t.Run("user", func(t *testing.T) {
				list = fmt.Sprintf(c.list, scan[string](t, c.open(t), c.this))
				if n := scan[int](t, witness, list); n != 1 {
					t.Errorf("%d databases of its name while it is used", n)
				}
			})
			if n := scan[int](t, witness, list); n != 0 {
				t.Errorf("%d databases of its name after the test", n)
			}
		})
	}
}

// A connection that a test forgets does not keep its database.
func TestPostgresURL(t *testing.T) {
	t.Parallel()
	url := engines.PostgresURL(t)
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	if err := conn.QueryRow(context.Background(), "SELECT array['a', 'ä']").Scan(&names); err != nil {
		t.Fatal(err)
	}
	if len(names) != 2 || names[1] != "ä" {
		t.Errorf("names came back as %q", names)
	}
}

func TestMariaDBSettings(t *testing.T) {
	t.Parallel()
	db := engines.MariaDB(t)
	for expression, want := range map[string]string{
		"@@character_set_client":     "utf8mb4",
		"@@character_set_connection": "utf8mb4",
		"@@character_set_results":    "utf8mb4",
		"@@collation_connection":     "utf8mb4_bin",
		"@@collation_database":       "utf8mb4_general_ci",
		"@@time_zone":                "+00:00",
		"@@sql_auto_is_null":         "0",
		"@@sql_mode":                 "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO",
	} {
		if got := scan[string](t, db, "SELECT "+expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	if got := scan[time.Time](t, db, "SELECT TIMESTAMP'2024-07-01 12:00:00'"); got != time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC) {
		t.Errorf("noon came back as %v", got)
	}
}

func run(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func scan[T any](t *testing.T, db *sql.DB, query string) (value T) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}
