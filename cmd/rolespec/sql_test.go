package main

import (
	"strings"
	"testing"
)

func TestSQL(t *testing.T) {
	sql := func(args ...string) []string { return append([]string{"sql", "--table", "tasks"}, args...) }
	runCases(t, []commandCase{
		{name: "postgres", args: sql("--dialect", "postgres", "--fields", "a:int", "--spec", "a == 1"), stdout: "(\"tasks\".\"a\" = $1::int8)\n$1  int64   1\n"},
		{name: "mariadb", args: sql("--dialect", "mariadb", "--fields", "a:int", "--spec", "a == 1"), stdout: "(`tasks`.`a` = ?)\n?   int64   1\n"},
		{name: "sqlite", args: sql("--dialect", "sqlite", "--fields", "a:int", "--spec", "a == 1"), stdout: "(\"tasks\".\"a\" = ?)\n?   int64   1\n"},
		{name: "no arguments", args: sql("--dialect", "sqlite", "--fields", "a:int?", "--spec", "a is None"), stdout: "(\"tasks\".\"a\" IS NULL)\n"},
		{name: "JSON", args: sql("--dialect", "sqlite", "--fields", "a:int", "--spec", "a == 1", "--json"), stdout: `{"sql":"(\"tasks\".\"a\" = ?)","args":[1]}` + "\n"},
		{name: "JSON without arguments", args: sql("--dialect", "sqlite", "--fields", "a:int?", "--spec", "a is None", "--json"), stdout: `{"sql":"(\"tasks\".\"a\" IS NULL)","args":[]}` + "\n"},
		{name: "no fields", args: sql("--dialect", "sqlite", "--spec", "a == 1"), exit: 2, stderr: "--fields LIST"},
		{name: "no dialect", args: sql("--fields", "a:int", "--spec", "a == 1"), exit: 2, stderr: "--dialect sqlite|postgres|mariadb|duckdb"},
		{name: "no table", args: []string{"sql", "--dialect", "sqlite", "--fields", "a:int", "--spec", "a == 1"}, exit: 2, stderr: "which table?"},
		{name: "another dialect", args: sql("--dialect", "postgre"), exit: 2, stderr: "did you mean postgres?"},
		{name: "an argument", args: sql("--dialect", "sqlite", "x"), exit: 2, stderr: "takes no arguments"},
		{name: "a field that is not there", args: sql("--dialect", "sqlite", "--fields", "a:int", "--spec", "b == 1"), exit: 2, stderr: `Eq("b")`},
		{name: "a field that is nearly there", args: sql("--dialect", "sqlite", "--fields", "id:int,account:int", "--spec", "acount == 1"), exit: 2, stderr: "; did you mean account?"},
		{name: "what a dialect cannot do", args: sql("--dialect", "sqlite", "--fields", "a:[time]", "--spec", `a contains time("2024-07-01T00:00:00Z")`), exit: 2, stderr: "sqlite: Contains(\"a\")"},
		{name: "a name that cannot be", args: []string{"sql", "--dialect", "sqlite", "--table", "", "--fields", "a:int", "--spec", "a == 1"}, exit: 2, stderr: "which table?"},
	})
}

// Whatever is in a value or a name, it changes nothing but itself.
func TestSQLHostile(t *testing.T) {
	hostile := `x' OR '1'='1"; --`
	plain := rolespec("", "sql", "--dialect", "sqlite", "--table", "t", "--fields", "a:string", "--spec", `a == "x"`)
	have := rolespec("", "sql", "--dialect", "sqlite", "--table", "t", "--fields", "a:string", "--spec", `a == $v`, "--caller", `{"v":"x' OR '1'='1\"; --"}`)
	text, _, _ := strings.Cut(plain.stdout, "\n")
	other, args, _ := strings.Cut(have.stdout, "\n")
	if text == "" || text != other || !strings.Contains(args, `"x' OR '1'='1\"; --"`) {
		t.Errorf("have %+v, want %q", have, text)
	}
	have = rolespec("", "sql", "--dialect", "sqlite", "--table", hostile, "--fields", "a:int", "--spec", "a == 1")
	if have.exit == 0 && !strings.Contains(have.stdout, `"x' OR '1'='1""; --"."a"`) {
		t.Errorf("a name is not quoted: have %+v", have)
	}
}
