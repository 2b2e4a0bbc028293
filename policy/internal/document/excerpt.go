package document

import (
	"strings"
	"unicode/utf8"
)

// shownLine is how much of a line is shown before and behind a place, in characters.
const shownLine = 60

// Excerpt returns the line of a place with a caret below the place, for people, or
// the part of a long line around it; "" where there is no such line.
func (f *File) Excerpt(at Pos) string {
	offset := f.offset(at)
	if offset < 0 {
		return ""
	}
	start, end := offset, offset
	for n := 0; n < shownLine && start > 0 && f.source[start-1] != '\n'; n++ {
		_, size := utf8.DecodeLastRuneInString(f.source[:start])
		start -= size
	}
	for n := 0; n < shownLine && end < len(f.source) && f.source[end] != '\n'; n++ {
		_, size := utf8.DecodeRuneInString(f.source[end:])
		end += size
	}
	line := strings.TrimRight(strings.Map(visible, f.source[start:end]), " ")
	if line == "" {
		return ""
	}
	return "    " + line + "\n    " + strings.Repeat(" ", utf8.RuneCountInString(f.source[start:offset])) + "^\n"
}

// visible replaces what moves the cursor or cannot be seen.
func visible(r rune) rune {
	if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return ' '
	}
	return r
}
