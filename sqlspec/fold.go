package sqlspec

import (
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// maxFolded is the longest text, in runes, that is looked for without regard to
// case in SQL: it becomes a pattern with a class for every letter.
const maxFolded = 1000

// foldedPattern returns a pattern for the text of an EqualFold or ContainsFold
// in which every letter is the class of its spellings. The engines' own folding
// differs from Unicode's, from each other's, and with the locale.
func foldedPattern(l spec.Leaf, open, anywhere, end string) (string, bool) {
	text := l.Value.Text()
	if utf8.RuneCountInString(text) > maxFolded {
		return "", false
	}
	var p patternWriter
	p.text.WriteString(open)
	if l.Op == spec.OpContainsFold {
		p.text.WriteString(anywhere)
	}
	for _, r := range text {
		p.literal(r, true)
	}
	if l.Op == spec.OpEqualFold {
		p.text.WriteString(end)
	}
	return p.text.String(), true
}

func (g postgres) folded(w *writer, c *column, l spec.Leaf, negated bool) {
	open := `\A`
	if l.Op == spec.OpContainsFold {
		open = ""
	}
	pattern, ok := foldedPattern(l, open, "", `\Z`)
	if !ok {
		w.refuse(l, ErrUnsupported, "a text of more than 1000 characters, without regard to case")
		return
	}
	g.pattern(w, c, pattern, negated)
}

// folded asks the function of Matches, which is anchored at the start.
func (g sqlite) folded(w *writer, l spec.Leaf, c *column, negated bool) {
	pattern, ok := foldedPattern(l, "", "(?s:.*)", `\z`)
	if !ok {
		w.refuse(l, ErrUnsupported, "a text of more than 1000 characters, without regard to case")
		return
	}
	w.raw(either(negated, "NOT ", ""), regexpFunction, "(")
	w.arg(pattern)
	w.raw(", ", c.sql, ")")
}
