package rowsecurity_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// TestConformance gives every view three ways: in memory, by a WHERE on the table
// before it has row security, and under the policies.
func TestConformance(t *testing.T) {
	scenarios, err := conformance.Load[scenario]("rls")
	if err != nil {
		t.Fatal(err)
	}
	db := open(t)
	for _, group := range []string{"g1", "g2", "g3"} {
		db.role(t, group)
	}
	users := map[string]string{}
	views := 0
	for _, s := range scenarios {
		rows, candidates := db.tables(t, s)
		policies := s.policies(t)
		filtered := make([]view, len(s.Views))
		for i, v := range s.Views {
			filtered[i] = answer(policies, v.Groups, db.where(t, rows), db.where(t, candidates))
		}
		named := slices.Clone(policies)
		for i := range named {
			named[i].To = db.named(named[i].To)
		}
		script, err := rows.RowSecurity(nil, named...)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		exec(t, db, script)
		exec(t, db, "GRANT ALL ON scenario, candidates TO PUBLIC")
		for i, v := range s.Views {
			if users[v.User] == "" {
				users[v.User] = db.role(t, v.User, v.Groups...)
			}
			for way, got := range map[string]view{
				"memory":       answer(policies, v.Groups, inMemory(t, s.Rows), inMemory(t, s.Candidates)),
				"where":        filtered[i],
				"row security": db.view(t, users[v.User], s),
			} {
				if !got.equal(v) {
					t.Errorf("%s: %s: %s:\nhave %+v\nwant %+v", s.ID, v.User, way, got, v)
				}
			}
			views++
		}
	}
	if t.Logf("%d scenarios, %d views, three ways", len(scenarios), views); views != 900 {
		t.Errorf("%d views, want 900", views)
	}
}

// named returns the roles that stand for the groups of a scenario.
func (s server) named(groups []string) []string {
	roles := slices.Clone(groups)
	for i, g := range roles {
		if g != sqlspec.Public {
			roles[i] = s.prefix + "_" + g
		}
	}
	return roles
}

// tables makes the table of a scenario, and one of the rows to be inserted.
func (s server) tables(t *testing.T, c scenario) (rows, candidates *sqlspec.Table) {
	t.Helper()
	made := map[string]*sqlspec.Table{}
	for name, stored := range map[string][]map[string]any{"scenario": c.Rows, "candidates": c.Candidates} {
		table, err := sqlspec.NewTable(name, caseSchema)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(stored)
		if err != nil {
			t.Fatal(err)
		}
		exec(t, s, "DROP TABLE IF EXISTS "+name)
		exec(t, s, "CREATE TABLE "+name+" ("+caseColumns+")")
		exec(t, s, "INSERT INTO "+name+" SELECT * FROM jsonb_populate_recordset(NULL::"+name+", $1::jsonb)", string(text))
		made[name] = table
	}
	return made["scenario"], made["candidates"]
}

func inMemory(t *testing.T, rows []map[string]any) func(spec.Specification) []int64 {
	return func(s spec.Specification) []int64 {
		m, err := spec.Compile[map[string]any](s, spec.WithSchema(caseSchema))
		if err != nil {
			t.Fatal(err)
		}
		var found []int64
		for _, row := range m.Filter(rows) {
			id, err := row["id"].(json.Number).Int64()
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, id)
		}
		return found
	}
}

func (s server) where(t *testing.T, table *sqlspec.Table) func(spec.Specification) []int64 {
	return func(rows spec.Specification) []int64 {
		text, args, err := table.SQL(rows, sqlspec.Postgres)
		if err != nil {
			t.Fatal(err)
		}
		return mustIDs(t, s, "SELECT id FROM "+table.From()+" WHERE "+text+" ORDER BY id", args...)
	}
}

// view asks as the user, and undoes what was written.
func (s server) view(t *testing.T, user string, c scenario) view {
	t.Helper()
	tx, undo := s.as(t, user, "{}")
	defer undo()
	undone := func(text string, args ...any) ([]int64, error) {
		exec(t, tx, "SAVEPOINT before")
		found, err := ids(tx, text, args...)
		exec(t, tx, "ROLLBACK TO before")
		return found, err
	}
	v := view{Select: mustIDs(t, tx, "SELECT id FROM scenario ORDER BY id")}
	var err error
	if v.Delete, err = undone("DELETE FROM scenario RETURNING id"); err != nil {
		t.Fatal(err)
	}
	v.Update.ids, err = undone("UPDATE scenario SET level = level RETURNING id")
	v.Update.refused = refused(t, err)
	for _, row := range c.Candidates {
		_, err := undone("INSERT INTO scenario SELECT * FROM candidates WHERE id = $1", row["id"])
		if !refused(t, err) {
			id, _ := row["id"].(json.Number).Int64()
			v.Insert = append(v.Insert, id)
		}
	}
	slices.Sort(v.Delete)
	slices.Sort(v.Update.ids)
	if v.Update.refused {
		v.Update.ids = nil
	}
	return v
}

// refused reports whether a policy refused a row that was written.
func refused(t *testing.T, err error) bool {
	t.Helper()
	if err == nil {
		return false
	}
	if failed, ok := errors.AsType[*pgconn.PgError](err); !ok || failed.Code != "42501" {
		t.Fatal(err)
	}
	return true
}
