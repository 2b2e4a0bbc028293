package sqlspec

import (
	"fmt"
	"regexp/syntax"
)

// How many ways through a pattern there may be, for an engine that tries them
// one after the other: in all, and beside a quantifier without an upper bound.
const maxWays, maxWaysBeside = 10000, 30

// backtrackingPattern rewrites an RE2 pattern for PCRE, as portablePattern does
// for PostgreSQL, and refuses those that may take more steps than a bounded
// number for each character.
func backtrackingPattern(pattern string) (text string, unbounded bool, err error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false, fmt.Errorf("the pattern is not RE2")
	}
	ways, stars := backtracking(re)
	if stars > 1 || ways > maxWays || stars > 0 && ways > maxWaysBeside {
		return "", false, fmt.Errorf("the pattern has too many quantifiers or alternatives for an engine that backtracks")
	}
	p := patternWriter{flavour: flavourPCRE}
	text, err = p.anchored(re)
	return text, stars > 0, err
}

// backtracking returns how many ways there are through a pattern, at most
// maxWays + 1, and how many quantifiers without an upper bound are on one of
// them. Such a quantifier counts as two where it repeats more than one way.
func backtracking(re *syntax.Regexp) (ways, stars int) {
	switch re.Op {
	case syntax.OpConcat:
		ways = 1
		for _, sub := range re.Sub {
			n, s := backtracking(sub)
			ways, stars = min(ways*n, maxWays+1), stars+s
		}
		return ways, stars
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n, s := backtracking(sub)
			ways, stars = min(ways+n, maxWays+1), max(stars, s)
		}
		return ways, stars
	case syntax.OpCapture:
		return backtracking(re.Sub[0])
	case syntax.OpQuest:
		ways, stars = backtracking(re.Sub[0])
		return min(ways+1, maxWays+1), stars
	case syntax.OpStar, syntax.OpPlus:
		return repeated(re, 0, -1)
	case syntax.OpRepeat:
		return repeated(re, re.Min, re.Max)
	}
	return 1, 0
}

func repeated(re *syntax.Regexp, low, high int) (ways, stars int) {
	each, stars := backtracking(re.Sub[0])
	switch {
	case stars > 0 || high < 0 && each > 1:
		return maxWays + 1, 2
	case high < 0:
		return 1, 1
	}
	for n, power := 0, 1; n <= high; n++ {
		if n >= low {
			ways = min(ways+power, maxWays+1)
		}
		power = min(power*each, maxWays+1)
	}
	return ways, 0
}
