package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/internal/suggest"
)

// Bounds of a file. What a parser of YAML needs for a file grows with the marks
// that separate its parts, so these are bounded as well as the bytes.
const (
	MaxBytes = 1 << 20
	MaxMarks = 25_000 // line ends, commas, colons and brackets
)

// Problem is what is wrong with a file and where.
type Problem struct {
	Pos
	Reason string
	Advice string // what to write instead; may be empty
	Err    error  // what it comes from; may be nil
}

// File is a file that was read.
type File struct {
	Root     *Node
	IsJSON   bool
	source   string
	places   places
	unread   int // how many of the problems are about what could not be read at all
	Problems []Problem
}

// Read reads a file: JSON where it begins with a brace, YAML otherwise. What is
// no YAML or JSON at all is one problem, and the root is nil.
func Read(data []byte) *File {
	f := &File{}
	if len(data) > MaxBytes {
		f.problem(Pos{}, "", "the file is longer than %d bytes", MaxBytes)
		return f
	}
	f.source = strings.TrimPrefix(string(data), "\ufeff")
	f.places = placesIn(f.source)
	f.IsJSON = strings.HasPrefix(strings.TrimLeft(f.source, " \t\r\n"), "{")
	switch at, what := f.unseen(); {
	case !utf8.ValidString(f.source):
		f.problem(f.position(validPrefix(f.source)), "", "the file is not UTF-8")
	case marks(f.source) > MaxMarks:
		f.problem(Pos{}, "split it among services", "the file has more than %d line ends, commas, colons and brackets", MaxMarks)
	case at >= 0:
		f.problem(f.position(at), `write it as an escape in double quotes, such as "\u2028"`, "%s: what some readers see and others do not", what)
	case f.IsJSON:
		f.readJSON()
	default:
		f.readYAML()
	}
	f.unread = len(f.Problems)
	return f
}

func (f *File) problem(at Pos, advice, format string, args ...any) {
	if !f.Full() {
		f.Add(Problem{Pos: at, Reason: fmt.Sprintf(format, args...), Advice: advice})
	}
}

// maxProblems is how many problems of a file are told: who has more has one.
const maxProblems = 100

// Add notes a problem. Of a place that could not be read nothing more is said.
func (f *File) Add(p Problem) {
	if !f.Full() && !slices.ContainsFunc(f.Problems[:f.unread], func(other Problem) bool { return other.Pos == p.Pos }) {
		f.Problems = append(f.Problems, p)
	}
}

// Full reports whether no more problems are told, so that nobody has to look for
// more: what is looked for at each problem could take long altogether.
func (f *File) Full() bool { return len(f.Problems) >= maxProblems }

func marks(s string) (n int) {
	for i := range len(s) {
		switch s[i] {
		case '\n', ',', ':', '[', '{', '?', '-':
			if i+1 == len(s) || s[i] != ':' && s[i] != '-' && s[i] != '?' || strings.IndexByte(" \t\r\n\"'[{,", s[i+1]) >= 0 {
				n++
			}
		}
	}
	return n
}

func validPrefix(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}

// didYouMean advises the candidate that is nearest to a word.
func didYouMean(word string, candidates []string) string {
	if near := suggest.Nearest(word, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// Quote quotes a name of the file inside a sentence, or the beginning of a long one.
func Quote(name string) string {
	const enough = 64
	if runes := []rune(name); len(runes) > enough {
		name = string(runes[:enough]) + "..."
	}
	return strconv.Quote(name)
}
