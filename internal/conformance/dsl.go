package conformance

import "strings"

// TextCase is a line of dsl.jsonl: a text, and what the ancestor reads in it.
type TextCase struct {
	ID    string  `json:"id"`
	Text  string  `json:"dsl"`
	Spec  *Tree   `json:"spec"` // nil: the ancestor raised Error
	Error *string `json:"error"`
	// Conventional is another reading, where && binds tighter than ||.
	Conventional *Tree `json:"conventional_spec"`
}

// DumpCase is a line of spec.jsonl as what the ancestor prints of it.
type DumpCase struct {
	SpecCase
	Text      *string `json:"dsl"`           // nil: the ancestor could not print it
	RoundTrip string  `json:"dsl_roundtrip"` // same, differs, error:CLASS
	Reparsed  *Tree   `json:"dsl_reparsed"`  // where it differs
}

// Read returns what the ancestor reads in what it printed, nil for an error.
func (c DumpCase) Read() *Tree {
	switch {
	case c.RoundTrip == "same":
		return &c.Spec
	case c.RoundTrip == "differs":
		return c.Reparsed
	}
	return nil
}

// MixesConnectives reports whether a text joins terms of one level by both && and
// ||. It takes quotes as the ancestor does: a backslash hides the quote that
// follows it between double quotes and not between single ones.
func MixesConnectives(text string) bool {
	levels := []string{""}
	for text != "" {
		top := len(levels) - 1
		n := 1
		switch {
		case text[0] == '\'':
			n = 2 + strings.IndexByte(text[1:], '\'')
		case text[0] == '"':
			n = endOfQuote(text)
		case text[0] == '(':
			levels = append(levels, "")
		case text[0] == ')' && top > 0:
			levels = levels[:top]
		case strings.HasPrefix(text, "&&"), strings.HasPrefix(text, "||"):
			if levels[top] != "" && levels[top] != text[:2] {
				return true
			}
			levels[top], n = text[:2], 2
		}
		text = text[max(n, 1):]
	}
	return false
}

func endOfQuote(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return len(text)
}
