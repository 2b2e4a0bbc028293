package document

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

var (
	restOfLine = regexp.MustCompile(`^[ \t]*(#.*)?$`)
	emptyGap   = regexp.MustCompile(`^ *:[ \t]*\n[ \t\n]*$`)
)

// rewritten returns what has to be done to write a text in canonical form, nil
// where it is no rule, or cannot be moved without moving something else.
func (l *layout) rewritten(s scalar, width int) []edit {
	rule, ok := l.rules[s.node]
	if !ok || !s.known {
		return nil
	}
	text := yamlText(spec.Format(rule, 0), s.flow)
	if s.flow {
		return []edit{{s.start, s.end, l.apart(s, text)}}
	}
	if !s.style.isBlock() {
		s.tail = lineEnd(l.source, s.end)
	}
	if !restOfLine.MatchString(l.source[s.head:s.tail]) {
		return nil
	}
	column := utf8.RuneCountInString(l.source[lineStart(l.source, s.start):s.start])
	var edits []edit
	if emptyGap.MatchString(l.source[s.key.end:s.start]) {
		edits = append(edits, edit{s.key.end, s.start, ": "})
		column = s.key.Column - 1 + utf8.RuneCountInString(l.source[s.key.start:s.key.end]+": ")
	}
	body := ""
	if column+utf8.RuneCountInString(text) > width {
		indent := strings.Repeat(" ", s.key.Column-1+2)
		if l.wouldSwallow(s, len(indent)) {
			return nil
		}
		text = "|-"
		body = "\n" + indented(spec.Format(rule, max(1, width-len(indent))), indent)
	}
	edits = append(edits, edit{s.start, s.head, l.apart(s, text)})
	if s.style.isBlock() || body != "" {
		edits = append(edits, edit{trimmedEnd(l.source, s.head, s.tail), max(s.tail, s.end), body})
	}
	return edits
}

// apart returns the text with blanks where the key or a comment is next to it.
func (l *layout) apart(s scalar, text string) string {
	if l.source[s.start-1] == ':' {
		text = " " + text
	}
	if strings.HasPrefix(l.source[s.head:], "#") {
		return text + " "
	}
	return text
}

// wouldSwallow reports whether comments follow that a block of that indentation
// would take for its own.
func (l *layout) wouldSwallow(s scalar, indent int) bool {
	for at := max(s.tail, s.end) + 1; at < len(l.source); at++ {
		end := lineEnd(l.source, at)
		switch text := strings.TrimLeft(l.source[at:end], " "); {
		case strings.Trim(text, "\t") == "":
		case text[0] != '#':
			return false
		case end-len(text)-at >= indent:
			return true
		}
		at = end
	}
	return false
}

func indented(text, indent string) string {
	return indent + strings.ReplaceAll(text, "\n", "\n"+indent)
}
