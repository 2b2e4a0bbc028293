package sqlspec_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type user struct {
	ID   int64
	Name string
	Boss *user
}

type note struct {
	ID      int64
	Text    string
	Author  user
	Replies []note
	Readers []*user
	Badge   *struct{ Name int64 }
}

func noteTable(t *testing.T, opts ...sqlspec.Option) *sqlspec.Table {
	t.Helper()
	users := sqlspec.MustTable[user]("app.users", sqlspec.ToOne("boss", nil, sqlspec.On("boss_id", "id").And("account", "account")))
	opts = append([]sqlspec.Option{
		sqlspec.As("n"),
		sqlspec.ToOne("author", users, sqlspec.On("author_id", "id")),
		sqlspec.ToMany("replies", nil, sqlspec.On("id", "reply_to")),
		sqlspec.ManyToMany("readers", users, "app.read by", sqlspec.On("id", "note"), sqlspec.On("user", "id")),
	}, opts...)
	table, err := sqlspec.TableOf[note]("notes", opts...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTextOfRelations(t *testing.T) {
	table := noteTable(t, sqlspec.Strict())
	for _, test := range []struct {
		s    spec.Specification
		d    sqlspec.Dialect
		want string
	}{
		{spec.Eq("author.id", 7), sqlspec.Postgres,
			`(EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_1" WHERE "n"."author_id" = "rolespec_1"."id" AND ("rolespec_1"."id" = $1::int8)))`},
		{spec.IsNull("author.boss.id"), sqlspec.MariaDB,
			"(NOT EXISTS (SELECT 1 FROM `app`.`users` AS `rolespec_1` WHERE `n`.`author_id` = `rolespec_1`.`id` AND " +
				"((`rolespec_1`.`boss_id`, `rolespec_1`.`account`) IN (SELECT `rolespec_2`.`id`, `rolespec_2`.`account` FROM `app`.`users` AS `rolespec_2` WHERE " +
				"(`rolespec_2`.`id` IS NOT NULL)))))"},
		{spec.Any("readers", spec.Gt("id", 1)), sqlspec.MariaDB,
			"(`n`.`id` IN (SELECT `rolespec_1`.`note` FROM `app`.`read by` AS `rolespec_1` WHERE " +
				"`rolespec_1`.`user` IN (SELECT `rolespec_2`.`id` FROM `app`.`users` AS `rolespec_2` WHERE (`rolespec_2`.`id` > ?))))"},
		{spec.Any("readers", spec.Or(spec.Eq("id", 1), spec.In("id", 2, 3))), sqlspec.SQLite,
			`("n"."id" IN (SELECT "rolespec_1"."note" FROM "app"."read by" AS "rolespec_1" WHERE ` +
				`"rolespec_1"."user" IN (SELECT "rolespec_2"."id" FROM "app"."users" AS "rolespec_2" WHERE (("rolespec_2"."id" = ?) OR ("rolespec_2"."id" IN (SELECT value FROM json_each(?)))))))`},
		{spec.Any("readers", spec.Or(spec.Eq("id", 1), spec.Gt("id", 2))), sqlspec.SQLite,
			`(EXISTS (SELECT 1 FROM "app"."read by" AS "rolespec_1" WHERE "n"."id" = "rolespec_1"."note" AND ` +
				`EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_2" WHERE "rolespec_1"."user" = "rolespec_2"."id" AND (("rolespec_2"."id" = ?) OR ("rolespec_2"."id" > ? AND typeof("rolespec_2"."id") = 'integer')))))`},
		{spec.Not(spec.Any("author.boss", spec.Eq("id", 1))), sqlspec.SQLite,
			`(EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_1" WHERE "n"."author_id" = "rolespec_1"."id" AND ` +
				`(NOT EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_2" WHERE "rolespec_1"."boss_id" = "rolespec_2"."id" AND "rolespec_1"."account" = "rolespec_2"."account" AND ("rolespec_2"."id" = ?)))))`},
		{spec.Any("replies", spec.Any("replies", spec.Eq("id", 1))).Not(), sqlspec.Postgres,
			`(NOT EXISTS (SELECT 1 FROM "notes" AS "rolespec_1" WHERE "n"."id" = "rolespec_1"."reply_to" AND ` +
				`(EXISTS (SELECT 1 FROM "notes" AS "rolespec_2" WHERE "rolespec_1"."id" = "rolespec_2"."reply_to" AND ("rolespec_2"."id" = $1::int8)))))`},
		{spec.Every("readers", spec.Eq("id", 1)), sqlspec.Postgres,
			`(NOT EXISTS (SELECT 1 FROM "app"."read by" AS "rolespec_1" WHERE "n"."id" = "rolespec_1"."note" AND ` +
				`EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_2" WHERE "rolespec_1"."user" = "rolespec_2"."id" AND (("rolespec_2"."id" = $1::int8) IS NOT TRUE))))`},
		{spec.Every("author", spec.Eq("id", 1)), sqlspec.Postgres,
			`(EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_1" WHERE "n"."author_id" = "rolespec_1"."id" AND ("rolespec_1"."id" = $1::int8)))`},
		{spec.Eq("id", spec.Ref("author.boss.id")), sqlspec.SQLite,
			`(EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_1" WHERE "n"."author_id" = "rolespec_1"."id" AND ` +
				`(EXISTS (SELECT 1 FROM "app"."users" AS "rolespec_2" WHERE "rolespec_1"."boss_id" = "rolespec_2"."id" AND "rolespec_1"."account" = "rolespec_2"."account" AND ` +
				`("n"."id" = "rolespec_2"."id" AND typeof("rolespec_2"."id") = 'integer')))))`},
	} {
		text, _, err := table.SQL(test.s, test.d)
		if err != nil || text != test.want {
			t.Errorf("%v\nhave %s\nwant %s\nerror %v", test.s, text, test.want, err)
		}
	}
}

// What is asked of one row begins with that row, in every dialect and at every depth,
// and is else the same condition.
func TestByKey(t *testing.T) {
	table := noteTable(t, sqlspec.Strict())
	one := spec.Eq("id", 7).And(spec.Any("replies", spec.Any("readers", spec.In("id", 1, 2))), spec.Eq("author.boss.name", "x"))
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB, sqlspec.DuckDB} {
		list, _, err := table.SQL(one, d)
		if ins := strings.Contains(list, " IN (SELECT \"rolespec") || strings.Contains(list, " IN (SELECT `rolespec"); err != nil || ins != (d == sqlspec.SQLite || d == sqlspec.MariaDB) {
			t.Errorf("%s: a list has IN: %v, error %v\n%s", d, ins, err, list)
		}
		text, args, err := table.ByKey().SQL(one, d)
		if err != nil || strings.Count(text, "EXISTS") != 5 || strings.Contains(text, "IN (SELECT \"rolespec") || strings.Contains(text, "IN (SELECT `rolespec") || len(args) < 3 {
			t.Errorf("%s: %v, %v\n%s", d, args, err, text)
		}
	}
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.MariaDB} { // whatever is kept by now
		byKey := table.ByKey()
		aliased, err := byKey.Aliased("x")
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			for _, of := range []*sqlspec.Table{byKey, byKey.In(d), byKey.In(sqlspec.SQLite), aliased, aliased.In(d)} {
				if text, _, err := of.SQL(one, d); err != nil || strings.Contains(text, "IN (SELECT `rolespec") || strings.Contains(text, "IN (SELECT \"rolespec") {
					t.Errorf("%s: %v\n%s", d, err, text)
				}
			}
			if text, _, err := table.SQL(one, d); err != nil || !strings.Contains(text, "IN (SELECT `rolespec") && !strings.Contains(text, "IN (SELECT \"rolespec") {
				t.Errorf("%s: the table itself: %v\n%s", d, err, text)
			}
		}
	}
	for name, s := range map[string]spec.Specification{"no such field": spec.Eq("nothing", 1), "no keys": spec.Any("badge", spec.All())} {
		if text, args, err := table.ByKey().SQL(s, sqlspec.SQLite); err == nil || text != "(1 = NULL)" || args != nil {
			t.Errorf("%s: %q, %v, %v", name, text, args, err)
		}
	}
	if text, _, err := table.ByKey().SQL(spec.All(), 99); !errors.Is(err, sqlspec.ErrUnsupported) || text != "(1 = NULL)" {
		t.Errorf("no dialect: %q, %v", text, err)
	}
	if text, _, err := (*sqlspec.Table)(nil).ByKey().SQL(spec.All(), sqlspec.SQLite); !errors.Is(err, sqlspec.ErrTable) || text != "(1 = NULL)" {
		t.Errorf("no table: %q, %v", text, err)
	}
	if text, args, err := table.ByKey().SQL(spec.All(), sqlspec.SQLite); err != nil || text != "(1 = 1)" || len(args) != 0 {
		t.Errorf("every row: %q, %v, %v", text, args, err)
	}
}

// Many subqueries are too many for one join of MariaDB.
func TestManyRelationsInMariaDB(t *testing.T) {
	table := noteTable(t)
	some, many := spec.All(), spec.All()
	for i := range 5 {
		if i < 4 {
			some = some.And(spec.Any("readers", spec.Eq("id", i)))
		}
		many = many.And(spec.Any("readers", spec.Eq("id", i)))
	}
	for s, want := range map[*spec.Specification][2]int{&some: {8, 0}, &many: {0, 10}} {
		text, args, err := table.SQL(*s, sqlspec.MariaDB)
		have := [2]int{strings.Count(text, " IN (SELECT"), strings.Count(text, "EXISTS")}
		if err != nil || have != want || len(args) != have[0]/2+have[1]/2 {
			t.Errorf("have %v IN and EXISTS, want %v, arguments %v, error %v\n%s", have, want, args, err, text)
		}
	}
}

// A specification about rows that no keys lead to does not compile, and the text
// beside the error shows nothing.
func TestUnmappedRelations(t *testing.T) {
	table := noteTable(t)
	bare := sqlspec.MustTable[note]("notes")
	for s, in := range map[*spec.Specification]*sqlspec.Table{
		at(spec.Any("replies", spec.All())):                   bare,
		at(spec.Every("author.boss", spec.All())):             bare,
		at(spec.Any("badge", spec.All())):                     table,
		at(spec.Eq("author.boss.boss.boss.id", 1)):            bare,
		at(spec.Any("readers", spec.Any("boss", spec.All()))): bare,
	} {
		for _, s := range []spec.Specification{*s, s.Not(), s.Or(spec.All().And(spec.Eq("id", 1)))} {
			text, args, err := in.SQL(s, sqlspec.Postgres)
			if text != "(1 = NULL)" || len(args) != 0 || !errors.Is(err, sqlspec.ErrUnmapped) {
				t.Errorf("%v: have %s %v, error %v", s, text, args, err)
			}
		}
	}
	if text, _, err := bare.SQL(spec.Eq("author.name", "x"), sqlspec.Postgres); err != nil || !strings.Contains(text, `"author_name"`) {
		t.Errorf("a nested struct without a table of its own: have %s, error %v", text, err)
	}
}

func at(s spec.Specification) *spec.Specification { return &s }

func TestRelationDeclarations(t *testing.T) {
	users, notes := sqlspec.MustTable[user]("users"), noteTable(t)
	key := sqlspec.On("a", "b")
	badges, err := spec.NewSchema(spec.Field{Name: "x", Kind: spec.KindInt})
	if err != nil {
		t.Fatal(err)
	}
	strangers, err := sqlspec.NewTable("badges", badges)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		opt  sqlspec.Option
		want string
	}{
		"unknown":           {sqlspec.ToOne("owner", users, key), `relation "owner": the rows have no such relation`},
		"a field":           {sqlspec.ToOne("text", users, key), `the rows have no such relation`},
		"one for many":      {sqlspec.ToOne("replies", notes, key), `the rows have many such rows, not one`},
		"many for one":      {sqlspec.ToMany("author", users, key), `the rows have one such row, not many`},
		"without key":       {sqlspec.ToOne("author", users, nil), `it has no key`},
		"without far key":   {sqlspec.ManyToMany("readers", users, "reads", key, nil), `no key leads from the link to the table`},
		"without near key":  {sqlspec.ManyToMany("readers", users, "reads", nil, key), `it has no key`},
		"an empty column":   {sqlspec.ToOne("author", users, sqlspec.On("a", "")), `key: an empty name`},
		"a hostile column":  {sqlspec.ToOne("author", users, sqlspec.On("a?", "b")), `key: name "a?" has a NUL or a ?`},
		"our own alias":     {sqlspec.ManyToMany("readers", users, "rolespec_1", key, key), `is kept for subqueries`},
		"other kinds":       {sqlspec.ToOne("badge", users, key), `field "name" of its rows is not the same as in their table`},
		"nothing in common": {sqlspec.ToOne("badge", strangers, key), `its rows and their table have no field in common`},
		"no link after all": {sqlspec.ManyToMany("readers", users, "", key, key), `the table between has no name`},
	} {
		table, err := sqlspec.TableOf[note]("notes", test.opt)
		if table != nil || !errors.Is(err, sqlspec.ErrTable) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: have %v, want %s", name, err, test.want)
		}
	}
	if _, err := sqlspec.TableOf[note]("notes", sqlspec.ToMany("replies", nil, key), sqlspec.ToMany("replies", nil, key)); err == nil || !strings.Contains(err.Error(), "declared twice") {
		t.Errorf("twice: %v", err)
	}
}

// Keys are quoted: no name reaches outside its quotes.
func TestHostileKeys(t *testing.T) {
	hostile := `x" = 1 OR "1`
	table, err := sqlspec.TableOf[note]("notes", sqlspec.ToMany("replies", nil, sqlspec.On(hostile, "`; --")))
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := table.SQL(spec.Any("replies", spec.All()), sqlspec.Postgres)
	if want := `"notes"."x"" = 1 OR ""1" = "rolespec_1"."` + "`; --" + `" AND`; err != nil || !strings.Contains(text, want) {
		t.Errorf("have %s, want %s, error %v", text, want, err)
	}
}

// The levels of subqueries are made once and shared.
func TestRelationsConcurrently(t *testing.T) {
	table := noteTable(t)
	s := spec.Any("replies", spec.Any("readers", spec.Eq("boss.name", "x")))
	want, _, err := table.SQL(s, sqlspec.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	fresh := noteTable(t)
	var group sync.WaitGroup
	for range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			if have, _, err := fresh.SQL(s, sqlspec.Postgres); err != nil || have != want {
				t.Errorf("have %s, error %v", have, err)
			}
		}()
	}
	group.Wait()
}
