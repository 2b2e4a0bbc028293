package spec

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ErrSyntax is wrapped by a *SyntaxError for a text that is not of the grammar.
var ErrSyntax = errors.New("spec: not the text of a specification")

// SyntaxError says where a text is no specification, why, and what to write
// instead. It holds no more of the text than part of the line it is about.
type SyntaxError struct {
	Offset int    // in bytes, from 0
	Line   int    // from 1
	Column int    // in characters, from 1
	Reason string // what is wrong
	Advice string // what to write instead; may be empty

	line  string // part of the line, fit to be shown
	caret int    // how many characters of it come before the error
	err   error
}

// Error returns a sentence for a log, of one line.
func (e *SyntaxError) Error() string {
	text := fmt.Sprintf("spec: line %d, column %d: %s", e.Line, e.Column, e.Reason)
	if e.Advice != "" {
		text += "; " + e.Advice
	}
	return text
}

// Detail returns the error for people, of several lines: Error, then the line it
// is about with a caret below the place, then the advice. At most 200 bytes of
// the line are shown, and control characters only as escapes.
func (e *SyntaxError) Detail() string {
	text := fmt.Sprintf("line %d, column %d: %s\n    %s\n    %s^\n", e.Line, e.Column, e.Reason, e.line, strings.Repeat(" ", e.caret))
	if e.Advice != "" {
		text += e.Advice + "\n"
	}
	return text
}

// Unwrap returns [ErrSyntax], or what a constructor says where the text is of the
// grammar: a [*FieldError], a [*RelationError], [ErrValue] or [ErrTooDeep].
func (e *SyntaxError) Unwrap() error { return e.err }

// problem is an error whose place in the text is still to be worked out.
func problem(offset int, reason, advice string) *SyntaxError {
	return &SyntaxError{Offset: offset, Reason: reason, Advice: advice, err: ErrSyntax}
}

// refused is what a constructor says of text that is of the grammar.
func refused(offset int, err error) *SyntaxError {
	return &SyntaxError{Offset: offset, Reason: strings.TrimPrefix(err.Error(), "spec: "), err: err}
}

func (e *SyntaxError) moved(offset int) *SyntaxError {
	e.Offset += offset
	return e
}

// in works out the place of the error.
func (e *SyntaxError) in(text string) *SyntaxError {
	before := text[:e.Offset]
	start := strings.LastIndexByte(before, '\n') + 1
	e.Line = 1 + strings.Count(before, "\n")
	e.Column = 1 + utf8.RuneCountInString(before[start:])
	left := shown(lastOf(before[start:], 100))
	right, _, _ := strings.Cut(firstOf(text[e.Offset:], 100), "\n")
	e.line, e.caret = left+shown(strings.TrimSuffix(right, "\r")), utf8.RuneCountInString(left)
	return e
}

// firstOf cuts a text to n bytes or a little less, between characters.
func firstOf(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func lastOf(text string, n int) string {
	if len(text) <= n {
		return text
	}
	from := len(text) - n
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	return text[from:]
}

// shown is a text with control characters as escapes.
func shown(text string) string {
	quoted := strconv.Quote(text)
	quoted = quoted[1 : len(quoted)-1]
	return strings.ReplaceAll(strings.ReplaceAll(quoted, `\"`, `"`), `\\`, `\`)
}

// quoteStart shows the beginning of a text inside a sentence, up to the end of
// its line.
func quoteStart(text string) string {
	const enough = 24
	start, _, _ := strings.Cut(firstOf(text, enough), "\n")
	if len(start) < len(text) {
		return shown(start) + "..."
	}
	return shown(start)
}
