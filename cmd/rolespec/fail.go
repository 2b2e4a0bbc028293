package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// errNo is the error of a command that was done, and whose answer is no.
var errNo = errors.New("the answer is no")

// usageError is a command line that says nothing that can be done.
type usageError struct {
	command string // empty where it is not known
	text    string
	bare    bool // the text says all
}

func (e *usageError) Error() string {
	if e.command == "" {
		return e.text
	}
	return e.command + ": " + e.text
}

// advice returns where to read on.
func (e *usageError) advice() string {
	switch {
	case e.bare:
		return ""
	case e.command == "":
		return "\"rolespec help\" lists the commands and their flags\n"
	}
	return fmt.Sprintf("\"rolespec help %s\" describes the command\n", e.command)
}

// usagef returns a usageError.
func usagef(command, format string, args ...any) error {
	return &usageError{command: command, text: fmt.Sprintf(format, args...)}
}

// inputError says what in an input cannot be read, and where. It shows no value.
type inputError struct {
	file   string // as people know it; see input.name
	line   int    // from 1; 0 where it is not about a line
	column int    // in characters, from 1; 0 where it is about the whole line
	err    error
}

func (e *inputError) Error() string {
	place := e.file
	if e.line > 0 {
		place += fmt.Sprintf(":%d", e.line)
	}
	if e.column > 0 {
		place += fmt.Sprintf(":%d", e.column)
	}
	return place + ": " + e.err.Error()
}

func (e *inputError) Unwrap() error { return e.err }

// specError is a specification that cannot be read or used, and where it was
// written.
type specError struct {
	source string // a flag, or a file
	err    error
}

func (e *specError) Error() string {
	var syntax *spec.SyntaxError
	if errors.As(e.err, &syntax) {
		return e.source + ": " + strings.TrimSuffix(syntax.Detail(), "\n")
	}
	return e.source + ": " + plain(e.err)
}

func (e *specError) Unwrap() error { return e.err }

// plain returns the text of an error of the library without its package.
func plain(err error) string {
	text := err.Error()
	for _, name := range []string{"spec: ", "sqlspec: ", "roles: ", "policy: ", "policytest: "} {
		text = strings.TrimPrefix(text, name)
	}
	return text
}

// kindOf returns what kind of error it is, in a word for programs.
func kindOf(err error) string {
	var usage *usageError
	var input *inputError
	switch {
	case errors.As(err, &usage):
		return "usage"
	case errors.Is(err, roles.ErrForbidden):
		return "forbidden"
	case errors.Is(err, roles.ErrPolicy), errors.As(err, new(policy.Errors)):
		return "policy"
	case errors.Is(err, policytest.ErrSuite):
		return "suite"
	case errors.Is(err, spec.ErrSyntax):
		return "syntax"
	case errors.Is(err, spec.ErrDecode):
		return "decode"
	case errors.Is(err, spec.ErrUnbound):
		return "variable"
	case errors.Is(err, sqlspec.ErrUnsupported), errors.Is(err, sqlspec.ErrTooLarge):
		return "unsupported"
	case errors.Is(err, sqlspec.ErrTable), errors.Is(err, sqlspec.ErrUnmapped):
		return "table"
	case errors.Is(err, spec.ErrField), errors.Is(err, spec.ErrTooDeep):
		return "field"
	case errors.As(err, new(*fs.PathError)):
		return "file"
	case errors.As(err, &input):
		return "input"
	}
	return "error"
}
