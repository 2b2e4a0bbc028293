package agree_test

import (
	"database/sql"
	"net/url"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// TestTrigramIndex: an index of pg_trgm folds case in the locale of the database
// and reads patterns in its own collation. Where the two differ, it loses rows: so
// none is used for patterns. It serves Contains and HasSuffix.
func TestTrigramIndex(t *testing.T) {
	type row struct {
		ID   int64
		Name string
	}
	names := []string{"Ärger", "ärger", "aÄÖb", "xÄyzzz", "xäyzzz", "hello", "HELLO", "\u212aelvin", "Kelvin", "kelvin", "Straße", "ſtraße"}
	db := localized(t)
	exec(t, db, "CREATE EXTENSION pg_trgm")
	exec(t, db, `CREATE TABLE people (id int8, name text)`)
	exec(t, db, `CREATE TABLE others (id int8, name text COLLATE "C")`)
	var rows []row
	for i, name := range names {
		rows = append(rows, row{int64(i), name})
		exec(t, db, "INSERT INTO people VALUES ($1, $2)", i, name)
		exec(t, db, "INSERT INTO others VALUES ($1, $2)", i, name)
	}
	exec(t, db, `CREATE INDEX ON people USING gin (name gin_trgm_ops)`)
	exec(t, db, `CREATE INDEX ON people USING gin (name COLLATE "C" gin_trgm_ops)`)
	exec(t, db, `CREATE INDEX ON others USING gin (name gin_trgm_ops)`)
	exec(t, db, "SET enable_seqscan = off")
	for _, name := range []string{"people", "others"} {
		e := engine{dialect: sqlspec.Postgres, table: sqlspec.MustTable[row](name, sqlspec.As("t")), db: db}
		for s, served := range map[*spec.Specification]bool{
			ptr(spec.Matches("name", "Ärger|hello")):        false,
			ptr(spec.Matches("name", "x[À-Ö]yz|hello")):     false,
			ptr(spec.Matches("name", "(?i)x[à-ö]yz|hello")): false,
			ptr(spec.EqualFold("name", "KELVIN")):           false,
			ptr(spec.ContainsFold("name", "äÖB")):           false,
			ptr(spec.Contains("name", "Äyz")):               true,
			ptr(spec.HasSuffix("name", "tra\u00dfe")):       true,
		} {
			want, err := spec.Filter(*s, rows)
			if err != nil {
				t.Fatal(err)
			}
			ids := []int64{}
			for _, row := range want {
				ids = append(ids, row.ID)
			}
			if got, text, err := e.visible(*s); err != nil || !slices.Equal(got, ids) {
				t.Errorf("%s: %v\n%s\n%v\n  memory %v\npostgres %v", name, *s, text, err, ids, got)
			}
			if plan := explain(t, e, "custom", *s); scans(plan) == served {
				t.Errorf("%s: %v: the index is used: %v\n%s", name, *s, !served, plan)
			}
		}
	}
}

// localized opens a database with the letters of every language, as most have.
func localized(t *testing.T) *sql.DB {
	t.Helper()
	dsn := engines.PostgresURL(t)
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	var name string
	if err := db.QueryRow("SELECT current_database() || '_letters'").Scan(&name); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE DATABASE "` + name + `" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`); err != nil {
		t.Skip("no database with the locale C.UTF-8: ", err)
	}
	t.Cleanup(func() { exec(t, db, `DROP DATABASE "`+name+`" WITH (FORCE)`) })
	if address, err := url.Parse(dsn); err == nil && address.Scheme != "" {
		address.Path = "/" + name
		dsn = address.String()
	} else {
		dsn += " dbname=" + name // of two the later one holds
	}
	other, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	other.SetMaxOpenConns(1) // for settings
	return other
}
