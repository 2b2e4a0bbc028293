package document

import (
	"strings"
	"unicode/utf8"
)

// Inside returns the place of a byte of a text: an error in a rule is shown where
// it stands in the file. Where that cannot be told, as in quotes that go on over
// several lines, it is the place of the text as a whole.
func (f *File) Inside(n *Node, offset int) Pos {
	at, ok := f.offset(n.Pos), false
	switch offset = min(offset, len(n.Text)); n.Style {
	case Plain:
		at, ok = f.insideFolded(n.Text, at, offset)
	case Single, Double:
		at, ok = f.insideQuotes(n.Text, at, offset)
	case Literal:
		return f.insideLiteral(n, offset)
	case Folded:
		if at = f.offset(Pos{n.Line + 1, 1}); at >= 0 {
			at, ok = f.insideFolded(n.Text, at+blanks(f.source[at:], " "), offset)
		}
	}
	if !ok {
		return n.Pos
	}
	return f.position(at)
}

// insideFolded walks through the source of a text whose lines are folded together:
// the end of a line is a blank, and several are as many line ends but one.
func (f *File) insideFolded(text string, at, offset int) (int, bool) {
	for read := 0; read < offset; {
		if at < 0 || at >= len(f.source) {
			return 0, false
		}
		size := max(1, blanks(f.source[at:], " \t\r\n"))
		made := f.source[at : at+size]
		switch ends := strings.Count(made, "\n"); ends {
		case 0:
			made, size = made[:1], 1
		case 1:
			made = " "
		default:
			made = strings.Repeat("\n", ends-1)
		}
		if !strings.HasPrefix(text[read:], made) || read+len(made) > offset {
			return 0, false
		}
		read, at = read+len(made), at+size
	}
	return at, at >= 0
}

// blanks returns how many bytes a text begins with that are one of these.
func blanks(text, these string) int { return len(text) - len(strings.TrimLeft(text, these)) }

// insideQuotes walks through the source of a text in quotes, on one line.
func (f *File) insideQuotes(text string, at, offset int) (int, bool) {
	if at < 0 || at >= len(f.source) {
		return 0, false
	}
	quote := f.source[at]
	at++
	for read := 0; read < offset; {
		if at >= len(f.source) || f.source[at] == '\n' {
			return 0, false
		}
		size, made := 1, 1
		switch c := f.source[at]; {
		case c == '\'' && quote == c:
			size = 2 // it stands there twice
		case c == '\\' && quote == '"':
			size = escapeLength(f.source[at:])
			_, made = utf8.DecodeRuneInString(text[read:])
		}
		read, at = read+made, at+size
	}
	return at, true
}

// insideLiteral counts lines: those of a literal text are the lines of the file
// without their indentation.
func (f *File) insideLiteral(n *Node, offset int) Pos {
	before := n.Text[:min(offset, len(n.Text))]
	line := strings.Count(before, "\n")
	content := strings.Split(n.Text, "\n")[line]
	raw := f.line(n.Line + 1 + line)
	if !strings.HasSuffix(raw, content) {
		return n.Pos
	}
	column := before[strings.LastIndexByte(before, '\n')+1:]
	return Pos{n.Line + 1 + line, 1 + len(raw) - len(content) + utf8.RuneCountInString(column)}
}

// escapeLength returns how long an escape is. Half of a surrogate pair goes with
// the other half.
func escapeLength(source string) int {
	if len(source) < 2 {
		return len(source)
	}
	n := map[byte]int{'x': 4, 'u': 6, 'U': 10}[source[1]]
	if n == 0 {
		return 2
	}
	if surrogate(source, "89abAB") && len(source) >= 12 && source[6] == '\\' && surrogate(source[6:], "cdefCDEF") {
		n = 12
	}
	return min(n, len(source))
}
