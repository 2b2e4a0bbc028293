package sqlspec

import (
	"bytes"
	"strings"
	"sync"

	"github.com/rolespec/rolespec/spec"
)

// A list is one argument, a text that every driver can bind. It is written into room on
// the stack where it is short, and copied once.

// format is how a list is written as a text.
type format uint8

const (
	noList       format = iota
	postgresList        // an array of PostgreSQL, also of one value
	jsonList            // a JSON array
	storedList          // a JSON array of what a column of SQLite stores
)

// shortList is how many bytes the text of a list may have to be written on the stack.
const shortList = 512

// listArgument is the argument that a list makes, or a value as a list of one. These of its
// elements are left, in the way that the column stores them.
func listArgument(c *column, v spec.Value, elements []spec.Value, f format) argument {
	written := v
	if v.Kind() == spec.KindList && (len(elements) != v.Len() || c.storage == storageScaled) {
		written, _ = spec.ValueOf(elements) // which were a list before
	}
	return argument{bound: f.text(c, written), value: v, column: c, format: f}
}

// text writes a list for a column.
func (f format) text(c *column, v spec.Value) string {
	if v.Len() <= shortList/16 {
		var room [shortList]byte
		return string(f.append(room[:0], c, v))
	}
	room, _ := longLists.Get().(*[]byte)
	b := f.append((*room)[:0], c, v)
	text := string(b)
	if cap(b) <= maxLongList {
		*room = b
		longLists.Put(room)
	}
	return text
}

// longLists is room for lists that are too long for the stack.
var longLists = sync.Pool{New: func() any { return new([]byte) }}

// maxLongList is how much room is worth keeping, in bytes.
const maxLongList = 1 << 20

func (f format) append(b []byte, c *column, v spec.Value) []byte {
	if f == postgresList {
		return appendArray(b, v)
	}
	return f.appendJSON(b, c, v)
}

// appendArray writes an array as PostgreSQL reads it (section "Array Input and
// Output Syntax" of its manual).
func appendArray(b []byte, v spec.Value) []byte {
	if v.Kind() != spec.KindList {
		return append(appendArrayElement(append(b, '{'), v), '}')
	}
	if plain, ok := appendPlainArray(b, &v); ok {
		return plain
	}
	b = append(b, '{')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendArrayElement(b, v.At(i))
	}
	return append(b, '}')
}

// appendPlainArray writes texts as they are. Whether one of them has something to
// escape, which hardly any has, it looks once, at all that was written; then, and where
// an element is no text, it is not ok.
func appendPlainArray(b []byte, v *spec.Value) (_ []byte, ok bool) {
	n := v.Len()
	if n == 0 {
		return b, false
	}
	written, ok := v.AppendJoined(append(b, '{', '"'), `","`)
	written = append(written, '"', '}')
	texts := written[len(b):]
	return written, ok && bytes.Count(texts, []byte{'"'}) == 2*n && bytes.IndexByte(texts, '\\') < 0
}

// appendArrayElement writes an element. All but null are in quotes.
func appendArrayElement(b []byte, v spec.Value) []byte {
	switch v.Kind() {
	case spec.KindNull:
		return append(b, "NULL"...)
	case spec.KindString:
		return appendArrayText(b, v.Text())
	case spec.KindBytes:
		return appendArrayText(b, textOf(v))
	}
	return append(appendText(append(b, '"'), v), '"')
}

func appendArrayText(b []byte, text string) []byte {
	b = append(b, '"')
	if strings.ContainsAny(text, `"\`) {
		text = arrayEscaper.Replace(text)
	}
	return append(append(b, text...), '"')
}

var arrayEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// arrayOfArrays writes an array of JSON arrays, each of one of the elements.
func arrayOfArrays(elements []spec.Value) string {
	b := []byte{'{'}
	for i, e := range elements {
		if i > 0 {
			b = append(b, ',')
		}
		if e.IsNull() {
			b = append(b, "NULL"...)
		} else {
			b = appendArrayText(b, "["+jsonText(e)+"]")
		}
	}
	return string(append(b, '}'))
}

// appendJSON writes a list as a JSON array.
func (f format) appendJSON(b []byte, c *column, v spec.Value) []byte {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		e := v.At(i)
		if f == storedList {
			e = asStored(c, e)
		}
		b = appendJSON(b, e)
	}
	return append(b, ']')
}

// jsonArray writes elements as a JSON array.
func jsonArray(elements []spec.Value) string {
	b := append(make([]byte, 0, 16*len(elements)+2), '[')
	for i, e := range elements {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, e)
	}
	return string(append(b, ']'))
}
