package policytest

import (
	"errors"
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// ErrSuite is wrapped by every [Error]: the suite cannot be used.
var ErrSuite = errors.New("policytest: suite cannot be used")

// Error is one thing that is wrong with a suite or with a file of its rows.
type Error struct {
	File   string
	Line   int    // from 1; 0 where it is about the file as a whole
	Column int    // in characters, from 1
	Reason string // what is wrong
	Advice string // what to write instead; may be empty

	excerpt string
	err     error
}

// Error returns a sentence for a log: file:line:column: what is wrong.
func (e *Error) Error() string {
	text := e.Where() + ": " + e.Reason
	if e.Advice != "" {
		text += "; " + e.Advice
	}
	return text
}

// Where returns file:line:column, as editors and compilers write it.
func (e *Error) Where() string { return document.Pos{Line: e.Line, Column: e.Column}.In(e.File) }

// Detail returns the error for people, of several lines: where and what, the line
// with a caret below the place, the advice.
func (e *Error) Detail() string {
	text := e.Where() + ": " + e.Reason + "\n" + e.excerpt
	if e.Advice != "" {
		text += "    " + e.Advice + "\n"
	}
	return text
}

// Unwrap returns [ErrSuite], and what the error comes from.
func (e *Error) Unwrap() []error {
	if e.err == nil {
		return []error{ErrSuite}
	}
	return []error{ErrSuite, e.err}
}

// Errors is everything that is wrong with a suite, at most 100 of them: those of
// the suite itself in the order of the file, then those of its files of rows.
type Errors []*Error

// Error returns a line for each.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Detail returns the [Error.Detail] of each.
func (es Errors) Detail() string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString(e.Detail())
	}
	return b.String()
}

// Unwrap returns the errors.
func (es Errors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}
