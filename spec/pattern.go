package spec

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// maxPattern bounds what a pattern costs to compile, in units of about a
// microsecond or 100 bytes. Unbounded, 16 kB of classes that ignore case take
// seconds, and 16 kB of repetitions hundreds of megabytes.
const maxPattern = 200_000

// patternCost estimates the cost of a pattern without compiling it. It is beyond
// [maxPattern] where parsing alone would be, and then says nothing more.
func patternCost(pattern string) (int, error) {
	cost := parsingCost(pattern)
	if cost > maxPattern {
		return cost, &syntax.Error{Code: syntax.ErrLarge}
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return cost, err
	}
	if cost += programCost(re); cost > maxPattern {
		return cost, &syntax.Error{Code: syntax.ErrLarge}
	}
	return cost, nil
}

// maxFolding is the cost of a range up to the last rune that has a case.
const maxFolding = 18_000

// parsingCost looks for what is short and becomes much: classes by property have
// hundreds of ranges, and a range that ignores case is gone through rune by rune.
func parsingCost(pattern string) int {
	cost, folds := 4*len(pattern), ignoresCase(pattern)
	for i := range len(pattern) - 1 {
		switch c, next := pattern[i], pattern[i+1]; {
		case c == '\\' && (next == 'p' || next == 'P'):
			cost += 300
		case folds && c == '-' && next == '\\':
			cost += maxFolding
		case folds && c == '-' && next >= utf8.RuneSelf:
			last, _ := utf8.DecodeRuneInString(pattern[i+1:])
			cost += min(int(last)/7, maxFolding)
		}
	}
	return cost
}

// ignoresCase reports whether some group of a pattern has the flag i.
func ignoresCase(pattern string) bool {
	for {
		_, group, ok := strings.Cut(pattern, "(?")
		if !ok {
			return false
		}
		flags := strings.TrimLeft(group, "imsU-")
		if strings.Contains(group[:len(group)-len(flags)], "i") {
			return true
		}
		pattern = group
	}
}

// programCost counts the instructions of the compiled pattern, wide classes for
// more, counted repetitions as often as they say.
func programCost(re *syntax.Regexp) int {
	cost := 2 + 2*len(re.Rune)
	if re.Op == syntax.OpCharClass {
		cost = 2 + len(re.Rune)/16
	}
	for _, sub := range re.Sub {
		cost += programCost(sub)
	}
	if re.Op == syntax.OpRepeat {
		cost *= max(re.Min+1, re.Max)
	}
	return cost
}
