package spec

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
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

func (w *jsonWriter) value(v Value) {
	switch v.kind {
	case KindNull:
		w.raw("null")
	case KindBool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case KindInt:
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	case KindUint:
		w.b = strconv.AppendUint(w.b, v.num, 10)
	case KindFloat:
		w.b = appendFloat(w.b, v.Float())
	case KindString:
		w.text(v.str)
	case KindList:
		w.list(v.elements())
	case KindDecimal:
		if d := v.Decimal(); d.isLongInteger() { // as such a number is read
			w.raw(d.String())
		} else {
			w.tagged(v.kind, d.String())
		}
	case KindBytes:
		w.tagged(v.kind, base64.StdEncoding.EncodeToString([]byte(v.str)))
	case KindTime:
		w.tagged(v.kind, v.Time().Format(time.RFC3339Nano))
	case KindDate:
		w.tagged(v.kind, v.Date().String())
	case KindUUID:
		w.tagged(v.kind, formatUUID(v.str))
	case KindVariable, KindField:
		w.tagged(v.kind, v.str)
	default:
		w.err = fmt.Errorf("%w: %s", ErrValue, v.kind)
	}
}

// isLongInteger reports whether d is an integer beyond 64 bits.
func (d Decimal) isLongInteger() bool {
	_, short := d.integer()
	return !short && d.scale() == 0
}

func (w *jsonWriter) tagged(kind Kind, text string) {
	w.raw(`{"` + jsonTags[kind] + `":`)
	w.text(text)
	w.raw(`}`)
}

func (w *jsonWriter) list(elements []Value) {
	w.elements += len(elements)
	w.raw(`[`)
	for i, e := range elements {
		if i > 0 {
			w.raw(`,`)
		}
		w.value(e)
	}
	w.raw(`]`)
}

// text writes a text that is valid UTF-8. What cannot be seen is escaped, so that
// a file shows what it holds.
func (w *jsonWriter) text(s string) {
	b := append(w.b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == ' ' || strconv.IsPrint(c):
			b = utf8.AppendRune(b, c)
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
		default:
			b = fmt.Appendf(b, `\u%04x`, c)
		}
	}
	w.b = append(b, '"')
}
