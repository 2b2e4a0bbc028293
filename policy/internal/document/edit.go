package document

import (
	"cmp"
	"slices"
	"strings"
)

// edit puts a text in the place of a part of the source.
type edit struct {
	start, end int
	text       string
}

// applied returns the source with edits. What begins inside an earlier one goes
// with what that one replaces.
func applied(source string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		b.WriteString(source[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.WriteString(source[at:])
	return b.String()
}

// trimmed takes away the blanks at the ends of lines, but for those that a text
// holds.
func (l *layout) trimmed() (edits []edit) {
	kept := l.kept()
	isKept := func(at int) bool {
		for len(kept) > 0 && kept[0].end <= at {
			kept = kept[1:]
		}
		return len(kept) > 0 && kept[0].start <= at
	}
	for at := 0; at < len(l.source); {
		end := lineEnd(l.source, at)
		if blank := trimmedEnd(l.source, at, end); blank < end && !isKept(end-1) {
			edits = append(edits, edit{blank, end, ""})
		}
		at = end + 1
	}
	return edits
}

// trimmedEnd returns where the blanks begin that a line ends in.
func trimmedEnd(source string, start, end int) int {
	return start + len(strings.TrimRight(source[start:end], " \t"))
}

// endsInText reports whether the end of the file is that of a block, which would
// say something else with another line end.
func (l *layout) endsInText() bool {
	end := len(strings.TrimRight(l.source, " \t\n"))
	for _, s := range l.scalars {
		if s.style.isBlock() && !s.moved && (s.reach > end || s.reach == len(l.source)) {
			return true
		}
	}
	return false
}

// kept returns the parts of the source in which blanks are part of a text: inside
// quotes and in blocks.
func (l *layout) kept() (parts []edit) {
	for _, s := range l.scalars {
		switch {
		case s.moved || s.style == Plain:
		case s.style.isBlock():
			parts = append(parts, edit{start: s.tail, end: s.reach})
		default:
			parts = append(parts, edit{start: s.start, end: s.end})
		}
	}
	return parts
}
