package spec

import "fmt"

// jsonReader reads JSON (RFC 8259) and nothing more lenient. Unlike encoding/json
// it sees keys that are there twice, text that is not UTF-8 and halves of
// surrogate pairs. The errors of its methods are *DecodeErrors, whose path grows
// on the way up.
type jsonReader struct {
	data            []byte
	pos             int
	nodes, elements int     // so far
	counts          []int32 // of the lists that begin next, see countElements
	parts
	pending []part // the elements of the lists that are open
	most    int    // specifications that there can be
}

// peek passes over blanks and returns the next byte, 0 at the end.
func (r *jsonReader) peek() byte {
	for ; r.pos < len(r.data); r.pos++ {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// more reports whether another member or element follows, and passes over what is
// before it: a comma, except before the first.
func (r *jsonReader) more(closing byte, first bool) (bool, error) {
	switch c := r.peek(); {
	case c == closing:
		r.pos++
		return false, nil
	case first:
		return true, nil
	case c != ',':
		return false, r.wants("a comma or " + string(closing))
	}
	r.pos++
	if r.peek() == closing {
		return false, r.fail("a comma with nothing after it")
	}
	return true, nil
}

func (r *jsonReader) colon() error {
	if r.peek() != ':' {
		return r.wants("a colon")
	}
	r.pos++
	return nil
}

// end refuses what stands behind the specification.
func (r *jsonReader) end() error {
	if r.peek(); r.pos < len(r.data) {
		return r.fail("there is more after the end")
	}
	return nil
}

func failAt(offset int, reason string) error { return &DecodeError{Offset: offset, Reason: reason} }

func (r *jsonReader) fail(reason string) error { return failAt(r.pos, reason) }

// wants is the error where something else stands, or nothing.
func (r *jsonReader) wants(what string) error {
	if r.pos >= len(r.data) {
		return r.fail("it ends where " + what + " is wanted")
	}
	return r.fail(what + " is wanted here")
}

func (r *jsonReader) tooDeep() error {
	return &DecodeError{Offset: r.pos, Reason: fmt.Sprintf("nested deeper than %d", MaxDepth), err: ErrTooDeep}
}

func (r *jsonReader) tooLarge(most int, what string) error {
	return &DecodeError{Offset: r.pos, Reason: fmt.Sprintf("more than %d %s", most, what), err: ErrTooLarge}
}
