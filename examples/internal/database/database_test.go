package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) { engines.Main(m) }

// migrations are of two tables, in the words of each dialect.
var migrations = fstest.MapFS{
	"sqlite/00001_people.sql": file(`CREATE TABLE people (
		id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER NOT NULL CHECK (age >= 0)) STRICT;`),
	"sqlite/00002_pets.sql": file(`CREATE TABLE pets (
		name TEXT PRIMARY KEY, owner INTEGER NOT NULL REFERENCES people (id)) STRICT, WITHOUT ROWID;`),
	"postgres/00001_people.sql": file(`CREATE TABLE people (
		id BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, age BIGINT NOT NULL CHECK (age >= 0));`),
	"postgres/00002_pets.sql": file(`CREATE TABLE pets (
		name TEXT COLLATE "C" PRIMARY KEY, owner BIGINT NOT NULL REFERENCES people (id));`),
}

func file(up string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + up + "\n-- +goose Down\nSELECT 1;\n")}
}

func open(t testing.TB, dsn string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func migrated(t testing.TB, dsn string) *database.DB {
	t.Helper()
	db := open(t, dsn)
	if err := db.Migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	return db
}

func add(db *database.DB, id int, name string, age int) error {
	_, err := database.Exec(context.Background(), db, db.SQL.Insert("people").Columns("id", "name", "age").Values(id, name, age))
	return err
}

func count(t testing.TB, db *database.DB, table string) int {
	t.Helper()
	n, err := database.One(t.Context(), db, db.SQL.Select("count(*)").From(table), database.Value[int])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The settings of the connections are such that rows are as in memory, and what SQLite
// lacks is there.
func TestRowsAreAsInMemory(t *testing.T) {
	type person struct {
		ID   int64
		Name string
		Age  int64
	}
	people := sqlspec.MustTable[person]("people")
	rows := []person{{1, "ann", 1}, {2, "Ann", 2}, {3, "ÄNN", 3}, {4, "a_b", 4}}
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		findings, err := people.Check(t.Context(), db, db.Dialect, "name")
		if err == nil {
			err = sqlspec.Problems(findings)
		}
		must(t, err)
		for _, row := range rows {
			must(t, add(db, int(row.ID), row.Name, int(row.Age)))
		}
		for _, s := range []spec.Specification{
			spec.Eq("name", "ann"), spec.EqualFold("name", "änn"), spec.Matches("name", "[a-z]nn$"),
			spec.Gt("name", "a"), spec.Contains("name", "_"), spec.None(), spec.All(),
		} {
			want, err := spec.Filter(s, rows)
			must(t, err)
			got, err := database.All(t.Context(), db,
				db.SQL.Select("id", "name", "age").From(people.From()).Where(people.Where(s, db.Dialect)).OrderBy("id"),
				func(row database.Scanner) (p person, err error) { return p, row.Scan(&p.ID, &p.Name, &p.Age) })
			must(t, err)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%v: %v in SQL, %v in memory", s, got, want)
			}
		}
	})
}

func TestErrorsAreToldApart(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := migrated(t, dsn)
		must(t, add(db, 1, "ann", 1))
		exec := func(statement string) error { _, err := db.Exec(statement); return err }
		must(t, exec("INSERT INTO pets VALUES ('rex', 1)"))
		for _, c := range []struct {
			name                string
			err                 error
			unique, foreign, no bool
		}{
			{name: "the same id", err: add(db, 1, "bob", 1), unique: true},
			{name: "the same name", err: add(db, 2, "ann", 1), unique: true},
			{name: "the same key without rowid", err: exec("INSERT INTO pets VALUES ('rex', 1)"), unique: true},
			{name: "no such owner", err: exec("INSERT INTO pets VALUES ('tom', 9)"), foreign: true},
			{name: "still an owner", err: exec("DELETE FROM people WHERE id = 1"), foreign: true},
			{name: "no such age", err: add(db, 3, "eve", -1), no: true},
			{name: "null", err: exec("INSERT INTO people VALUES (4, NULL, 1)"), no: true},
			{name: "no statement", err: exec("INSERT INTO nothing"), no: true},
			{name: "of nobody", err: errors.New("23505"), no: true},
		} {
			if c.err == nil {
				t.Errorf("%s: no error", c.name)
			}
			wrapped := fmt.Errorf("wrapped: %w", c.err)
			if got := database.IsUnique(wrapped); got != c.unique {
				t.Errorf("%s: unique is %v: %v", c.name, got, c.err)
			}
			if got := database.IsForeignKey(wrapped); got != c.foreign {
				t.Errorf("%s: foreign key is %v: %v", c.name, got, c.err)
			}
			if database.IsRetryable(wrapped) {
				t.Errorf("%s: retryable: %v", c.name, c.err)
			}
		}
		if database.IsUnique(nil) || database.IsRetryable(nil) {
			t.Error("nil is an error")
		}
	})
}

func TestExecAndQuery(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db, ctx := migrated(t, dsn), t.Context()
		names := db.SQL.Select("name").From("people").OrderBy("name")
		all, err := database.All(ctx, db, names, database.Value[string])
		if err != nil || all == nil || len(all) != 0 {
			t.Errorf("of nothing: %#v %v", all, err)
		}
		if _, err := database.One(ctx, db, names, database.Value[string]); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("one of nothing: %v", err)
		}
		must(t, add(db, 1, "ann", 1))
		must(t, add(db, 2, "bob", 1))
		older := db.SQL.Update("people").Set("age", 2)
		if err := database.ExecOne(ctx, db, older.Where("id = ?", 1)); err != nil {
			t.Error(err)
		}
		if err := database.ExecOne(ctx, db, older.Where("id = ?", 9)); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("one of nothing: %v", err)
		}
		if err := database.ExecOne(ctx, db, older); err == nil || errors.Is(err, sql.ErrNoRows) {
			t.Errorf("one of two: %v", err)
		}
		if _, err := database.Exec(ctx, db, older.Where(failing{})); !errors.Is(err, errFailing) {
			t.Errorf("no statement: %v", err)
		}
		if _, err := database.All(ctx, db, names.Where(failing{}), database.Value[string]); !errors.Is(err, errFailing) {
			t.Errorf("no query: %v", err)
		}
	})
}

var errFailing = errors.New("no SQL")

type failing struct{}

func (failing) ToSql() (string, []any, error) { return "", nil, errFailing }

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{
		"postgres://u:sesame@127.0.0.1:1/x", "postgresql://u:sesame@127.0.0.1:1/x", "host=127.0.0.1 port=1 password=sesame dbname=x",
		"mysql://u:sesame@127.0.0.1/x", "postgres://u:sesame@[", filepath.Join(t.TempDir(), "no", "folder", "x.db"),
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		db, err := database.Open(ctx, dsn)
		cancel()
		if err == nil {
			t.Errorf("%s is opened", dsn)
			_ = db.Close()
		} else if strings.Contains(err.Error(), "sesame") {
			t.Errorf("%v", err)
		}
	}
	strange := filepath.Join(t.TempDir(), "a?b=c#d %20.db")
	db := open(t, strange)
	if db.Dialect != sqlspec.SQLite {
		t.Error(db.Dialect)
	}
	if _, err := os.Stat(strange); err != nil {
		t.Error(err)
	}
}

// A temporary database is one for all connections, and leaves nothing behind.
func TestTemporary(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	for _, dsn := range []string{"", ":memory:"} {
		db, err := database.Open(t.Context(), dsn)
		must(t, err)
		must(t, db.Migrate(t.Context(), migrations))
		a, err := db.Conn(t.Context())
		must(t, err)
		if n := count(t, db, "people"); n != 0 {
			t.Errorf("%d people", n)
		}
		must(t, a.Close())
		must(t, db.Close())
		left, err := os.ReadDir(folder)
		if err != nil || len(left) != 0 {
			t.Errorf("%v is left, %v", left, err)
		}
	}
}

func TestReady(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		if err := db.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		_ = db.DB.Close()
		if err := db.Ready(t.Context()); err == nil {
			t.Error("a closed database is ready")
		}
	})
}

func TestMigrate(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		services := make([]*database.DB, 6)
		for i := range services {
			services[i] = open(t, dsn)
		}
		var starting sync.WaitGroup
		for _, db := range services { // at once
			starting.Go(func() {
				if err := db.Migrate(t.Context(), migrations); err != nil {
					t.Error(err)
				}
			})
		}
		starting.Wait()
		db := migrated(t, dsn) // and one that finds all of it done
		must(t, add(db, 1, "ann", 1))

		older := fstest.MapFS{}
		broken := fstest.MapFS{}
		for name, f := range migrations {
			broken[name] = f
			if strings.Contains(name, "00001") {
				older[name] = f
			}
		}
		if err := db.Migrate(t.Context(), older); err == nil || !strings.Contains(err.Error(), "newer") {
			t.Errorf("an older program: %v", err)
		}
		for _, folder := range []string{"sqlite", "postgres"} {
			broken[folder+"/00003_broken.sql"] = file("DELETE FROM people; INSERT INTO nothing VALUES (1);")
		}
		if err := db.Migrate(t.Context(), broken); err == nil {
			t.Error("no error")
		}
		if n := count(t, db, "people"); n != 1 {
			t.Errorf("a migration that failed has left %d people", n)
		}
		if err := db.Migrate(t.Context(), fstest.MapFS{}); err == nil {
			t.Error("no migrations are no error")
		}
	})
}
