package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// verdict is an explanation for programs.
type verdict struct {
	Line    int       `json:"line,omitempty"`
	Visible bool      `json:"visible"`
	Truth   string    `json:"truth"`
	Leaves  []partWhy `json:"leaves"`
}

// partWhy is what is true of a part of a specification. Part and Seen are in the
// text form.
type partWhy struct {
	Part   string `json:"part"`
	Truth  string `json:"truth"`
	Seen   string `json:"seen,omitempty"` // for related rows there is no value
	Reason string `json:"reason,omitempty"`
}

func leavesOf(why spec.Explanation) []partWhy {
	parts := []partWhy{}
	for _, l := range why.Leaves {
		part := partWhy{Part: rebuilt(l.Part).String(), Truth: l.Truth.String(), Reason: l.Reason}
		if _, isLeaf := l.Part.(spec.Leaf); isLeaf {
			part.Seen = shown(l.Seen)
		}
		parts = append(parts, part)
	}
	return parts
}

// rebuilt returns a part as a specification of its own, which can be printed.
func rebuilt(n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Leaf:
		return spec.NewLeaf(n.Field, n.Op, n.Value)
	case spec.Negation:
		return rebuilt(n.Term()).Not()
	case spec.Quantified:
		if n.Quantifier() == spec.Universal {
			return spec.Every(n.Relation(), rebuilt(n.Term()))
		}
		return spec.Any(n.Relation(), rebuilt(n.Term()))
	case spec.Junction:
		var terms []spec.Specification
		for term := range n.Terms() {
			terms = append(terms, rebuilt(term))
		}
		if n.Connective() == spec.Disjunction {
			return spec.Or(terms...)
		}
		return spec.And(terms...)
	case spec.Constant:
		if n {
			return spec.All()
		}
	case spec.Invalid:
	}
	return spec.None()
}

// readable returns a text as it is, or in quotes where it is empty or has what
// could be taken for something else.
func readable(text string) string {
	if quoted := strconv.Quote(text); quoted[1:len(quoted)-1] != text || text == "" {
		return quoted
	}
	return text
}

// longest is how much of a value is shown, in bytes.
const longest = 200

// shown returns the value of a row in the text form, cut if it is long.
func shown(v spec.Value) string {
	text := v.String()
	if len(text) <= longest {
		return text
	}
	end := longest
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "..."
}

// appendWhy appends a line for each part: what is true of it, the part, and why.
func appendWhy(out []byte, why spec.Explanation) []byte {
	parts, width := leavesOf(why), 0
	for _, p := range parts {
		if n := utf8.RuneCountInString(p.Part); n <= 60 {
			width = max(width, n)
		}
	}
	for _, p := range parts {
		out = fmt.Appendf(out, "  %-7s  %s", p.Truth, p.Part)
		out = append(out, strings.Repeat(" ", max(0, width-utf8.RuneCountInString(p.Part)))...)
		reason := p.Reason
		if reason == "" {
			reason = "it is " + p.Seen
		}
		out = fmt.Appendf(out, "    (%s)\n", reason)
	}
	return out
}
