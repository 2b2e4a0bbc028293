package duckdb_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines/duckdb"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var (
	seed  = flag.Uint64("agree.seed", 1, "seed of the random rows and specifications")
	specs = flag.Int("agree.specs", 3000/scale, "random specifications for each database")
)

// agreement is a database and the rows that are in it.
type agreement struct {
	db     *sql.DB
	table  *sqlspec.Table
	schema *spec.Schema
	rows   []map[string]any
}

func newAgreement(t *testing.T, db *sql.DB, rowCount int) agreement {
	t.Helper()
	opts := []sqlspec.Option{sqlspec.As("t")}
	for _, c := range columns {
		if c.option != nil {
			opts = append(opts, sqlspec.Column(c.Name, c.option))
		}
	}
	table, err := sqlspec.NewTable("rows", schema, opts...)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(*seed, 2))
	a := agreement{db: db, table: table, schema: schema, rows: make([]map[string]any, rowCount)}
	for i := range a.rows {
		a.rows[i] = randomRow(r, i+1)
	}
	insert(t, db, a.rows)
	return a
}

func exec(t *testing.T, db *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// visible returns the ids of the rows that DuckDB finds.
func (a agreement) visible(s spec.Specification) (ids []int64, text string, err error) {
	text, args, err := a.table.SQL(s, sqlspec.DuckDB)
	if err != nil {
		return nil, text, err
	}
	ids, err = a.query(text, args)
	return ids, fmt.Sprintf("%s %q", text, args), err
}

func (a agreement) query(condition string, args []any) ([]int64, error) {
	rows, err := a.db.Query(`SELECT id FROM `+a.table.From()+` WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// inMemory returns the ids of the rows that the matcher finds.
func (a agreement) inMemory(t *testing.T, s spec.Specification) []int64 {
	t.Helper()
	m, err := spec.Compile[map[string]any](s, spec.WithSchema(a.schema))
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	ids := []int64{}
	for _, row := range m.Filter(a.rows) {
		ids = append(ids, row["id"].(int64))
	}
	return ids
}

// TestRandomSpecifications: the same rows in memory and in DuckDB, with settings
// that a database begins with and with hostile ones, in memory and in a file,
// whose columns are compressed and indexed.
func TestRandomSpecifications(t *testing.T) {
	for name, test := range map[string]struct {
		open  func(*testing.T) agreement
		specs int
	}{
		"usual settings":   {func(t *testing.T) agreement { return newAgreement(t, usual(t, ""), 120) }, *specs},
		"hostile settings": {func(t *testing.T) agreement { return newAgreement(t, duckdb.Open(t), 120) }, *specs},
		"file":             {openFile, *specs / 10},
	} {
		t.Run(name, func(t *testing.T) {
			a := test.open(t)
			r := rand.New(rand.NewPCG(*seed, 3))
			verdicts, seen, refused := 0, 0, 0
			for range test.specs {
				s := randomSpec(r, 4)
				got, text, err := a.visible(s)
				if isRefusal(err) {
					refused++
					continue
				}
				if err != nil {
					t.Fatalf("%v\n%s\n%v", s, text, err)
				}
				want := a.inMemory(t, s)
				if !slices.Equal(got, want) {
					t.Fatalf("%v\n%s\nmemory %v\nduckdb %v", s, text, want, got)
				}
				verdicts += len(a.rows)
				seen += len(want)
			}
			t.Logf("%d verdicts, %.0f%% visible, 0 differences, %d specifications refused", verdicts, 100*float64(seen)/float64(verdicts), refused)
			if seen == 0 || seen == verdicts || refused > test.specs/20 {
				t.Error("the specifications decided nothing")
			}
		})
	}
}

// isRefusal reports whether an error is the one refusal that random specifications
// come to.
func isRefusal(err error) bool {
	return errors.Is(err, sqlspec.ErrUnsupported) && strings.Contains(err.Error(), "an order among lists of decimals")
}

// usual returns the database in a file, or one in memory for no file, with the
// settings that every database begins with.
func usual(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", file)
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

// openFile fills a file and opens it again, so that what is asked is what was
// written: statistics, compressed segments, indexes.
func openFile(t *testing.T) agreement {
	file := filepath.Join(t.TempDir(), "test.duckdb")
	db := usual(t, file)
	a := newAgreement(t, db, 2500/scale)
	for _, c := range columns {
		if !c.List && !strings.Contains(c.typ, "DECIMAL(38") {
			name := strings.ReplaceAll(c.Name, ".", "_")
			exec(t, db, fmt.Sprintf(`CREATE INDEX %q ON "rows" (%q)`, "by_"+name, name))
		}
	}
	exec(t, db, "CHECKPOINT")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	a.db = usual(t, file)
	return a
}
