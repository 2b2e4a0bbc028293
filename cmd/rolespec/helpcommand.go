package main

import (
	"context"
	"flag"
)

func helpCommand() *command {
	return &command{
		name:    "help",
		summary: "describe a command",
		usage:   "[COMMAND]",
		about:   "Without COMMAND it lists the commands. rolespec COMMAND --help does the same.",
		json: `one object: {"commands":[{"name":"eval","summary":"...","usage":"...","about":"...",
"flags":[{"name":"--count","value":"","about":"..."}]}]}, with the one command or all.`,
		examples: []example{{
			about: "What a command does:",
			line:  `rolespec help version`,
			output: `rolespec version - print the version of this program

usage: rolespec version [FLAGS]

rolespec --version does the same.

flags:
  --help  print this help
  --json  write JSON, errors as well

examples:
  The version alone, which is this for a build from source:
    $ rolespec version --json | sed 's/.*"version":"\([^"]*\)".*/\1/'
    (devel)

--json writes one object: {"go":"go1.26.0","version":"v1.2.3"}.
An error is an object on standard error then, see rolespec help.
`,
		}},
		setup: func(flags *flag.FlagSet) action {
			manual := flags.Bool("markdown", false, "print the whole manual, in Markdown")
			return func(_ context.Context, e *environment) error { return describeCommands(e, *manual) }
		},
	}
}

func describeCommands(e *environment, manual bool) error {
	described := commands()
	if len(e.args) > 0 {
		c := find(e.args[0])
		if c == nil {
			return unknownCommand(e.args[0])
		}
		described = []*command{c}
	}
	switch {
	case e.json:
		return e.printJSON(map[string][]commandHelp{"commands": helpOf(described)})
	case manual:
		return e.print(markdown())
	case len(e.args) == 0:
		return e.print(overview())
	}
	return e.print(described[0].help())
}

// commandHelp describes a command for programs.
type commandHelp struct {
	Name    string     `json:"name"`
	Summary string     `json:"summary"`
	Usage   string     `json:"usage"`
	About   string     `json:"about"`
	Flags   []flagHelp `json:"flags"`
}

type flagHelp struct {
	Name  string   `json:"name"`
	Value string   `json:"value,omitempty"` // what to call it
	Of    []string `json:"of,omitempty"`    // a closed set of values
	About string   `json:"about"`
}

func helpOf(list []*command) (described []commandHelp) {
	for _, c := range list {
		h := commandHelp{Name: c.name, Summary: c.summary, Usage: c.usageLine(), About: c.about}
		for _, f := range c.completedFlags() {
			h.Flags = append(h.Flags, flagHelp{dashed(f.name), f.called, f.values, f.does})
		}
		described = append(described, h)
	}
	return described
}
