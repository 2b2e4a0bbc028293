package sqlspec

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// maxRepeat is the highest count that PostgreSQL takes in {n,m}.
const maxRepeat = 255

// maxQuantifiers bounds the quantifiers of a pattern, those inside a counted
// group once for each count. PostgreSQL takes seconds to compile some patterns
// with 300 of them, and cannot be interrupted meanwhile.
const maxQuantifiers = 64

// maxWritten bounds a pattern as it is written for an engine, in bytes: a class
// such as \pL becomes some 2 kB of ranges, and thousands of them take PostgreSQL
// seconds.
const maxWritten = 128 << 10

// portablePattern rewrites an RE2 pattern, anchored at the start, so that
// PostgreSQL gives the same verdict. Classes, case folding, the dot and the
// anchors mean other things there, so it is written anew from the syntax tree
// with nothing but explicit ranges. What has no equivalent is an error.
func portablePattern(pattern string) (string, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", fmt.Errorf("the pattern is not RE2")
	}
	if quantifiers(re) > maxQuantifiers {
		return "", fmt.Errorf("the pattern has more than %d quantifiers", maxQuantifiers)
	}
	p := patternWriter{}
	return p.anchored(re)
}

func (p *patternWriter) anchored(re *syntax.Regexp) (string, error) {
	p.text.WriteString(`\A(?:`)
	p.node(re)
	p.text.WriteByte(')')
	if p.text.Len() > maxWritten {
		p.refuse(fmt.Sprintf("classes that take more than %d bytes to write", maxWritten))
	}
	if p.problem != "" {
		return "", fmt.Errorf("the pattern has %s", p.problem)
	}
	return p.text.String(), nil
}

func quantifiers(re *syntax.Regexp) int {
	n := 0
	for _, sub := range re.Sub {
		n += quantifiers(sub)
	}
	switch re.Op {
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		return n + 1
	case syntax.OpRepeat:
		return n*max(re.Min, re.Max, 1) + 1
	}
	return n
}

// flavour is the engine of regular expressions that a pattern is written for.
type flavour uint8

const (
	flavourPostgres flavour = iota
	flavourPCRE             // of MariaDB
	flavourRE2              // of DuckDB
)

type patternWriter struct {
	text    strings.Builder
	flavour flavour
	problem string
}

// onlyRE2 is what RE2 alone has with the meaning that package regexp gives it.
var onlyRE2 = map[syntax.Op]string{
	syntax.OpBeginLine: "(?m:^)", syntax.OpEndLine: "(?m:$)", syntax.OpWordBoundary: `\b`, syntax.OpNoWordBoundary: `\B`,
	syntax.OpNoMatch: `[^\x00-\x{10FFFF}]`,
}

func (p *patternWriter) node(re *syntax.Regexp) {
	if text, ok := onlyRE2[re.Op]; ok && p.flavour == flavourRE2 {
		p.text.WriteString(text)
		return
	}
	switch re.Op {
	case syntax.OpEmptyMatch:
		p.text.WriteString("(?:)")
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			p.literal(r, re.Flags&syntax.FoldCase != 0)
		}
	case syntax.OpCharClass:
		p.class(re.Rune)
	case syntax.OpAnyCharNotNL:
		p.text.WriteString("[^\n]")
	case syntax.OpAnyChar:
		p.text.WriteString(either(p.flavour == flavourPostgres, ".", "(?s:.)")) // a line break too, unless (?n) says otherwise
	case syntax.OpBeginText:
		p.text.WriteString(`\A`)
	case syntax.OpEndText:
		p.text.WriteString(either(p.flavour == flavourPostgres, `\Z`, `\z`)) // the very end; PostgreSQL has no \z
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			p.node(sub)
		}
	case syntax.OpAlternate:
		p.group(func() {
			for i, sub := range re.Sub {
				if i > 0 {
					p.text.WriteByte('|')
				}
				p.node(sub)
			}
		})
	case syntax.OpCapture:
		p.group(func() { p.node(re.Sub[0]) })
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		p.repeat(re)
	case syntax.OpNoMatch:
		p.refuse("a class that matches nothing")
	default: // line anchors, word boundaries
		p.refuse("a line anchor or a word boundary, which not every engine has")
	}
}

func (p *patternWriter) refuse(problem string) {
	if p.problem == "" {
		p.problem = problem
	}
}

func (p *patternWriter) group(inside func()) {
	p.text.WriteString("(?:")
	inside()
	p.text.WriteByte(')')
}

// repeat drops laziness: it changes where a match ends, never whether there is
// one.
func (p *patternWriter) repeat(re *syntax.Regexp) {
	if p.flavour != flavourRE2 && isEmptyWidth(re.Sub[0]) {
		p.refuse("a quantifier after something empty")
		return
	}
	p.group(func() { p.node(re.Sub[0]) })
	switch {
	case re.Op == syntax.OpStar:
		p.text.WriteByte('*')
	case re.Op == syntax.OpPlus:
		p.text.WriteByte('+')
	case re.Op == syntax.OpQuest:
		p.text.WriteByte('?')
	case p.flavour != flavourRE2 && (re.Min > maxRepeat || re.Max > maxRepeat):
		p.refuse(fmt.Sprintf("a count above %d", maxRepeat))
	case re.Max < 0:
		fmt.Fprintf(&p.text, "{%d,}", re.Min)
	default:
		fmt.Fprintf(&p.text, "{%d,%d}", re.Min, re.Max)
	}
}

// isEmptyWidth reports whether re is an anchor or nothing, in whatever groups.
func isEmptyWidth(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpEmptyMatch:
		return true
	case syntax.OpCapture, syntax.OpConcat, syntax.OpAlternate, syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !isEmptyWidth(sub) })
	}
	return false
}

func (p *patternWriter) literal(r rune, fold bool) {
	if isSurrogate(r) { // package regexp takes some of them for U+FFFD
		p.refuse("a surrogate, which is no character")
		return
	}
	if !fold || unicode.SimpleFold(r) == r {
		p.escaped(r)
		return
	}
	p.text.WriteByte('[')
	p.escaped(r)
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		p.escaped(f)
	}
	p.text.WriteByte(']')
}

// escaped writes a rune as itself, inside or outside of a class.
func (p *patternWriter) escaped(r rune) {
	if r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r >= ' ' {
		p.text.WriteByte('\\')
	}
	p.text.WriteRune(r)
}

// class writes the ranges in pairs. One that begins at NUL, which PostgreSQL
// cannot hold, is written as what it leaves out. Where nothing is left to write
// it matches nothing, or everything.
func (p *patternWriter) class(pairs []rune) {
	open, none := "[", syntax.OpNoMatch
	if len(pairs) > 0 && pairs[0] == 0 {
		open, none = "[^", syntax.OpAnyChar
		pairs = complement(pairs)
	}
	var spans patternWriter
	for i := 0; i+1 < len(pairs); i += 2 {
		spans.span(pairs[i], pairs[i+1])
	}
	if spans.text.Len() == 0 {
		p.node(&syntax.Regexp{Op: none})
		return
	}
	p.text.WriteString(open)
	p.text.WriteString(spans.text.String())
	p.text.WriteByte(']')
}

func complement(pairs []rune) []rune {
	var out []rune
	next := rune(0)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] > next {
			out = append(out, next, pairs[i]-1)
		}
		next = pairs[i+1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}

// The surrogates are no text; a range steps round them.
const firstSurrogate, lastSurrogate = 0xD800, 0xDFFF

func isSurrogate(r rune) bool { return r >= firstSurrogate && r <= lastSurrogate }

func (p *patternWriter) span(low, high rune) {
	if low < firstSurrogate && high > lastSurrogate {
		p.span(low, firstSurrogate-1)
		p.span(lastSurrogate+1, high)
		return
	}
	if isSurrogate(low) {
		low = lastSurrogate + 1
	}
	if isSurrogate(high) {
		high = firstSurrogate - 1
	}
	if low > high {
		return
	}
	p.escaped(low)
	if high > low {
		p.text.WriteByte('-')
		p.escaped(high)
	}
}
