package agree_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestWideAndDeep(t *testing.T) {
	anyOf := make([]spec.Specification, 10000/scale)
	for i := range anyOf {
		anyOf[i] = spec.Eq("id", i*2)
	}
	long := make([]int64, 100000/scale)
	names := make([]string, len(long))
	for i := range long {
		long[i] = int64(i * 3)
		names[i] = fmt.Sprintf("%d'\"\\,{}", i)
	}
	deep := spec.Eq("id", 0)
	for i := range spec.MaxDepth/2 - 1 {
		deep = deep.Or(spec.Eq("id", i*5)).And(spec.Ne("id", i*7))
	}
	for _, e := range []engine{openSQLite(t, true), openPostgres(t), openMariaDB(t, usualCollation), openMariaDB(t, bytesCollation)} {
		for name, s := range map[string]spec.Specification{
			"wide or":                     spec.Or(anyOf...),
			"long list":                   spec.In("id", long...),
			"not in a long list":          spec.NotIn("whole", long...),
			"not in a long list of texts": spec.NotIn("name", names...),
			"as deep as is allowed":       deep,
			"and negated":                 deep.Not(),
			"long list of floats":         spec.NotIn("real", make([]float64, 30000/scale)...),
			"longest text":                spec.Contains("name", strings.Repeat("a", spec.MaxText)),
			"pattern as long as a text":   spec.Matches("name", strings.Repeat("a?", 64)),
		} {
			want := e.inMemory(t, s)
			got, _, err := e.visible(s)
			if e.dialect == sqlspec.MariaDB && name == "pattern as long as a text" {
				if !errors.Is(err, sqlspec.ErrUnsupported) { // 2^64 ways to try
					t.Errorf("%s: %s: %v", e.dialect, name, err)
				}
				continue
			}
			if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: %s: %v\nhave %v\nwant %v", e.dialect, name, err, got, want)
			}
		}
	}
}

// What is wrong shows no row, and the row count of a statement whose error was
// ignored is none.
func TestIgnoredErrors(t *testing.T) {
	for _, e := range []engine{openSQLite(t, false), openPostgres(t), openMariaDB(t, usualCollation)} {
		for name, s := range map[string]spec.Specification{
			"zero specification":       {},
			"or of nothing":            spec.Or(),
			"in nothing":               spec.In[int]("id"),
			"unknown field":            spec.Eq("nope", 1),
			"negated unknown field":    spec.Not(spec.Eq("nope", 1)),
			"unknown field or all ids": spec.Or(spec.Gte("id", 0), spec.IsNull("nope")),
			"wrong type":               spec.Ne("id", "x"),
			"unbound variable":         spec.Not(spec.Eq("id", spec.Var("me"))),
			"bad value":                spec.Or(spec.All(), spec.Eq("name", "\xff")),
		} {
			text, args, _ := e.table.SQL(s, e.dialect)
			if ids, err := e.query(text, args); err != nil || len(ids) != 0 {
				t.Errorf("%s: %s: rows %v, %v", e.dialect, name, ids, err)
			}
			query, args, _ := sq.Select("id").From(e.table.From()).Where(e.table.Where(s, e.dialect)).PlaceholderFormat(format(e)).ToSql()
			if rows, err := e.db.Query(query, args...); err == nil {
				if rows.Next() {
					t.Errorf("%s: %s: squirrel's text beside the error shows a row: %q", e.dialect, name, query)
				}
				rows.Close()
			}
			deleted, err := e.db.Exec("DELETE FROM "+e.table.From()+" WHERE "+text, args...)
			if err != nil && len(args) == 0 {
				t.Errorf("%s: %s: %v", e.dialect, name, err)
			} else if err == nil {
				if n, _ := deleted.RowsAffected(); n != 0 {
					t.Fatalf("%s: %s: %d rows deleted", e.dialect, name, n)
				}
			}
		}
	}
}

func format(e engine) sq.PlaceholderFormat {
	if e.dialect == sqlspec.Postgres {
		return sq.Dollar
	}
	return sq.Question
}

// UPDATE and DELETE through squirrel touch the visible rows and no other.
func TestWrites(t *testing.T) {
	s := spec.Or(spec.Gt("whole", 1), spec.Contains("name", "a"), spec.IsNull("tags"))
	for _, e := range []engine{openSQLite(t, false), openPostgres(t), openMariaDB(t, usualCollation)} {
		want := int64(len(e.inMemory(t, s)))
		update := sq.Update(e.table.From()).Set("raw", []byte("x")).Where(e.table.Where(s, e.dialect)).PlaceholderFormat(format(e))
		remove := sq.Delete(e.table.From()).Where(e.table.Where(s, e.dialect)).PlaceholderFormat(format(e))
		for name, run := range map[string]func() (int64, error){
			"update": func() (int64, error) {
				r, err := update.RunWith(e.db).Exec()
				if err != nil {
					return 0, err
				}
				return r.RowsAffected()
			},
			"delete": func() (int64, error) {
				tx, err := e.db.Begin()
				if err != nil {
					return 0, err
				}
				defer tx.Rollback()
				r, err := remove.RunWith(tx).Exec()
				if err != nil {
					return 0, err
				}
				return r.RowsAffected()
			},
		} {
			if have, err := run(); err != nil || have != want || want == 0 || want == rowCount {
				t.Errorf("%s: %s: %d rows of %d, want %d: %v", e.dialect, name, have, rowCount, want, err)
			}
		}
	}
}
