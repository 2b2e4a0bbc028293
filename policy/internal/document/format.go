package document

import (
	"bytes"
	"errors"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// What [Format] cannot do.
var (
	ErrUnsound = errors.New("the file has problems")
	ErrChanged = errors.New("in another layout the file would not say the same")
)

// Format returns a file with its rules in the canonical text form, in lines of at
// most width characters where they can be broken. The error is [ErrUnsound] for a
// file that has problems, and [ErrChanged] where the result is not read as the same
// document with the same comments.
func Format(data []byte, width int) ([]byte, error) {
	original := newLayout(data)
	if len(original.Problems) > 0 {
		return nil, ErrUnsound
	}
	text := newLayout(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))).formatted(width)
	formatted := newLayout([]byte(text))
	if len(formatted.Problems) > 0 || !original.saysTheSame(formatted) {
		return nil, ErrChanged
	}
	return []byte(text), nil
}

// layout is a file with its rules and the place of every scalar.
type layout struct {
	*File
	rules   map[*Node]spec.Specification
	scalars []scalar // in the order of the file
}

// newLayout reads a file. What has problems has neither rules nor scalars.
func newLayout(data []byte) *layout {
	l := &layout{File: Read(data), rules: map[*Node]spec.Specification{}}
	var d Document
	l.Decode(&d)
	if len(l.Problems) > 0 {
		return l
	}
	for _, r := range d.rules() {
		l.rules[r.Node] = r.Spec
	}
	l.scan(l.Root, keyPlace{}, false)
	return l
}

// rules returns all rules and checks.
func (d *Document) rules() (rules []*Rule) {
	add := func(r *Rule) {
		if r != nil {
			rules = append(rules, r)
		}
	}
	for _, r := range d.Restrict {
		add(r.Rule)
	}
	for _, role := range d.Roles {
		for _, g := range role.Allow {
			add(g.Rule)
			add(g.Check)
		}
		for _, d := range role.Deny {
			add(d.Rule)
		}
	}
	return rules
}

func (l *layout) formatted(width int) string {
	if l.IsJSON {
		return l.formattedJSON()
	}
	var edits []edit
	for i, s := range l.scalars {
		if made := l.rewritten(s, width); made != nil {
			edits = append(edits, made...)
			l.scalars[i].moved = true
		}
	}
	text := applied(l.source, append(edits, l.trimmed()...))
	if l.endsInText() {
		return text
	}
	return strings.TrimRight(text, " \t\n") + "\n"
}
