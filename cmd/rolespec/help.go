package main

import (
	"flag"
	"fmt"
	"strings"
)

const exitCodes = `exit codes:
  0    done, and the answer is yes: visible, allowed, nothing missed or found
  1    done, and the answer is no: hidden, forbidden, a miss, a difference
  2    it could not be done: a wrong command line, an input that cannot be read
  130  interrupted
  141  nobody reads standard output any more`

const jsonErrors = `With --json an error is one object on standard error. "error" is its text, "kind" is
usage, syntax, decode, field, variable, unsupported, table, file, input, policy,
suite, forbidden or error. Where they are known there are "file", "line", "column" (both
from 1; of a cell of CSV the column is its number), "field", and in a specification
"offset" (in bytes) and "path".`

// overview is the help text of the program.
func overview() string {
	var b strings.Builder
	b.WriteString("rolespec works with specifications: which rows may a caller see?\n\nusage: rolespec COMMAND [FLAGS] [ARGUMENTS]\n\ncommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-11s %s\n", c.name, c.summary)
	}
	b.WriteString("\n\"rolespec help COMMAND\" describes one. Flags may stand before and after arguments.\n\n")
	b.WriteString(exitCodes + "\n\n" + jsonErrors + "\n")
	return b.String()
}

// help is the help text of the command.
func (c *command) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rolespec %s - %s\n\nusage: %s\n", c.name, c.summary, c.usageLine())
	if c.about != "" {
		fmt.Fprintf(&b, "\n%s\n", c.about)
	}
	b.WriteString("\nflags:\n" + c.flagTable())
	for i, x := range c.examples {
		if i == 0 {
			b.WriteString("\nexamples:\n")
		}
		fmt.Fprintf(&b, "  %s\n    $ %s\n%s", x.about, x.line, indent(x.output, "    "))
	}
	if c.answer != "" {
		fmt.Fprintf(&b, "\nexit code 1: %s.\n", c.answer)
	}
	fmt.Fprintf(&b, "\n--json writes %s\nAn error is an object on standard error then, see rolespec help.\n", c.json)
	return b.String()
}

func (c *command) usageLine() string {
	return strings.TrimSpace(fmt.Sprintf("rolespec %s [FLAGS] %s", c.name, c.usage))
}

// flagTable returns a line for each flag.
func (c *command) flagTable() string {
	var rows [][2]string
	width := 0
	for _, f := range c.visibleFlags() {
		left, right := describeFlag(f)
		width = max(width, len(left))
		rows = append(rows, [2]string{left, right})
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, r[0], r[1])
	}
	return b.String()
}

// describeFlag returns a flag as it is written, and what it does.
func describeFlag(f *flag.Flag) (written, does string) {
	kind, does := flag.UnquoteUsage(f)
	written = dashed(f.Name)
	if kind != "" && !isSwitch(f) {
		written += " " + kind
	}
	if c, ok := f.Value.(*choice); ok {
		does += ": one of " + strings.Join(c.of, ", ")
	}
	if f.DefValue != "" && f.DefValue != "false" {
		does += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	return written, does
}

func indent(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(by + line)
	}
	return b.String()
}
