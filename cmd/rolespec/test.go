package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// test runs cases: is this row visible under this specification?
type test struct {
	strict bool
	fields string
	schema *spec.Schema // what fields the rows of cases have; nil for any
}

func testCommand() *command {
	return &command{
		name:    "test",
		summary: "run cases and report each miss",
		usage:   "FILE...",
		about: `Runs the tests of a policy (a file called *.yaml, *.yml or *.json): who asks for
what, and which rows are visible then. What fails is printed with why, leaf by leaf,
and then which lines of the policy no case reaches. The documentation of package
policytest says what such a file holds.

Any other file holds cases, one JSON object a line; printed is each whose row is not
as visible as it should be, with what is true of each part of the specification. "-"
is standard input. The last line counts all of them.

    {"id": 1, "spec": "age >= 18", "row": {"age": 17}, "want": false}

The specification is a text or JSON, the id a number or a text. Other keys are
passed over. --fields declares what the fields of all rows hold, as for eval: without
it an instant or a date in a row is a text.

A specification that is refused, because it cannot be read or used, shows no row:
the case passes where it wants none. It is told on standard error and counted
beside the others. With --strict it is a miss.`,
		answer: "there is a miss",
		json: `an object a miss, then one that counts: {"file":"cases.jsonl","line":2,"id":2,"have":false,
"want":true,"truth":"unknown","leaves":[...]} with the leaves as explain has them,
or "refused" with the reason instead; {"passed":1,"failed":1,"refused":0}. What is
refused is told as an object of the kind "refused" on standard error. Of the tests of
a policy an object a case that failed, {"name":"...","where":"...","caller":"ann",
"failures":[{"kind":"hidden","text":"...","why":[...]}],...}, then {"suite":"...",
"policy":"...","version":"...","coverage":{...}}.`,
		examples: []example{{
			about: "The tests of a policy:",
			line:  `rolespec test policy.test.yaml`,
			output: `policy.test.yaml: 6 passed, 0 failed
6 passed, 0 failed
`,
		}, {
			about: "Three cases, of which one is wrong:",
			line:  `rolespec test cases.jsonl`,
			output: `miss: case 3 (cases.jsonl:3): have hidden, want visible
  unknown  age >= 18    (the row has no value here)
2 passed, 1 failed
`,
			exit: 1,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &test{}
			flags.BoolVar(&c.strict, "strict", false, "a specification that is refused is a miss, whatever the case wants")
			flags.StringVar(&c.fields, "fields", "", "`LIST` of the fields of the rows of cases, such as 'age:int,born:date?'")
			return c.run
		},
	}
}

func (c *test) run(ctx context.Context, e *environment) error {
	if len(e.args) == 0 {
		return usagef("test", "which file of cases? \"-\" is standard input")
	}
	var err error
	if c.schema, err = parseFields(c.fields); err != nil {
		return err
	}
	var total tally
	for _, path := range e.args {
		t, err := c.file(ctx, e, path)
		total.add(t)
		if err != nil {
			return err
		}
	}
	if err := e.summary(total); err != nil {
		return err
	}
	if total.no > 0 {
		return errNo
	}
	return nil
}

func (c *test) file(ctx context.Context, e *environment, path string) (tally, error) {
	switch {
	case isPolicy(path) && c.schema != nil:
		return tally{}, usagef("test", "--fields is for cases; a policy declares its fields itself")
	case isPolicy(path):
		return c.suite(e, path)
	}
	in, err := e.open(path)
	if err != nil {
		return tally{}, err
	}
	defer in.Close()
	t, err := stream(ctx, newRecords(in, false), func() worker {
		reader := &caseReader{file: in.name, bytes: byteFieldsOf(c.schema)}
		return func(b *batch, record []byte, line int) error {
			tc, err := reader.read(record, line)
			if tc != nil && err == nil {
				c.check(b, tc, e.json)
			}
			return err
		}
	}, e)
	if err == nil && t == (tally{}) {
		err = fmt.Errorf("%s: no cases", in.name)
	}
	return t, err
}

// check runs a case and writes down what became of it.
func (c *test) check(b *batch, tc *testCase, asJSON bool) {
	why, refused := tc.verdict(c.schema)
	if refused != nil {
		b.tally.refused++
		b.notes = tc.appendRefusal(b.notes, refused, asJSON)
	}
	if why.Visible() == tc.want && (refused == nil || !c.strict) {
		b.tally.yes++
		return
	}
	b.tally.no++
	if asJSON {
		b.out = tc.appendMiss(b.out, why, refused)
		return
	}
	b.out = fmt.Appendf(b.out, "miss: case %s (%s): have %s, want %s\n", tc.name(), tc.place(), hidden(why.Visible()), hidden(tc.want))
	if refused != nil {
		b.out = fmt.Appendf(b.out, "  the specification is refused: %s\n", oneLine(refused))
	}
	b.out = appendWhy(b.out, why)
}

func hidden(visible bool) string {
	if visible {
		return "visible"
	}
	return "hidden"
}

// oneLine returns the text of an error of the library on one line.
func oneLine(err error) string { return strings.ReplaceAll(plain(err), "\n", " ") }

// summary prints how many cases passed.
func (e *environment) summary(t tally) error {
	if e.json {
		return e.printJSON(struct {
			Passed  int `json:"passed"`
			Failed  int `json:"failed"`
			Refused int `json:"refused"`
		}{t.yes, t.no, t.refused})
	}
	refused := ""
	if t.refused > 0 {
		refused = fmt.Sprintf(", %d of them refused", t.refused)
	}
	return e.printf("%d passed, %d failed%s\n", t.yes, t.no, refused)
}
