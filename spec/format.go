package spec

import (
	"strings"
	"unicode/utf8"
)

// Format returns s in the text form, broken into lines of at most width
// characters wherever it can be broken: at connectives, parentheses and inside
// lists. What fits on one line stays on it, so that for a great width, and for
// one below 1, Format is [Specification.String].
//
//	account == $account
//	&& (
//	  public == True
//	  || owner in ["ann", "bob"]
//	)
//
// [Parse] reads it as s. Two specifications that are Equal are formatted alike.
func Format(s Specification, width int) string {
	f := formatter{width: width}
	if width < 1 {
		return s.String()
	}
	f.node(s.Node(), false, 0)
	return string(f.text)
}

// formatter appends nodes to a text.
type formatter struct {
	width   int
	text    []byte
	line    int    // where the last line begins
	indent  int    // of the next line
	scratch []byte // of fits
}

// node appends a node, which so many characters will follow on its last line.
func (f *formatter) node(n Node, nested bool, follow int) {
	room := f.width - utf8.RuneCount(f.text[f.line:]) - follow
	if f.fits(n, nested, &room) {
		f.text = appendNode(f.text, n, nested)
		return
	}
	switch n := n.(type) {
	case Junction:
		if nested {
			f.block("(", ")", func() { f.terms(n) })
		} else {
			f.terms(n)
		}
	case Negation:
		f.block("!(", ")", func() { f.node(n.term, false, 0) })
	case Quantified:
		head := appendField([]byte(n.op.String()+" "), n.relation)
		f.block(string(head)+" (", ")", func() { f.node(n.term, false, 0) })
	case Leaf:
		f.leaf(n)
	case Constant, Invalid:
		f.text = appendNode(f.text, n, nested)
	}
}

// terms appends the terms of a junction, each on a line of its own.
func (f *formatter) terms(j Junction) {
	for i, t := range j.terms {
		if i > 0 {
			f.newLine()
			f.text = append(f.text, strings.TrimPrefix(j.op.symbol(), " ")...)
		}
		f.node(t, true, 0)
	}
}

// leaf appends a comparison that is too long, and breaks the list in it.
func (f *formatter) leaf(l Leaf) {
	if len(l.Value.elements()) == 0 {
		f.text = appendLeaf(f.text, l)
		return
	}
	head := string(appendField(nil, l.Field)) + " " + l.Op.Symbol() + " ["
	f.block(head, "]", func() {
		last := len(l.Value.elements()) - 1
		for i, e := range l.Value.elements() {
			text := e.String()
			if i < last {
				text += ","
			}
			switch length := utf8.RuneCount(f.text[f.line:]); {
			case i == 0:
			case length+1+utf8.RuneCountInString(text) > f.width:
				f.newLine()
			default:
				f.text = append(f.text, ' ')
			}
			f.text = append(f.text, text...)
		}
	})
}

// block appends what stands between two brackets, on lines that are indented.
func (f *formatter) block(open, closing string, inside func()) {
	f.text = append(f.text, open...)
	f.indent++
	f.newLine()
	inside()
	f.indent--
	f.newLine()
	f.text = append(f.text, closing...)
}

func (f *formatter) newLine() {
	f.text = append(f.text, '\n')
	f.line = len(f.text)
	f.text = append(f.text, strings.Repeat("  ", f.indent)...)
}

// fits reports whether a node has room on the line, and looks no further than
// the room goes.
func (f *formatter) fits(n Node, nested bool, room *int) bool {
	switch n := n.(type) {
	case Junction:
		if nested {
			*room -= len("()")
		}
		*room -= len(n.op.symbol()) * (len(n.terms) - 1)
		for _, t := range n.terms {
			if !f.fits(t, true, room) {
				return false
			}
		}
	case Negation:
		*room -= len("!()")
		return f.fits(n.term, false, room)
	case Quantified:
		*room -= len(n.op.String()) + len("  ()") + utf8.RuneCount(appendField(nil, n.relation))
		return f.fits(n.term, false, room)
	case Constant, Leaf, Invalid:
		f.scratch = appendNode(f.scratch[:0], n, nested)
		*room -= utf8.RuneCount(f.scratch)
	}
	return *room >= 0
}
