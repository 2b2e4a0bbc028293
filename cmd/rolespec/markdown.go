package main

import (
	"fmt"
	"strings"
)

// markdown is the manual of all commands.
func markdown() string {
	var b strings.Builder
	b.WriteString("# rolespec\n\n")
	b.WriteString("<!-- Made by: rolespec help --markdown -->\n\n")
	b.WriteString("The command line of [rolespec](../README.md): which rows may a caller see?\n\n")
	b.WriteString("    go install github.com/rolespec/rolespec/cmd/rolespec@latest\n\n")
	b.WriteString("    rolespec COMMAND [FLAGS] [ARGUMENTS]\n\n")
	b.WriteString("Flags may stand before and after arguments; what comes after `--` is an argument.\n\n| command | |\n| --- | --- |\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "| [%s](#rolespec-%s) | %s |\n", c.name, c.name, c.summary)
	}
	b.WriteString("\n```\n" + exitCodes + "\n```\n\n" + jsonErrors + "\n")
	for _, c := range commands() {
		c.markdown(&b)
	}
	return b.String()
}

func (c *command) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## rolespec %s\n\n%s\n\n", c.name, sentence(c.summary))
	fmt.Fprintf(b, "    %s\n", c.usageLine())
	if c.about != "" {
		fmt.Fprintf(b, "\n%s\n", c.about)
	}
	b.WriteString("\n| flag | |\n| --- | --- |\n")
	for _, f := range c.visibleFlags() {
		written, does := describeFlag(f)
		fmt.Fprintf(b, "| `%s` | %s |\n", written, strings.ReplaceAll(does, "|", `\|`))
	}
	for _, x := range c.examples {
		fmt.Fprintf(b, "\n%s\n\n```console\n$ %s\n%s```\n", x.about, x.line, x.output)
	}
	if c.answer != "" {
		fmt.Fprintf(b, "\nExit code 1: %s.\n", c.answer)
	}
	fmt.Fprintf(b, "\n`--json` writes %s\n", c.json)
}

// sentence makes a sentence of a summary.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }
