package sqlspec

import (
	"fmt"
	"regexp/syntax"
)

// maxProgram bounds a pattern as RE2 compiles it, in instructions: it refuses
// those of some 700,000, while package regexp takes more.
const maxProgram = 500000

// re2Pattern rewrites an RE2 pattern for the RE2 of DuckDB, as portablePattern
// does for PostgreSQL. Nothing is missing there, but what is in a class of
// Unicode depends on the version of its tables.
func re2Pattern(pattern string) (string, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", fmt.Errorf("the pattern is not RE2")
	}
	if program(re) > maxProgram {
		return "", fmt.Errorf("the pattern is too large when its counts are written out")
	}
	p := patternWriter{flavour: flavourRE2}
	return p.anchored(re)
}

// program returns at least how many instructions a pattern has, which are of
// bytes, up to maxProgram + 1.
func program(re *syntax.Regexp) int {
	size := 1
	for _, sub := range re.Sub {
		size += program(sub)
	}
	switch re.Op {
	case syntax.OpLiteral:
		size = 4 * len(re.Rune)
		if re.Flags&syntax.FoldCase != 0 { // a class of at most four
			size *= 4
		}
	case syntax.OpCharClass:
		size = 12 + 8*len(re.Rune)/2
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL, syntax.OpNoMatch:
		size = 12
	case syntax.OpRepeat:
		size = size*max(re.Min, re.Max, 1) + 1
	}
	return min(size, maxProgram+1)
}
