package live_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

var batch = sqlspectest.Fill("batch", func(int) any { return "test" })

// all that the agents may do.
func deskPolicy() sqlspectest.Policy {
	return sqlspectest.Policies(
		sqlspectest.Callers(desk, "tickets", roles.Get, agents...),
		sqlspectest.Callers(desk, "tickets", roles.Put, agents...),
		sqlspectest.Callers(desk, "tickets", roles.Delete, agents...),
		sqlspectest.Rule("recent", spec.Gte("at", "2024-07-01T12:00:00Z")),
		sqlspectest.Rule("urgent", spec.Gt("priority", 9).And(spec.Gt("price", "9.99"))),
	)
}

// TestWrongTables: a table that is not what it is said to be is found out.
func TestWrongTables(t *testing.T) {
	for _, test := range []struct {
		name    string
		dialect sqlspec.Dialect
		ddl     []string // after the tables were made
		opts    []sqlspec.Option
		want    string
	}{
		{"a collation without case", sqlspec.SQLite, remade("account TEXT NOT NULL", "account TEXT NOT NULL COLLATE NOCASE"), nil, "the database shows it and memory does not"},
		{"a collation without trailing blanks", sqlspec.SQLite, remade("created_by TEXT", "created_by TEXT COLLATE RTRIM"), nil, "the database shows it and memory does not"},
		{"decimals in REAL", sqlspec.SQLite, remade("price TEXT", "price REAL"), nil, `column "price" is not that of a field of kind decimal`},
		{"integers in TEXT", sqlspec.SQLite, remade("priority INTEGER", "priority TEXT"), nil, `column "priority" is not that of a field of kind int`},
		{"instants in TEXT", sqlspec.SQLite, remade("at INTEGER", "at TEXT"), nil, `column "at" is not that of a field of kind time`},
		{"cents without saying so", sqlspec.SQLite, nil, []sqlspec.Option{sqlspec.Column("price", sqlspec.Scaled(2))}, `column "price" is not that of a field of kind decimal`},

		{"a collation without case", sqlspec.Postgres, []string{
			`CREATE COLLATION folds (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
			`ALTER TABLE tickets ALTER created_by TYPE text COLLATE folds`}, nil, "the database shows it and memory does not"},
		{"padded text", sqlspec.Postgres, []string{`ALTER TABLE tickets ALTER account TYPE char(12)`}, nil, `the column of field "account" was given "`},
		{"an instant without a zone", sqlspec.Postgres, []string{`ALTER TABLE tickets ALTER at TYPE timestamp`}, nil, `"at"`},
		{"an enum that is said to be text", sqlspec.Postgres, nil, []sqlspec.Option{sqlspec.Column("status", sqlspec.PostgresType("text"))}, "is of type ticket_status but expression is of type text"},
		{"text that is said to be an enum", sqlspec.Postgres, []string{`ALTER TABLE tickets ALTER status TYPE text`}, nil, "operator does not exist: text <> ticket_status"},

		{"bytes that are said to be compared", sqlspec.MariaDB, nil, []sqlspec.Option{sqlspec.Column("account", sqlspec.BinaryText())}, "the database shows it and memory does not"},
		{"padded text", sqlspec.MariaDB, []string{"ALTER TABLE tickets MODIFY account char(12) NOT NULL"}, nil, `the column of field "account" was given "`},
		{"another character set", sqlspec.MariaDB, []string{"ALTER TABLE tickets MODIFY created_by varchar(60) CHARACTER SET latin1"}, nil, ""},
	} {
		t.Run(test.dialect.String()+" "+test.name, func(t *testing.T) {
			db := openDesk(t, test.dialect)
			for _, ddl := range test.ddl {
				run(t, db, ddl)
			}
			proof, err := sqlspectest.Prove(t.Context(), db, test.dialect, tickets(test.dialect, test.opts...), deskPolicy(), batch, sqlspectest.Rows(100))
			problems := strings.Join(proof.Problems, "\n")
			if err != nil {
				problems += err.Error()
			}
			if test.want == "" && problems != "" || !strings.Contains(problems, test.want) {
				t.Errorf("want %q, have %s", test.want, problems)
			}
		})
	}
}

// remade is the table of tickets with a column of another type.
func remade(have, want string) []string {
	for _, ddl := range desks[sqlspec.SQLite] {
		if strings.Contains(ddl, have) && strings.HasPrefix(ddl, "CREATE TABLE tickets") {
			return []string{"DROP TABLE tickets", strings.Replace(ddl, have, want, 1)}
		}
	}
	panic("no column " + have)
}

// A condition with LIKE, as many write it, is found out by any policy that asks
// for a part of a text.
func TestWrongConditions(t *testing.T) {
	like := func(table *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) (string, []any, error) {
		text, args, err := table.SQL(s, d)
		text = strings.NewReplacer("instr(", "like('%' || ", `"t"."title", ?)`, `? || '%', "t"."title")`).Replace(text)
		return strings.ReplaceAll(text, `like('%' || ? || '%', "t"."title") > 0`, `"t"."title" LIKE '%' || ? || '%'`), args, err
	}
	db := openDesk(t, sqlspec.SQLite)
	rule := sqlspectest.Rule("part", spec.Contains("title", "a_b"))
	for compile, want := range map[*sqlspectest.Compiler]bool{nil: false, (*sqlspectest.Compiler)(&like): true} {
		opts := []sqlspectest.Option{batch}
		if compile != nil {
			opts = append(opts, sqlspectest.Compiled(*compile))
		}
		proof, err := sqlspectest.Prove(t.Context(), db, sqlspec.SQLite, tickets(sqlspec.SQLite), rule, opts...)
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Contains(strings.Join(proof.Problems, "\n"), `the smallest part of it that differs: title contains "`)
		if found != want {
			t.Errorf("found is %v, want %v: %s", found, want, proof.Problems)
		}
	}
}

// TestEmptyProofs: what proves nothing is not a success.
func TestEmptyProofs(t *testing.T) {
	db := openDesk(t, sqlspec.SQLite)
	table := tickets(sqlspec.SQLite)
	guest := agent{Roles: []string{"guest"}}
	for _, test := range []struct {
		name   string
		policy sqlspectest.Policy
		opts   []sqlspectest.Option
		want   string
	}{
		{"no row", sqlspectest.Rule("nobody", spec.Eq("account", "a").And(spec.Eq("account", "b"))), nil, "shows no row of"},
		{"none at all", sqlspectest.Rule("none", spec.None()), nil, "shows no row of"},
		{"all rows", sqlspectest.Rule("anybody", spec.Gte("id", 0)), nil, "rows: the sample proves nothing"},
		{"all rows, and meant to", sqlspectest.Rule("admin", spec.All()), nil, ""},
		{"no callers", sqlspectest.Policies(), nil, "there are 0 callers"},
		{"no rows", sqlspectest.Rule("mine", spec.Eq("account", "a")), []sqlspectest.Option{sqlspectest.Existing()}, "and 0 rows"},
		{"a caller who is denied", sqlspectest.Callers(desk, "tickets", roles.Get, guest), nil, "there is nothing to prove: roles: forbidden"},
		{"a field that is not there", sqlspectest.RandomCallers(desk, "tickets", roles.Get, 1, func(s *sqlspectest.Sample) agent {
			return agent{Name: sqlspectest.Pick[string](s, "nope")}
		}), nil, `the table has no field "nope"`},
		{"a field of another kind", sqlspectest.RandomCallers(desk, "tickets", roles.Get, 1, func(s *sqlspectest.Sample) agent {
			return agent{Name: sqlspectest.Pick[string](s, "priority")}
		}), nil, `field "priority" holds a int64`},
		{"an unknown field", sqlspectest.Rule("unknown", spec.Eq("nope", 1)), nil, `Eq("nope")`},
		{"an unsound rule", sqlspectest.Rule("unsound", spec.Eq("account", "\x00")), nil, "NUL"},
		{"no key", sqlspectest.Rule("mine", spec.Eq("account", "a")), []sqlspectest.Option{sqlspectest.Key("nope")}, "see Key"},
		{"no key that is one", sqlspectest.Rule("mine", spec.Eq("account", "a")), []sqlspectest.Option{sqlspectest.Key("status")}, "see Key"},
		{"a column without a value", sqlspectest.Rule("mine", spec.Eq("account", "a")), []sqlspectest.Option{sqlspectest.Fill("batch", func(int) any { return nil })}, "see Values and Fill"},
	} {
		t.Run(test.name, func(t *testing.T) {
			proof, err := sqlspectest.Prove(t.Context(), db, sqlspec.SQLite, table, test.policy, append([]sqlspectest.Option{batch}, test.opts...)...)
			problems := strings.Join(proof.Problems, "\n")
			if err != nil {
				problems += err.Error()
			}
			if (problems == "") != (test.want == "") || !strings.Contains(problems, test.want) {
				t.Errorf("want %q, have %q", test.want, problems)
			}
		})
	}
	if n := count(t, db, "tickets"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// The rows that are there will do, if there are any of both kinds.
func TestExistingRows(t *testing.T) {
	for d := range desks {
		t.Run(d.String(), func(t *testing.T) {
			db := openDesk(t, d)
			seed(t, db, d)
			sqlspectest.Agree(t, db, d, tickets(d), sqlspectest.Policies(
				sqlspectest.Rule("acme", spec.Eq("account", spec.Var("account"))),
				sqlspectest.Rule("ann's", spec.Eq("owner.name", "ann")),
				sqlspectest.Rule("talk", spec.Any("comments", spec.Eq("author.name", "ann"))),
				sqlspectest.Rule("support", spec.Any("groups", spec.Eq("name", "support"))),
				sqlspectest.Rule("below", spec.Eq("parent.account", "acme")),
			), sqlspectest.Existing())
			if n := count(t, db, "tickets"); n != 3 {
				t.Errorf("%d rows", n)
			}
		})
	}
}

func seed(t *testing.T, db *sql.DB, d sqlspec.Dialect) {
	truth, falsity, at, list := "true", "false", "'2024-07-01 12:00:00+00'", "'{a}'"
	switch d {
	case sqlspec.SQLite:
		truth, falsity, at, list = "1", "0", "1719835200000000", `'["a"]'`
	case sqlspec.MariaDB:
		at, list = "'2024-07-01 12:00:00'", `'["a"]'`
	}
	key, groups := `"key"`, "groups"
	if d == sqlspec.MariaDB {
		key, groups = "`key`", "`groups`"
	}
	columns := "(id, account, title, status, priority, price, public, at, " + key + ", tags, owner_id, parent_id, batch)"
	run(t, db, "INSERT INTO people VALUES (1, 'ann', 'north'), (2, 'Ann', NULL)")
	run(t, db, "INSERT INTO "+groups+" VALUES (1, 'support'), (2, 'Support')")
	run(t, db, "INSERT INTO tickets "+columns+" VALUES "+
		"(1, 'acme', 'a', 'open', 1, '1.50', "+truth+", "+at+", '00000000-0000-4000-8000-000000000001', "+list+", 1, NULL, 'x'),"+
		"(2, 'Acme', 'b', 'done', 2, '2.50', "+falsity+", "+at+", '00000000-0000-4000-8000-000000000002', NULL, 2, 1, 'x'),"+
		"(3, 'other', 'c', 'late', 3, '3.50', "+falsity+", "+at+", '00000000-0000-4000-8000-000000000003', "+list+", NULL, 2, 'x')")
	run(t, db, "INSERT INTO comments VALUES (1, 1, 'x', "+falsity+", 1), (2, 1, 'y', "+truth+", 1), (3, 2, 'z', "+falsity+", 2)")
	run(t, db, "INSERT INTO ticket_groups VALUES (1, 1), (1, 2), (2, 2)")
}
