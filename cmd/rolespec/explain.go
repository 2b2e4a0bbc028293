package main

import (
	"context"
	"flag"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// explain prints why rows are visible or not.
type explain struct {
	selection selection
	format    *choice
	null      optional
	row       string
	id        optional
	key       string
}

func explainCommand() *command {
	return &command{
		name:    "explain",
		summary: "say why a row is visible or not",
		usage:   "[FILE]",
		about: `Reads rows as eval does, and prints for each whether the specification shows it,
and below what is true of each of its parts, with the value that the row has.
One row can be given with --row, or picked out of the file with --id.

A row is visible only where the specification is true; "unknown" is what becomes
of a comparison with a value that is not there or is of another kind.

` + aboutSelection,
		answer: "a row is not visible, or the policy forbids it",
		json: `an object a row: {"line":1,"visible":false,"truth":"unknown","leaves":[{"part":"age >= 18",
"truth":"unknown","seen":"None","reason":"the row has no value here"}]}. The line
is missing for --row. The texts of "part" and "seen" are those of the language.`,
		examples: []example{{
			about: "One row:",
			line:  `rolespec explain --spec 'account == 7 && !(owner == "ann")' --row '{"account":7,"owner":null}'`,
			output: `not visible
  true     account == 7      (it is 7)
  unknown  owner == "ann"    (the row has no value here)
`,
			exit: 1,
		}, {
			about: "One row of a file:",
			line:  `rolespec explain --spec 'account == 7 && tags contains "home"' --id 1 tasks.jsonl`,
			output: `line 1: visible
  true     account == 7            (it is 7)
  true     tags contains "home"    (it is ["home"])
`,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &explain{}
			c.selection.register(flags)
			c.format = choose(flags, "format", "", "`FORMAT` of the rows; without it csv for a file whose name ends so, and else ndjson", formats...)
			flags.Var(&c.null, "null", "in CSV a cell of this `TEXT` is null")
			flags.StringVar(&c.row, "row", "", "row to explain, a `JSON` object; @FILE reads it from a file")
			flags.Var(&c.id, "id", "explain only the rows with this `ID`, a number or a text")
			flags.StringVar(&c.key, "key", "", "`FIELD` that --id is about; without it the key that the policy names, and else id")
			return c.run
		},
	}
}

func (c *explain) run(ctx context.Context, e *environment) error {
	sel, err := c.selection.resolve(e, "explain")
	if err != nil {
		return err
	}
	if c.row != "" {
		return c.one(e, sel)
	}
	path, err := e.oneInput("explain")
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
	if c.key == "" {
		c.key = sel.key
	}
	asked := paths(sel.spec)
	if c.id.set {
		asked[c.key] = true
	}
	total, err := rows.each(ctx, e, asked, func(reader rowReader) eachRow { return c.each(e, m, reader) })
	switch {
	case err != nil:
		return err
	case total == tally{}:
		return c.nothing(rows.input.name)
	case total.no > 0:
		return errNo
	}
	return nil
}

func (c *explain) nothing(file string) error {
	if c.id.set {
		return fmt.Errorf("%s: no row has the %s %s", file, readable(c.key), readable(c.id.value))
	}
	return fmt.Errorf("%s: no rows", file)
}

// one explains the row of the command line.
func (c *explain) one(e *environment, sel *selected) error {
	if len(e.args) > 0 || c.id.set {
		return usagef("explain", "--row is the row: no file beside it, and no --id")
	}
	text, source, err := e.argument("row", c.row)
	if err != nil {
		return err
	}
	r, err := readObject(text, source, "a row is a JSON object")
	if err != nil {
		return err
	}
	if bytes := byteFieldsOf(sel.schema); bytes != nil {
		bytes.decode(r)
	}
	m, err := compile(sel, sel.schema)
	if err != nil {
		return err
	}
	why := m.Explain(&r)
	if err := e.print(string(c.append(nil, e.json, why, 0))); err != nil {
		return err
	}
	if !why.Visible() {
		return errNo
	}
	return nil
}

func (c *explain) each(e *environment, m *spec.Matcher[row], reader rowReader) eachRow {
	return func(b *batch, r row, _ []byte, line int) error {
		if id, ok := reader.text(c.key); c.id.set && (!ok || id != c.id.value) {
			return nil
		}
		why := m.Explain(&r)
		b.out = c.append(b.out, e.json, why, line)
		if why.Visible() {
			b.tally.yes++
		} else {
			b.tally.no++
		}
		return nil
	}
}

// append appends an explanation as text or as JSON. Line 0 is none.
func (c *explain) append(out []byte, asJSON bool, why spec.Explanation, line int) []byte {
	if asJSON {
		text, err := jsonLine(verdict{Line: line, Visible: why.Visible(), Truth: why.Truth.String(), Leaves: leavesOf(why)})
		if err != nil {
			return out // texts and numbers can always be written
		}
		return append(out, text...)
	}
	if line > 0 {
		out = fmt.Appendf(out, "line %d: ", line)
	}
	if why.Visible() {
		out = append(out, "visible\n"...)
	} else {
		out = append(out, "not visible\n"...)
	}
	return appendWhy(out, why)
}
