package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/sqlspec"
)

// dialects are the dialects of SQL by name.
var dialects = []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB, sqlspec.DuckDB}

// sqlText prints a specification as SQL.
type sqlText struct {
	selection selection
	dialect   *choice
	table     string
}

func sqlCommand() *command {
	return &command{
		name:    "sql",
		summary: "print the SQL of a specification",
		about: `Prints the condition for a WHERE, with its placeholders, and then its arguments,
one a line with its type in Go. Values are always arguments, whatever is in them.

What a dialect cannot do exactly is an error. How each kind is stored in a column
is told by the documentation of package sqlspec.

` + aboutSelection,
		answer: "the policy forbids it (with --policy)",
		json:   `one object: {"sql":"...","args":[...]}. Instants are texts, bytes base64.`,
		examples: []example{{
			about: "For PostgreSQL:",
			line:  `rolespec sql --dialect postgres --table tasks --fields account:int,owner:string? --spec 'account == 7 || owner is None'`,
			output: `(("tasks"."account" = $1::int8) OR ("tasks"."owner" IS NULL))
$1  int64   7
`,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &sqlText{}
			c.selection.register(flags)
			var names []string
			for _, d := range dialects {
				names = append(names, d.String())
			}
			c.dialect = choose(flags, "dialect", "", "`DIALECT` of SQL", names...)
			flags.StringVar(&c.table, "table", "", "`NAME` of the table, behind that of its schema where it needs one: public.tasks")
			return c.run
		},
		words: []string{},
	}
}

func (c *sqlText) run(_ context.Context, e *environment) error {
	switch {
	case len(e.args) > 0:
		return usagef("sql", "takes no arguments, and %q is one", e.args[0])
	case c.dialect.value == "":
		return usagef("sql", "which dialect? --dialect %s", strings.Join(c.dialect.of, "|"))
	case c.table == "":
		return usagef("sql", "which table? --table NAME")
	}
	sel, err := c.selection.resolve(e, "sql")
	if err != nil {
		return err
	}
	if sel.schema == nil {
		return usagef("sql", "what do the columns hold? --fields LIST, such as --fields age:int,name:string?; a policy file can hold them as well")
	}
	text, args, err := c.compile(sel)
	if err != nil {
		return err
	}
	if e.json {
		return e.printJSON(struct {
			SQL  string `json:"sql"`
			Args []any  `json:"args"`
		}{text, append([]any{}, args...)})
	}
	return e.print(text + "\n" + argumentLines(args, c.dialect.value == sqlspec.Postgres.String()))
}

func (c *sqlText) compile(sel *selected) (text string, args []any, err error) {
	table, err := sqlspec.NewTable(c.table, sel.schema)
	if err != nil {
		return "", nil, err
	}
	for _, d := range dialects {
		if d.String() == c.dialect.value {
			text, args, err = table.SQL(sel.spec, d)
		}
	}
	if err != nil {
		return "", nil, &specError{sel.source, nearest(err, sel.schema)}
	}
	return text, args, nil
}

// argumentLines returns a line for each argument: its placeholder, type and value.
func argumentLines(args []any, numbered bool) string {
	var b strings.Builder
	for i, arg := range args {
		placeholder := "?"
		if numbered {
			placeholder = "$" + strconv.Itoa(i+1)
		}
		fmt.Fprintf(&b, "%-3s %-7T %s\n", placeholder, arg, argumentText(arg))
	}
	return b.String()
}

func argumentText(arg any) string {
	switch v := arg.(type) {
	case string:
		return strconv.Quote(v)
	case []byte:
		return fmt.Sprintf("%x", v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%#v", arg)
}
