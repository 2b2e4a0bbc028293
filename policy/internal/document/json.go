package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// readJSON reads the one value of the file: first as a whole, which finds what is
// no JSON and where, then token by token, which finds where everything stands.
func (f *File) readJSON() {
	if err := json.Unmarshal([]byte(f.source), new(unread)); err != nil {
		f.problem(f.position(f.refusedJSON(err)), "", "not JSON: %v", err)
		return
	}
	r := &jsonReader{f: f, d: json.NewDecoder(strings.NewReader(f.source)), here: Pos{1, 1}}
	r.d.UseNumber()
	root, err := r.value(0)
	if err != nil {
		f.problem(r.here, "", "%v", err)
		return
	}
	f.Root = root
}

// unread is a value that is held against the grammar and not read.
type unread struct{}

// UnmarshalJSON implements [json.Unmarshaler].
func (*unread) UnmarshalJSON([]byte) error { return nil }

// refusedJSON returns the byte that is not of the grammar. What is missing at the
// end of the file is missing behind what is there.
func (f *File) refusedJSON(err error) int {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) || strings.HasPrefix(syntax.Error(), "unexpected end") {
		return len(strings.TrimRight(f.source, " \t\r\n"))
	}
	return int(syntax.Offset) - 1
}

type jsonReader struct {
	f      *File
	d      *json.Decoder
	offset int // the byte of here
	here   Pos // goes forward only, as a file can be one long line
}

// next returns the next token and its source. It stands at here.
func (r *jsonReader) next() (json.Token, string, error) {
	at := int(r.d.InputOffset())
	for at < len(r.f.source) && strings.IndexByte(" \t\r\n,:", r.f.source[at]) >= 0 {
		at++
	}
	for _, c := range r.f.source[r.offset:at] {
		r.here.Column++
		if c == '\n' {
			r.here = Pos{r.here.Line + 1, 1}
		}
	}
	r.offset = at
	t, err := r.d.Token()
	return t, r.f.source[at:max(at, int(r.d.InputOffset()))], err
}

func (r *jsonReader) value(depth int) (*Node, error) {
	t, source, err := r.next()
	if err != nil {
		return nil, err
	}
	if depth > maxRuleDepth {
		return nil, fmt.Errorf("nested deeper than %d", maxRuleDepth)
	}
	n := &Node{Pos: r.here, Style: Double}
	switch t := t.(type) {
	case nil:
	case bool:
		n.Kind, n.Text = Bool, strconv.FormatBool(t)
	case json.Number:
		n.Kind, n.Text = Number, t.String()
	case string:
		n.Kind, n.Text = Text, t
		if strings.ContainsRune(t, '\ufffd') && hasHalfPair(source) {
			return nil, errors.New("half of a surrogate pair stands for no character")
		}
	case json.Delim:
		return n, r.inside(n, t, depth)
	}
	return n, nil
}

func (r *jsonReader) inside(n *Node, open json.Delim, depth int) error {
	if n.Kind = List; open == '{' {
		n.Kind = Map
	}
	for r.d.More() {
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if n.Kind == List {
			n.Items = append(n.Items, item)
			continue
		}
		value, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		r.f.addKey(n, item, value)
	}
	r.f.onceEach(n)
	_, err := r.d.Token()
	return err
}

// hasHalfPair reports whether a text of JSON has an escape of one surrogate without
// the other, which readers replace by different things.
func hasHalfPair(source string) bool {
	for at := 0; at < len(source); at++ {
		if source[at] != '\\' {
			continue
		}
		size := escapeLength(source[at:])
		if size == 6 && surrogate(source[at:], "89abABcdefCDEF") {
			return true
		}
		at += size - 1
	}
	return false
}

// surrogate reports whether a source begins with the escape of a surrogate whose
// second digit is one of these.
func surrogate(source, second string) bool {
	return len(source) >= 6 && source[1] == 'u' && strings.IndexByte("dD", source[2]) >= 0 && strings.IndexByte(second, source[3]) >= 0
}
