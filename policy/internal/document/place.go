package document

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Pos is a place in a file. The zero Pos is none.
type Pos struct {
	Line   int // from 1
	Column int // in characters, from 1
}

// In returns file:line:column, as editors and compilers write it, and the file alone
// where there is no place.
func (p Pos) In(file string) string {
	if p.Line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// places finds places in a source. What is asked for in the order of the file takes
// one walk through it, however long its lines are.
type places struct {
	source string
	starts []int // of the lines
	last   Pos   // that was asked for
	offset int   // of last
}

func placesIn(source string) places {
	starts := make([]int, 1, 1+strings.Count(source, "\n"))
	for i := range len(source) {
		if source[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return places{source: source, starts: starts}
}

// position returns the place of a byte of the source.
func (f *File) position(offset int) Pos {
	starts := f.places.starts
	line := sort.SearchInts(starts, offset+1) - 1
	return Pos{1 + line, 1 + utf8.RuneCountInString(f.source[starts[line]:offset])}
}

// offset returns the byte that stands at a place, and -1 where there is none.
func (f *File) offset(at Pos) int { return f.places.find(at) }

func (p *places) find(at Pos) int {
	if at.Line < 1 || at.Line > len(p.starts) || at.Column < 1 {
		return -1
	}
	from, offset := 1, p.starts[at.Line-1]
	if at.Line == p.last.Line && at.Column >= p.last.Column {
		from, offset = p.last.Column, p.offset
	}
	for range at.Column - from {
		if offset == len(p.source) || p.source[offset] == '\n' {
			return -1
		}
		_, size := utf8.DecodeRuneInString(p.source[offset:])
		offset += size
	}
	p.last, p.offset = at, offset
	return offset
}

// line returns a line of the file without its end, "" beyond the last.
func (f *File) line(number int) string {
	start := f.offset(Pos{number, 1})
	if start < 0 {
		return ""
	}
	line, _, _ := strings.Cut(f.source[start:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// ofLine returns the beginning of a line, or of the last one.
func (p *places) ofLine(line int) Pos { return Pos{max(1, min(line, len(p.starts))), 1} }
