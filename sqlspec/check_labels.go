package sqlspec

import (
	"slices"
	"strings"
)

// labels: a label that the type has not cannot be stored, and is an error where
// PostgreSQL is asked about it; one that the schema has not cannot be asked about.
// The function says how the catalogue writes a label.
func (c *checker) labels(field string, col *column, have *liveColumn, written func(string) string) {
	if len(have.labels) == 0 || len(col.field.Labels) == 0 {
		return
	}
	var wanted []string
	for _, label := range col.field.Labels {
		wanted = append(wanted, written(label))
		if !slices.Contains(have.labels, written(label)) {
			c.problem(field, "the enum of column %q has no label %q", col.name, label)
		}
	}
	for _, label := range have.labels {
		if !slices.Contains(wanted, label) {
			c.advise(field, "the enum of column %q has the label %q, which the field has not", col.name, label)
		}
	}
}

// catalogued is a label as information_schema has it, in utf8mb3.
func catalogued(label string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff {
			return '?'
		}
		return r
	}, label)
}

// enumLabels reads a type of information_schema: enum('a','it”s','c:\\d').
func enumLabels(typ string) (labels []string) {
	rest := strings.TrimPrefix(typ, "enum")
	for len(rest) > 1 { // a parenthesis or a comma, and a quote
		var label string
		label, rest = enumLabel(rest[2:])
		labels = append(labels, label)
	}
	return labels
}

// enumLabel reads up to the closing quote.
func enumLabel(text string) (label, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch next := text[min(i+1, len(text)-1)]; {
		case text[i] == '\\':
			if at := strings.IndexByte("0nr", next); at >= 0 {
				next = "\x00\n\r"[at]
			}
			b.WriteByte(next)
			i++
		case text[i] != '\'':
			b.WriteByte(text[i])
		case next != '\'' || i+1 == len(text):
			return b.String(), text[i+1:]
		default:
			b.WriteByte('\'')
			i++
		}
	}
	return b.String(), ""
}
