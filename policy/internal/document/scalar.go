package document

import "strings"

// scalar is where a text, a number and so on stands, in bytes of the source. It is
// one of
//
//	key: text        key: | # comment
//	                   text
//
// A block has its text below the line that it begins on; of any other, head, tail
// and reach are the end.
type scalar struct {
	node  *Node
	style Style
	start int
	head  int  // where | and its marks end
	tail  int  // where the line of | ends
	end   int  // of a block: the end of its last line that is not empty
	reach int  // the same, with the empty lines that are part of the text
	flow  bool // it stands inside of { or [
	known bool // the end was found
	moved bool // it is written anew
	key   keyPlace
}

// keyPlace is where the key of a value stands.
type keyPlace struct {
	Pos
	start, end int
}

func (s Style) isBlock() bool { return s == Literal || s == Folded }

// scan notes the scalars of a node. Nodes come in the order of the file.
func (l *layout) scan(n *Node, key keyPlace, flow bool) {
	at := l.offset(n.Pos)
	if at < 0 || at == len(l.source) {
		return // a null at the end of the file
	}
	if n.Kind != List && n.Kind != Map {
		l.scanScalar(n, at, key, flow)
		return
	}
	flow = flow || l.source[at] == '{' || l.source[at] == '['
	for _, item := range n.Items {
		l.scan(item, keyPlace{}, flow)
	}
	for _, k := range n.Keys {
		l.scan(k.Value, l.scanKey(k, flow), flow)
	}
}

// scanKey notes a key as a scalar.
func (l *layout) scanKey(k Key, flow bool) keyPlace {
	at := l.offset(k.Pos)
	if at < 0 || at == len(l.source) {
		return keyPlace{}
	}
	end := l.scanScalar(&Node{Pos: k.Pos, Kind: Text, Text: k.Name}, at, keyPlace{}, flow)
	return keyPlace{k.Pos, at, end}
}

// scanScalar notes a scalar, and returns where it ends.
func (l *layout) scanScalar(n *Node, at int, key keyPlace, flow bool) int {
	s := scalar{node: n, start: at, flow: flow, key: key}
	switch rest := l.source[s.start:]; {
	case n.Kind != Text:
	case strings.HasPrefix(rest, "'"):
		s.style = Single
		s.end, s.known = quotedEnd(l.source, s.start)
	case strings.HasPrefix(rest, `"`):
		s.style = Double
		s.end, s.known = quotedEnd(l.source, s.start)
	case strings.HasPrefix(rest, "|") && !flow:
		s.style = Literal
		s.block(l.source)
	case strings.HasPrefix(rest, ">") && !flow:
		s.style = Folded
		s.block(l.source)
	default:
		s.end, s.known = plainEnd(l.source, s.start, n.Text)
	}
	if !s.style.isBlock() {
		s.head, s.tail, s.reach = s.end, s.end, s.end
	}
	l.scalars = append(l.scalars, s)
	return s.end
}
