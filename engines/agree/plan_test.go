package agree_test

import (
	"fmt"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// indexed is a table large enough for a planner to care.
const indexedRows = 20000

// TestIndexesAreUsed reads the plans of the forms that a policy is made of.
func TestIndexesAreUsed(t *testing.T) {
	type row struct {
		ID      int64
		Account int64
		Owner   *string
		Tags    []string
	}
	table := sqlspec.MustTable[row]("tasks", sqlspec.As("t"), sqlspec.Strict())
	many := make([]int64, 500)
	for i := range many {
		many[i] = int64(i * 7)
	}
	tests := map[string]spec.Specification{
		"integer":             spec.Eq("account", 7),
		"text":                spec.Eq("owner", "user7"),
		"prefix":              spec.HasPrefix("owner", "user77"),
		"range":               spec.Between("account", 7, 9),
		"negated inequality":  spec.Not(spec.Ne("account", 7)),
		"negated range":       spec.Not(spec.Gte("account", 3)),
		"short list":          spec.In("account", 7, 8, 9),
		"long list":           spec.In("id", many...),
		"list of texts":       spec.In("owner", "user7", "user8"),
		"or of two columns":   spec.Or(spec.Eq("account", 7), spec.Eq("owner", "user7")),
		"not distinct":        spec.Not(spec.Distinct("account", 7)),
		"null":                spec.IsNull("owner"),
		"and with a scan":     spec.And(spec.Eq("account", 7), spec.Contains("owner", "7")),
		"element of an array": spec.Contains("tags", "tag77"),
	}
	noIndex := "element of an array" // PostgreSQL alone has one for that
	open := map[sqlspec.Dialect]func() engine{
		sqlspec.SQLite: func() engine {
			e := engine{dialect: sqlspec.SQLite, table: table, db: engines.SQLite(t)}
			exec(t, e.db, "CREATE TABLE tasks (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, owner TEXT, tags TEXT) STRICT")
			exec(t, e.db, fmt.Sprintf(`WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < %d)
				INSERT INTO tasks SELECT n, n / 5, CASE WHEN n %% 100 > 0 THEN 'user' || n END, json_array('tag' || n) FROM g`, indexedRows))
			exec(t, e.db, "CREATE INDEX by_owner ON tasks (owner)")
			return e
		},
		sqlspec.Postgres: func() engine {
			e := engine{dialect: sqlspec.Postgres, table: table, db: engines.Postgres(t)}
			exec(t, e.db, "CREATE TABLE tasks (id int8 PRIMARY KEY, account int4 NOT NULL, owner text, tags text[])")
			exec(t, e.db, fmt.Sprintf(`INSERT INTO tasks SELECT g, g / 5, CASE WHEN g %% 100 > 0 THEN 'user' || g END, ARRAY['tag' || g] FROM generate_series(1, %d) g`, indexedRows))
			exec(t, e.db, `CREATE INDEX by_owner ON tasks (owner)`)
			exec(t, e.db, `CREATE INDEX by_owner_bytes ON tasks (owner COLLATE "C")`)
			exec(t, e.db, `CREATE INDEX by_tag ON tasks USING gin (tags)`)
			return e
		},
		sqlspec.MariaDB: func() engine {
			table := sqlspec.MustTable[row]("tasks", sqlspec.As("t"), sqlspec.Column("owner", sqlspec.BinaryText()))
			return openIndexed(t, table, bytesCollation)
		},
	}
	for dialect, open := range open {
		t.Run(dialect.String(), func(t *testing.T) {
			e := open()
			exec(t, e.db, "CREATE INDEX by_account ON tasks (account)")
			exec(t, e.db, either(dialect == sqlspec.MariaDB, "ANALYZE TABLE tasks", "ANALYZE tasks"))
			for name, s := range tests {
				if name == noIndex && dialect != sqlspec.Postgres {
					continue
				}
				for _, mode := range planModes[dialect] {
					plan := explain(t, e, mode, s)
					if scans(plan) {
						t.Errorf("%s %s: %v scans the table:\n%s", name, mode, s, plan)
					}
				}
			}
			if plan := explain(t, e, planModes[dialect][0], spec.Contains("owner", "7")); !scans(plan) {
				t.Errorf("a substring is said not to scan, so this test sees nothing:\n%s", plan)
			}
		})
	}
}
