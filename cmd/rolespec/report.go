package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/spec"
)

// report tells an error on standard error.
func (e *environment) report(err error) {
	if e.json {
		if line, jsonErr := jsonLine(failureOf(err)); jsonErr == nil {
			e.stderr.Write(line)
			return
		}
	}
	fmt.Fprintf(e.stderr, "rolespec: %s\n", describe(err))
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprint(e.stderr, usage.advice())
	}
}

// describe returns an error for people, who want to see the lines of a policy or
// of its tests that it is about.
func describe(err error) string {
	var faults policy.Errors
	if errors.As(err, &faults) {
		return strings.TrimSuffix(faults.Detail(), "\n")
	}
	var suite policytest.Errors
	if errors.As(err, &suite) {
		return strings.TrimSuffix(suite.Detail(), "\n")
	}
	return plain(err)
}

// failure is an error for programs.
type failure struct {
	Error  string `json:"error"`
	Kind   string `json:"kind"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Offset *int   `json:"offset,omitempty"` // in bytes, in the specification
	Path   string `json:"path,omitempty"`   // in the JSON of the specification
	Field  string `json:"field,omitempty"`
}

func failureOf(err error) failure {
	f := failure{Error: plain(err), Kind: kindOf(err)}
	var (
		input  *inputError
		path   *fs.PathError
		source *specError
		syntax *spec.SyntaxError
		decode *spec.DecodeError
		field  *spec.FieldError
		fault  *policy.Error
		test   *policytest.Error
	)
	if errors.As(err, &path) {
		f.File = path.Path
	}
	if errors.As(err, &source) {
		f.Error = source.source + ": " + plain(source.err) // of one line
	}
	if errors.As(err, &input) {
		f.File, f.Line, f.Column = input.file, input.line, input.column
	}
	if errors.As(err, &decode) {
		f.Path, f.Offset = decode.Path, &decode.Offset
	}
	if errors.As(err, &syntax) {
		f.Line, f.Column, f.Offset = syntax.Line, syntax.Column, &syntax.Offset
	}
	if errors.As(err, &fault) { // the first; the text has all
		f.File, f.Line, f.Column = fault.File, fault.Line, fault.Column
	}
	if errors.As(err, &test) {
		f.File, f.Line, f.Column = test.File, test.Line, test.Column
	}
	if errors.As(err, &field) {
		f.Field = field.Field
	}
	return f
}
