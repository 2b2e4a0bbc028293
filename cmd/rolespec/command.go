package main

import (
	"context"
	"flag"
	"io"
)

// command is one line of the table of commands. Help, completion and the manual
// are made of it.
type command struct {
	name     string
	summary  string // one line, in lower case, without a full stop
	usage    string // what comes behind the name and the flags
	about    string // paragraphs
	answer   string // what exit code 1 means; empty where there is no such answer
	json     string // what --json writes
	examples []example
	// setup declares the flags and returns what runs once they are set.
	setup func(flags *flag.FlagSet) action
	// words are what the arguments are chosen from; nil for files.
	words []string
}

// example is a line for the shell and what it prints, in a directory that has
// the files of testdata/example.
type example struct {
	about  string
	line   string
	output string
	exit   int
}

// action is what a command does. Its error is errNo where the answer is no.
type action func(ctx context.Context, e *environment) error

// commands returns the table, in the order of the help text.
func commands() []*command {
	return []*command{
		checkCommand(), verifyCommand(), testCommand(), diffCommand(), fmtCommand(),
		evalCommand(), explainCommand(), sqlCommand(),
		completionCommand(), helpCommand(), versionCommand(),
	}
}

// find returns the command of that name, or nil.
func find(name string) *command {
	for _, c := range commands() {
		if c.name == name {
			return c
		}
	}
	return nil
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// prepare declares the flags of the command, with those that all commands have.
func (c *command) prepare() (flags *flag.FlagSet, do action, json, help *bool) {
	flags = flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	do = c.setup(flags)
	json, help = new(bool), new(bool)
	flags.BoolVar(json, "json", false, "write JSON, errors as well")
	flags.BoolVar(help, "help", false, "print this help")
	flags.BoolVar(help, "h", false, "")
	return flags, do, json, help
}

// execute parses the arguments and runs the command.
func (c *command) execute(ctx context.Context, e *environment, args []string) error {
	flags, do, json, help := c.prepare()
	rest, err := parseFlags(flags, args)
	if *help {
		return e.print(c.help())
	}
	if err != nil {
		return &usageError{command: c.name, text: err.Error()}
	}
	e.args, e.json = rest, *json
	return do(ctx, e)
}

// visibleFlags yields the flags that have a description, by name.
func (c *command) visibleFlags() []*flag.Flag {
	flags, _, _, _ := c.prepare()
	var list []*flag.Flag
	flags.VisitAll(func(f *flag.Flag) {
		if f.Usage != "" {
			list = append(list, f)
		}
	})
	return list
}
