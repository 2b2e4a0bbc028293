package corpora_test

import (
	"database/sql"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// engine is an empty database.
type engine struct {
	dialect sqlspec.Dialect
	db      *sql.DB
}

// onEngines runs a test on each engine.
func onEngines(t *testing.T, test func(t *testing.T, e engine)) {
	for dialect, open := range map[sqlspec.Dialect]func(testing.TB) *sql.DB{
		sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB,
	} {
		t.Run(dialect.String(), func(t *testing.T) { test(t, engine{dialect, open(t)}) })
	}
}

// agree puts everything that memory was asked to every engine.
func agree(t *testing.T, sets []*dataset) {
	onEngines(t, func(t *testing.T, e engine) {
		asked, verdicts := 0, 0
		for _, d := range sets {
			e.fill(t, d)
			for _, q := range d.asked {
				e.check(t, d, q)
				asked++
				verdicts += len(q.truth)
			}
		}
		t.Logf("%s: %d tables, %d specifications, %d verdicts of three values", e.dialect, len(sets), asked, verdicts)
		if asked == 0 {
			t.Error("nothing was asked")
		}
	})
}

// check compares three values, not two: the rows of the specification are those
// for which it is true in memory, the rows of its negation those for which it is
// false.
func (e engine) check(t *testing.T, d *dataset, q question) {
	t.Helper()
	shown, hidden := e.rows(t, d, q.spec), e.rows(t, d, spec.Not(q.spec))
	for i, want := range q.truth {
		have := unknown
		switch {
		case shown[i] && hidden[i]:
			t.Errorf("%s: %v and its negation are both true of %v", q.id, q.spec, d.rows[i])
		case shown[i]:
			have = yes
		case hidden[i]:
			have = no
		}
		if have != want && (d.storable(i) || have == yes || want == yes) {
			text, args, err := d.table(t, e.dialect).SQL(q.spec, e.dialect)
			t.Errorf("%s: %v\nof %v: have %v, memory says %v\n%s %q %v", q.id, q.spec, d.rows[i], have, want, text, args, err)
		}
	}
}

// rows returns the numbers of the rows that the engine finds.
func (e engine) rows(t *testing.T, d *dataset, s spec.Specification) map[int]bool {
	t.Helper()
	table := d.table(t, e.dialect)
	text, args, err := table.SQL(s, e.dialect)
	if err != nil {
		t.Errorf("%v: %v", s, err)
		return nil
	}
	return e.query(t, "SELECT "+idField+" FROM "+table.From()+" WHERE "+text, args...)
}

func (e engine) query(t *testing.T, text string, args ...any) map[int]bool {
	t.Helper()
	found := map[int]bool{}
	rows, err := e.db.Query(text, args...)
	if err != nil {
		t.Errorf("%s %q: %v", text, args, err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		if found[id] {
			t.Errorf("%s: row %d is found twice", text, id)
		}
		found[id] = true
	}
	if err := rows.Err(); err != nil {
		t.Errorf("%s: %v", text, err)
	}
	return found
}
