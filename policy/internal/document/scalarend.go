package document

import "strings"

// quotedEnd returns where a text in quotes ends, of as many lines as it has.
func quotedEnd(source string, start int) (end int, ok bool) {
	quote := source[start]
	for at := start + 1; at < len(source); at++ {
		switch {
		case source[at] == '\\' && quote == '"':
			at++
		case source[at] != quote:
		case quote == '\'' && strings.HasPrefix(source[at+1:], "'"):
			at++
		default:
			return at + 1, true
		}
	}
	return start, false
}

// plainEnd returns where a text without quotes ends: where all of it was seen.
func plainEnd(source string, start int, text string) (end int, ok bool) {
	at := start
	for i := 0; i < len(text); {
		part, next := fold(source, at)
		if next == at {
			next = min(at+1, len(source))
			part = source[at:next]
		}
		if part == "" || !strings.HasPrefix(text[i:], part) {
			return start, false
		}
		i += len(part)
		at = next
	}
	return at, text != ""
}

// fold returns what blanks in a text without quotes stand for, and where they end: a
// line end among them is a blank, and each further one is itself.
func fold(source string, at int) (folded string, end int) {
	end = at
	for end < len(source) && strings.IndexByte(" \t\n", source[end]) >= 0 {
		end++
	}
	switch lines := strings.Count(source[at:end], "\n"); lines {
	case 0:
		return source[at:end], end
	case 1:
		return " ", end
	default:
		return strings.Repeat("\n", lines-1), end
	}
}

// block finds the ends of a text below | or >. Its lines are indented as the first
// one is, or deeper.
func (s *scalar) block(source string) {
	s.head = s.start + 1
	for s.head < len(source) && strings.IndexByte("+-123456789", source[s.head]) >= 0 {
		s.head++
	}
	s.tail = lineEnd(source, s.head)
	s.end, s.reach = s.tail, s.tail
	keep := strings.Contains(source[s.start:s.head], "+")
	indent := 0
	for at := s.tail + 1; at <= len(source); {
		end := lineEnd(source, at)
		blanks := blanksBefore(source[at:end])
		if at+blanks == end {
			if keep || indent > 0 && blanks > indent {
				s.reach = end
			}
			at = end + 1
			continue
		}
		if indent == 0 {
			indent = blanks - blanksBefore(strings.TrimLeft(s.node.Text, "\n"))
		}
		if indent <= 0 || blanks < indent || strings.Trim(s.node.Text, "\n") == "" {
			return
		}
		s.end, s.reach, s.known = end, end, true
		at = end + 1
	}
}

// blanksBefore returns how many blanks a text begins with.
func blanksBefore(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }

// lineEnd returns where the line ends that a byte is on.
func lineEnd(source string, at int) int {
	if i := strings.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(source)
}

// lineStart returns where the line begins that a byte is on.
func lineStart(source string, at int) int { return 1 + strings.LastIndexByte(source[:at], '\n') }
