package policy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
)

// Error is one thing that is wrong with a policy, and where. It holds no more of
// the file than part of the line it is about.
type Error struct {
	File   string
	Line   int    // from 1; 0 where it is about the file as a whole
	Column int    // in characters, from 1
	Reason string // what is wrong
	Advice string // what to write instead; may be empty

	excerpt string // of the file, for people
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
// with a caret below the place, the advice. Of a long line it shows the part around
// the place.
func (e *Error) Detail() string {
	text := e.Where() + ": " + e.Reason + "\n" + e.excerpt
	if e.Advice != "" {
		text += "    " + e.Advice + "\n"
	}
	return text
}

// Unwrap returns [roles.ErrPolicy], and what the error comes from: a
// [spec.SyntaxError], a [spec.FieldError] and so on.
func (e *Error) Unwrap() []error {
	if e.err == nil {
		return []error{roles.ErrPolicy}
	}
	return []error{roles.ErrPolicy, e.err}
}

// Errors is everything that is wrong with a policy, at most 100 of them, in the
// order of the file.
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

// errorsOf says what the problems of a file are, nil where there are none.
func errorsOf(name string, f *document.File) error {
	if len(f.Problems) == 0 {
		return nil
	}
	slices.SortStableFunc(f.Problems, func(a, b document.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	all := make(Errors, len(f.Problems))
	for i, p := range f.Problems {
		all[i] = &Error{File: name, Line: p.Line, Column: p.Column, Reason: p.Reason, Advice: p.Advice, excerpt: f.Excerpt(p.Pos), err: p.Err}
	}
	return all
}
