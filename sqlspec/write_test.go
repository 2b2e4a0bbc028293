package sqlspec_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type writtenTask struct {
	ID      int64
	Title   string
	Odd     string `spec:"odd \"name"`
	Hidden  string
	Address struct{ City string }
}

func ExampleTable_Columns() {
	type task struct {
		ID     int64
		Title  string
		Salary int64
	}
	tasks := sqlspec.MustTable[task]("tasks", sqlspec.As("t"))
	columns, err := tasks.Columns("id", "title")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sq.Select(columns...).From(tasks.From()).Where(tasks.Where(spec.Eq("id", 7), sqlspec.Postgres)).ToSql())
	_, err = tasks.Columns("id", "1; DROP TABLE tasks")
	fmt.Println(err)
	// Output:
	// SELECT "t"."id", "t"."title" FROM "tasks" AS "t" WHERE ("t"."id" = ?::int8) [7] <nil>
	// sqlspec: field has no column: "1; DROP TABLE tasks"
}

func ExampleTable_TargetColumns() {
	type task struct {
		ID        int64
		AccountID int64
		Title     string
	}
	tasks := sqlspec.MustTable[task]("tasks")
	mine := spec.Eq("account_id", 7)
	title, err := tasks.TargetColumns("title")
	if err != nil {
		fmt.Println(err)
		return
	}
	id, _ := tasks.Column("id")
	fmt.Println(sq.Update(tasks.From()).Set(title[0], "paint").Where(sq.Eq{id: 3}).Where(tasks.Where(mine, sqlspec.SQLite)).ToSql())
	// Output:
	// UPDATE "tasks" SET "title" = ? WHERE "tasks"."id" = ? AND ("tasks"."account_id" = ?) [paint 3 7] <nil>
}

func TestColumns(t *testing.T) {
	tasks := sqlspec.MustTable[writtenTask]("tasks", sqlspec.As("t"), sqlspec.Omit("hidden"), sqlspec.Column("title", sqlspec.Name("a`b")))
	for name, test := range map[string]struct {
		table      *sqlspec.Table
		fields     []string
		want, bare []string
		err        error
	}{
		"in their order":   {tasks, []string{"address.city", "id"}, []string{`"t"."address_city"`, `"t"."id"`}, []string{`"address_city"`, `"id"`}, nil},
		"names are quoted": {tasks, []string{`odd "name`, "title"}, []string{`"t"."odd ""name"`, "\"t\".\"a`b\""}, []string{`"odd ""name"`, "\"a`b\""}, nil},
		"MariaDB":          {tasks.In(sqlspec.MariaDB), []string{"title", "id"}, []string{"`t`.`a``b`", "`t`.`id`"}, []string{"`a``b`", "`id`"}, nil},
		"no field":         {tasks, nil, []string{}, []string{}, nil},
		"without a column": {tasks, []string{"id", "hidden"}, nil, nil, sqlspec.ErrUnmapped},
		"no such field":    {tasks, []string{"ID"}, nil, nil, sqlspec.ErrUnmapped},
		"all of them":      {tasks, []string{"*"}, nil, nil, sqlspec.ErrUnmapped},
		"a column's name":  {tasks, []string{"address_city"}, nil, nil, sqlspec.ErrUnmapped},
		"nil table":        {nil, []string{"id"}, nil, nil, sqlspec.ErrTable},
	} {
		have, err := test.table.Columns(test.fields...)
		bare, bareErr := test.table.TargetColumns(test.fields...)
		if !slices.Equal(have, test.want) || !slices.Equal(bare, test.bare) || !errors.Is(err, test.err) || !errors.Is(bareErr, test.err) {
			t.Errorf("%s: have %q and %q (errors %v, %v), want %q and %q (error %v)", name, have, bare, err, bareErr, test.want, test.bare, test.err)
		}
	}
	none, err := tasks.Columns()
	if err != nil {
		t.Fatal(err)
	}
	if text, _, err := sq.Select(none...).From(tasks.From()).ToSql(); err == nil {
		t.Errorf("a SELECT of no columns is %s", text)
	}
}
