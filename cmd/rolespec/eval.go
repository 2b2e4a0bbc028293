package main

import (
	"context"
	"flag"

	"github.com/rolespec/rolespec/spec"
)

// eval prints the rows that are visible.
type eval struct {
	selection selection
	format    *choice
	null      optional
	truth     *choice
	count     bool
}

func evalCommand() *command {
	return &command{
		name:    "eval",
		summary: "print the rows that a specification shows",
		usage:   "[FILE]",
		about: `Reads rows and prints those of which the specification is true, as they are.
Without FILE, or where it is "-", they come from standard input.

Rows are NDJSON, one JSON object a line, or CSV with a line of column names. In
NDJSON values have the kinds that JSON gives them, unless --fields declares
others: an instant, a date, a UUID and a decimal are texts there, bytes are base64.
A value of another kind than declared compares with nothing.

In CSV a column is text unless --fields declares its kind; a list is JSON, bytes
are base64. An empty cell is null, but of text it is the empty text: --null says
which text of a cell means null.

Rows are read one after the other, however many there are. What cannot be read (a
key twice in a row, text that is not UTF-8, a cell that is not of its kind, a row
longer than 16 MiB) is an error; the rows before it have been printed then.

` + aboutSelection,
		answer: "the policy forbids it (with --policy)",
		json: `the rows as NDJSON, those of CSV as well; with --count one object: {"count":2}.
Of CSV, numbers, truth values, lists and nulls are written as JSON has them, and
all else as the text of the cell.`,
		examples: []example{{
			about: "The tasks of an account that are not done:",
			line:  `rolespec eval --spec 'account == 7 && done == False' tasks.jsonl`,
			output: `{"id":1,"account":7,"owner":"ann","done":false,"tags":["home"]}
{"id":4,"account":7,"owner":"bob","done":false,"tags":[]}
`,
		}, {
			about: "The same for a caller, whose account fills in the variable:",
			line:  `rolespec eval --spec 'account == $account' --caller '{"account":8}' --count tasks.jsonl`,
			output: `1
`,
		}, {
			about: "What a policy shows a caller:",
			line:  `rolespec eval --policy policy.yaml --caller @ann.json --endpoint tasks --method GET tasks.jsonl`,
			output: `{"id":1,"account":7,"owner":"ann","done":false,"tags":["home"]}
{"id":2,"account":7,"owner":null,"done":true,"tags":["home","urgent"]}
`,
		}, {
			about: "CSV, in which a column has to be declared to be compared as a number:",
			line:  `rolespec eval --spec 'age >= 18' --fields age:int people.csv`,
			output: `name,age,born
ann,34,1990-02-28
"Bob ""the"" Builder",18,2006-07-01
`,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &eval{}
			c.selection.register(flags)
			c.format = choose(flags, "format", "", "`FORMAT` of the rows; without it csv for a file whose name ends so, and else ndjson", formats...)
			flags.Var(&c.null, "null", "in CSV a cell of this `TEXT` is null")
			c.truth = choose(flags, "truth", "true", "print the rows of which the specification is this `TRUTH`", "true", "false", "unknown")
			flags.BoolVar(&c.count, "count", false, "print how many rows there are, and not the rows")
			return c.run
		},
	}
}

func (c *eval) run(ctx context.Context, e *environment) error {
	path, err := e.oneInput("eval")
	if err != nil {
		return err
	}
	sel, err := c.selection.resolve(e, "eval")
	if err != nil {
		return err
	}
	rows, err := e.openRows(path, c.format.value, sel, c.null)
	if err != nil {
		return err
	}
	defer rows.close()
	m, err := rows.compile(sel)
	if err != nil {
		return err
	}
	if len(rows.header) > 0 && !e.json && !c.count {
		if err := e.print(string(appendLine(nil, rows.header))); err != nil {
			return err
		}
	}
	total, err := rows.each(ctx, e, paths(sel.spec), func(reader rowReader) eachRow {
		return c.each(e, reader, c.verdict(m))
	})
	if err != nil || !c.count {
		return err
	}
	if e.json {
		return e.printJSON(map[string]int{"count": total.yes})
	}
	return e.printf("%d\n", total.yes)
}

// verdict returns which rows are to be printed.
func (c *eval) verdict(m *spec.Matcher[row]) func(r *row) bool {
	switch c.truth.value {
	case "false":
		return func(r *row) bool { return m.Truth(r) == spec.False }
	case "unknown":
		return func(r *row) bool { return m.Truth(r) == spec.Unknown }
	}
	return m.Match
}

func (c *eval) each(e *environment, reader rowReader, shows func(r *row) bool) eachRow {
	return func(b *batch, r row, record []byte, _ int) error {
		switch {
		case !shows(&r):
			return nil
		case c.count:
		case e.json:
			b.out = reader.appendJSON(b.out)
		default:
			b.out = appendLine(b.out, record)
		}
		b.tally.yes++
		return nil
	}
}
