package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/roles"
)

// The exit codes, as every help text has them.
const (
	exitYes         = 0   // done, and the answer is yes
	exitNo          = 1   // done, and the answer is no
	exitFailed      = 2   // it could not be done
	exitInterrupted = 130 // as a shell reports SIGINT
	exitPipe        = 141 // as a shell reports SIGPIPE
)

// run carries out a command line, given without the name of the program, and
// returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &output{to: stdout}
	e := &environment{stdin: stdin, stdout: out, stderr: stderr, json: wantsJSON(args)}
	err := dispatch(ctx, e, args)
	switch {
	case out.closed:
		return exitPipe
	case out.err != nil:
		err = out.err
	case ctx.Err() != nil:
		return exitInterrupted
	}
	switch {
	case err == nil:
		return exitYes
	case errors.Is(err, errNo):
		return exitNo
	}
	e.report(err)
	if errors.Is(err, roles.ErrForbidden) {
		return exitNo
	}
	return exitFailed
}

// dispatch finds the command and runs it.
func dispatch(ctx context.Context, e *environment, args []string) error {
	if len(args) == 0 {
		return &usageError{text: "no command given\n\n" + strings.TrimSuffix(overview(), "\n"), bare: true}
	}
	name, rest := args[0], args[1:]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	c := find(name)
	if c == nil {
		return unknownCommand(name)
	}
	return c.execute(ctx, e, rest)
}

func unknownCommand(name string) error {
	kind := "command"
	if strings.HasPrefix(name, "-") {
		kind = "flag"
	}
	return &usageError{text: fmt.Sprintf("unknown %s %q%s", kind, name, suggest(name, commandNames()))}
}

// wantsJSON reports whether errors are to be JSON, for a command line that may
// not be one that can be parsed.
func wantsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "-json")
}
