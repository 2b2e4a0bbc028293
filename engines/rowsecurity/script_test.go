package rowsecurity_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The table has the policies that were declared, once, and no other.
func TestScriptReplacesPolicies(t *testing.T) {
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, makeThings)
	exec(t, db, `CREATE POLICY "everything, by hand; 'x'" ON things USING (true)`)
	own := sqlspec.Policy{Name: "own", Command: sqlspec.ForAll, To: []string{role}, Using: spec.Eq("name", "ann")}
	for range 2 {
		db.protect(t, must(things.RowSecurity(nil, own)), things, role)
		if n := mustIDs(t, db, "SELECT count(*) FROM pg_policies"); n[0] != 1 {
			t.Fatalf("%d policies, want 1", n[0])
		}
		tx, undo := db.as(t, role, "")
		if found := mustIDs(t, tx, "SELECT id FROM things"); !slices.Equal(found, []int64{2}) {
			t.Errorf("have %v, want [2]", found)
		}
		undo()
	}
	db.protect(t, must(things.RowSecurity(nil)), things, role)
	tx, undo := db.as(t, role, "")
	defer undo()
	if found := mustIDs(t, tx, "SELECT id FROM things"); len(found) > 0 {
		t.Errorf("without policies: have %v, want none", found)
	}
}

func TestOwnerIsNoException(t *testing.T) {
	db := open(t)
	owner := db.role(t, "owner")
	exec(t, db, makeThings)
	exec(t, db, `ALTER TABLE things OWNER TO "`+owner+`"`)
	exec(t, db, must(things.RowSecurity(nil, sqlspec.Policy{Name: "p", Command: sqlspec.ForSelect, To: []string{sqlspec.Public}, Using: spec.Eq("id", 2)})))
	tx, undo := db.as(t, owner, "")
	defer undo()
	if found := mustIDs(t, tx, "SELECT id FROM things"); !slices.Equal(found, []int64{2}) {
		t.Errorf("have %v, want [2]", found)
	}
}

// TestLiterals writes texts into policies, and finds each row by its own alone,
// whatever the server makes of a backslash.
func TestLiterals(t *testing.T) {
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, "CREATE TABLE things (id int8, name text, tags text[], raw bytea)")
	sc := must(spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}, nullable("name", spec.KindString), nullable("raw", spec.KindBytes),
		spec.Field{Name: "tags", Kind: spec.KindString, List: true, Nullable: true}))
	table := must(sqlspec.NewTable("things", sc))
	texts := hostileTexts()
	for i, text := range texts {
		exec(t, db, "INSERT INTO things VALUES ($1, $2, ARRAY[$2], $3)", i, text, []byte(text))
	}
	exec(t, db, `GRANT ALL ON things TO "`+role+`"`)
	for _, conforming := range []string{"on", "off"} {
		admin, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		run := func(text string) {
			if _, err := admin.ExecContext(t.Context(), text); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
		run("SET standard_conforming_strings = " + conforming)
		for i, text := range texts {
			script := must(table.RowSecurity(nil, sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{role}, Using: spec.And(
				spec.Eq("name", text), spec.In("name", text, "'"), spec.Contains("tags", text), spec.Eq("raw", []byte(text)), spec.HasPrefix("name", text), spec.HasSuffix("name", text),
			)}))
			run(script)
			tx, undo := db.as(t, role, "")
			if found := mustIDs(t, tx, "SELECT id FROM things"); !slices.Equal(found, []int64{int64(i)}) {
				t.Errorf("%q, standard_conforming_strings %s: have %v, want [%d]", text, conforming, found, i)
			}
			undo()
		}
		run("RESET standard_conforming_strings")
		admin.Close()
	}
}

// hostileTexts returns texts of what ends a literal or begins something else in
// one, each once.
func hostileTexts() []string {
	parts := []string{"'", `\`, `"`, "$$", "$1", "?", "??", "E'", "--", "/*", "*/", ";", "\n", "\r", "\t", "{", "}", ",", "NULL", "%s", "%I", ":x", "::text", "é", "😀", "\x01", "\u2028", "\\x00", `\047`, `\u0027`, "END", " "}
	r := rand.New(rand.NewPCG(*seed, 7))
	texts := slices.Clone(parts)
	for range 60 {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		texts = append(texts, b.String())
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

func TestHostileNames(t *testing.T) {
	db := open(t)
	hostile := `it's "x"; \ -- $$ %s`
	group := db.role(t, "a'b;--")
	role := db.role(t, "caller", "a'b;--")
	quoted := `"` + strings.ReplaceAll(hostile, `"`, `""`) + `"`
	exec(t, db, "CREATE SCHEMA "+quoted)
	exec(t, db, `GRANT USAGE ON SCHEMA `+quoted+` TO "`+role+`"`)
	exec(t, db, fmt.Sprintf("CREATE TABLE %s.%s (id int8, %s text)", quoted, quoted, quoted))
	exec(t, db, fmt.Sprintf("INSERT INTO %s.%s VALUES (1, 'a'), (2, 'b')", quoted, quoted))
	sc := must(spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}, spec.Field{Name: "name", Kind: spec.KindString}))
	table := must(sqlspec.NewTable(hostile+"."+hostile, sc, sqlspec.Column("name", sqlspec.Name(hostile)), sqlspec.As("t")))
	claims := must(spec.NewSchema(spec.Field{Name: hostile + "?", Kind: spec.KindString}))
	script := must(table.RowSecurity(claims, sqlspec.Policy{Name: hostile, Command: sqlspec.ForAll, To: []string{group}, Using: spec.Eq("name", spec.Var(hostile+"?"))}))
	for range 2 {
		db.protect(t, script, table, role)
	}
	tx, undo := db.as(t, role, `{"it's \"x\"; \\ -- $$ %s?": "b"}`)
	defer undo()
	if found := mustIDs(t, tx, "SELECT id FROM "+table.From()); !slices.Equal(found, []int64{2}) {
		t.Errorf("have %v, want [2]", found)
	}
}

// A claim is read once, and an index finds the rows.
func TestPlan(t *testing.T) {
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, "CREATE TABLE things (id int8, name text, account int8, price numeric, real float8, done bool, key uuid, at timestamptz, day date, mood text, tags text[])")
	exec(t, db, "INSERT INTO things SELECT i, 'n' || i, i, i, i, true, gen_random_uuid(), now(), current_date, 'calm', '{}' FROM generate_series(1, 20000) AS i")
	exec(t, db, "CREATE INDEX ON things (account)")
	exec(t, db, "CREATE INDEX ON things (name)")
	exec(t, db, "ANALYZE things")
	for name, template := range map[string]spec.Specification{
		"integer": spec.Eq("account", spec.Var("account")),
		"text":    spec.Eq("name", spec.Var("sub")),
		"list":    spec.In("account", spec.Var("accounts")),
	} {
		script := must(things.RowSecurity(callerSchema, sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{role}, Using: template}))
		db.protect(t, script, things, role)
		tx, undo := db.as(t, role, `{"sub": "n7", "account": 7, "accounts": [7, 8]}`)
		plan := explain(t, tx, "EXPLAIN SELECT * FROM things")
		undo()
		if !strings.Contains(plan, "InitPlan") || !strings.Contains(plan, "Index Cond") || strings.Contains(plan, "Seq Scan") {
			t.Errorf("%s: no index, or the claim is read for each row:\n%s", name, plan)
		}
	}
}

func explain(t *testing.T, db querier, query string) string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	return plan.String()
}
