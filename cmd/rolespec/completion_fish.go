package main

import (
	"fmt"
	"strings"
)

// fishScript returns one line for each command, flag and set of values.
func fishScript() string {
	var b strings.Builder
	b.WriteString("# fish completion for rolespec\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "complete -c rolespec -f -n __fish_use_subcommand -a %s -d %s\n", c.name, fishQuote(c.summary))
	}
	for _, c := range commands() {
		when := fishQuote("__fish_seen_subcommand_from " + c.name)
		for _, f := range c.completedFlags() {
			fmt.Fprintf(&b, "complete -c rolespec -n %s %s -d %s%s\n", when, f.fish(), fishQuote(f.does), f.fishValues())
		}
		if words := c.argumentWords(); words != nil {
			fmt.Fprintf(&b, "complete -c rolespec -f -n %s -a %s\n", when, fishQuote(strings.Join(words, " ")))
		}
	}
	return b.String()
}

func (f completed) fish() string {
	if len(f.name) == 1 {
		return "-s " + f.name
	}
	return "-l " + f.name
}

func (f completed) fishValues() string {
	switch {
	case f.values != nil:
		return " -x -a " + fishQuote(strings.Join(f.values, " "))
	case f.called != "":
		return " -r"
	}
	return ""
}

// fishQuote puts a text in single quotes, in which fish knows two escapes.
func fishQuote(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
