package document

import (
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// Word is a text and its place.
type Word struct {
	Pos
	Text string
}

// Words are one text or a list of texts.
type Words []Word

// Version is the version of the format.
type Version struct{ Pos }

// Mapping is a mapping from names to values, in the order of the file.
type Mapping[T any] struct {
	Pos
	Entries []Entry[T]
}

// Entry is one name of a [Mapping] with its value.
type Entry[T any] struct {
	Name  Word
	Value T
}

// Rule is a specification in its text form or as JSON.
type Rule struct {
	Pos
	Spec spec.Specification
	Node *Node
}

// reads is what the types that are more than a struct read themselves by.
type reads interface{ read(f *File, n *Node) }

func (v *Version) read(f *File, n *Node) {
	v.Pos = n.Pos
	if n.Kind != Number || n.Text != "1" {
		f.problem(n.Pos, "write rolespec: 1", "the version of the format is 1")
	}
}

func (w *Word) read(f *File, n *Node) {
	w.Pos = n.Pos
	switch {
	case n.Kind != Text:
		f.problem(n.Pos, quoteIt(n), "%v stands where a text is wanted", n.Kind)
	case n.Text == "":
		f.problem(n.Pos, "", "the text is empty")
	default:
		w.Text = n.Text
	}
}

// quoteIt helps where YAML sees something else than a text.
func quoteIt(n *Node) string {
	if n.Kind == Bool || n.Kind == Number {
		return "write " + strconv.Quote(n.Text)
	}
	return ""
}

func (w *Words) read(f *File, n *Node) {
	items := []*Node{n}
	if n.Kind == List {
		items = n.Items
	}
	*w = make(Words, len(items))
	seen := map[string]bool{}
	for i, item := range items {
		one := &(*w)[i]
		if one.read(f, item); seen[one.Text] && one.Text != "" {
			f.problem(item.Pos, "", "%s stands here twice", Quote(one.Text))
		}
		seen[one.Text] = true
	}
}

// Texts returns the words without their places.
func (w Words) Texts() []string {
	texts := make([]string, len(w))
	for i, word := range w {
		texts[i] = word.Text
	}
	return texts
}

func (m *Mapping[T]) read(f *File, n *Node) {
	m.Pos = n.Pos
	if n.Kind != Map {
		f.problem(n.Pos, "", "%v stands where a mapping is wanted", n.Kind)
		return
	}
	for _, k := range n.Keys {
		e := Entry[T]{Name: Word{k.Pos, k.Name}}
		if k.Name == "" {
			f.problem(k.Pos, "", "the name is empty")
		}
		f.into(&e.Value, k.Value)
		m.Entries = append(m.Entries, e)
	}
}
