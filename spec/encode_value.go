package spec

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

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
