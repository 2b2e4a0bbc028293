package document

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// read reads a rule: a text in the text form, or a mapping that is JSON.
func (r *Rule) read(f *File, n *Node) {
	r.Pos, r.Node = n.Pos, n
	switch n.Kind {
	case Text:
		var err error
		if r.Spec, err = spec.Parse(n.Text); err != nil {
			f.syntaxProblem(n, err)
		}
	case Map:
		r.readJSON(f, n)
	case Null:
		advice := `all rows are "#"`
		if !f.IsJSON {
			advice += ", in quotes: alone it begins a comment"
		}
		f.problem(n.Pos, advice, "the rule is empty")
	default:
		f.problem(n.Pos, "", "%v stands where a rule is wanted, a text or JSON", n.Kind)
	}
}

func (f *File) syntaxProblem(n *Node, err error) {
	if f.Full() {
		return
	}
	p := Problem{Pos: n.Pos, Reason: err.Error(), Err: err}
	var syntax *spec.SyntaxError
	if errors.As(err, &syntax) {
		p.Pos, p.Reason, p.Advice = f.Inside(n, syntax.Offset), syntax.Reason, syntax.Advice
	}
	f.Add(p)
}

func (r *Rule) readJSON(f *File, n *Node) {
	var w jsonText
	w.node(n)
	err := r.Spec.UnmarshalJSON(w.text)
	if err == nil {
		return
	}
	p := Problem{Pos: n.Pos, Reason: err.Error(), Err: err}
	var decode *spec.DecodeError
	if errors.As(err, &decode) {
		p.Pos, p.Reason = w.at(decode.Offset), decode.Reason
		if decode.Path != "$" {
			p.Reason += ", at " + decode.Path
		}
	}
	f.Add(p)
}

// jsonText writes nodes as JSON and remembers which byte comes from where.
type jsonText struct {
	text   []byte
	starts []int // of the nodes, ascending
	places []Pos
}

func (w *jsonText) node(n *Node) {
	w.starts, w.places = append(w.starts, len(w.text)), append(w.places, n.Pos)
	switch n.Kind {
	case Null:
		w.text = append(w.text, "null"...)
	case Bool, Number:
		w.text = append(w.text, n.Text...)
	case Text:
		w.quoted(n.Text)
	case List:
		w.text = append(w.text, '[')
		for i, item := range n.Items {
			w.comma(i)
			w.node(item)
		}
		w.text = append(w.text, ']')
	case Map:
		w.text = append(w.text, '{')
		for i, k := range n.Keys {
			w.comma(i)
			w.node(&Node{Pos: k.Pos, Kind: Text, Text: k.Name})
			w.text = append(w.text, ':')
			w.node(k.Value)
		}
		w.text = append(w.text, '}')
	}
}

func (w *jsonText) comma(i int) {
	if i > 0 {
		w.text = append(w.text, ',')
	}
}

// quoted writes a text. All that JSON demands is an escape of control characters,
// quotes and backslashes.
func (w *jsonText) quoted(s string) {
	w.text = append(w.text, '"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			w.text = append(w.text, '\\', c)
		case c < ' ':
			w.text = fmt.Appendf(w.text, `\u%04x`, c)
		default:
			w.text = append(w.text, c)
		}
	}
	w.text = append(w.text, '"')
}

// at returns the place of the node that a byte is of.
func (w *jsonText) at(offset int) Pos {
	i, found := slices.BinarySearch(w.starts, offset)
	if !found && i > 0 {
		i--
	}
	return w.places[min(i, len(w.places)-1)]
}
