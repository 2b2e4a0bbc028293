package spec

import "fmt"

// size is what a first look at the tokens tells, so that everything is allocated
// once, and nothing for a text with too many of them.
type size struct {
	terms int     // at most: those written, and those made of others in parentheses
	lists []int32 // the most elements that each list can have
}

func sizeOf(text string) (s size, bad *SyntaxError) {
	l := lexer{text: text}
	connectives, groups := 0, 0
	var open []int32 // the lists that are not closed yet, by index
	opened := false  // by the token before
	for tokens := 0; ; tokens++ {
		t := l.next()
		if tokens == maxTokens && t.kind != tokenEnd {
			return s, problem(t.start, fmt.Sprintf("more than %d words, values and signs", maxTokens), "")
		}
		symbol := byte(0)
		if t.kind == tokenSymbol {
			symbol = text[t.start]
		}
		if opened && symbol != ']' {
			s.lists[len(s.lists)-1]++
		}
		opened = symbol == '['
		switch {
		case t.kind == tokenEnd, t.kind == tokenBad, opened && len(open) == MaxDepth:
			// The parser stops here too, if it comes so far, and says why.
			s.terms = 1 + connectives + min(groups, connectives)
			return s, nil
		case opened:
			open, s.lists = append(open, int32(len(s.lists))), append(s.lists, 0)
		case symbol == '&', symbol == '|':
			connectives++
		case symbol == '(':
			groups++
		case symbol == ',' && len(open) > 0:
			s.lists[open[len(open)-1]]++
		case symbol == ']' && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
}
