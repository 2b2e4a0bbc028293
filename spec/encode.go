package spec

import (
	"bytes"
	"fmt"
)

// MarshalJSON writes s in the form that the documentation of the package
// describes, and [Specification.UnmarshalJSON] reads as a specification that is
// Equal to s. Where fractal-specifications has the operators, it is the form that
// it reads and writes.
//
// A specification with an error is an error, and so is one that is beyond
// [MaxJSON], [MaxJSONNodes] or [MaxJSONElements].
func (s Specification) MarshalJSON() ([]byte, error) {
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("spec: a specification with an error has no JSON: %w", err)
	}
	var w jsonWriter
	w.node(s.Node())
	switch {
	case w.err != nil:
		return nil, w.err
	case w.nodes > MaxJSONNodes:
		return nil, fmt.Errorf("%w: %d specifications, at most %d", ErrTooLarge, w.nodes, MaxJSONNodes)
	case w.elements > MaxJSONElements:
		return nil, fmt.Errorf("%w: %d elements in lists, at most %d", ErrTooLarge, w.elements, MaxJSONElements)
	case w.size() > MaxJSON:
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, w.size(), MaxJSON)
	}
	return w.b, nil
}

// jsonWriter writes a specification without an error.
type jsonWriter struct {
	b               []byte
	nodes, elements int
	err             error
}

// size is what json.Marshal may make of the text: it writes < as \u003c.
func (w *jsonWriter) size() int {
	size := len(w.b)
	for _, c := range []string{"<", ">", "&"} {
		size += bytes.Count(w.b, []byte(c)) * len(`u003c`)
	}
	return size
}

func (w *jsonWriter) raw(text string) { w.b = append(w.b, text...) }

func (w *jsonWriter) node(n Node) {
	w.nodes++
	switch n := n.(type) {
	case Constant:
		if n {
			w.raw(`{"op":"empty"}`)
		} else {
			w.raw(`{"op":"none"}`)
		}
	case Leaf:
		w.raw(`{"op":"` + jsonNames[n.Op] + `","field":`)
		w.text(n.Field)
		w.raw(`,"value":`)
		w.value(n.Value)
		w.raw(`}`)
	case Negation:
		w.raw(`{"op":"not","spec":`)
		w.node(n.term)
		w.raw(`}`)
	case Quantified:
		w.raw(`{"op":"` + n.op.String() + `","relation":`)
		w.text(n.relation)
		w.raw(`,"spec":`)
		w.node(n.term)
		w.raw(`}`)
	case Junction:
		w.raw(`{"op":"` + n.op.String() + `","specs":[`)
		for i, t := range n.terms {
			if i > 0 {
				w.raw(`,`)
			}
			w.node(t)
		}
		w.raw(`]}`)
	case Invalid:
		w.err = n.Err
	}
}
