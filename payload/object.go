package payload

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// A member of a JSON object: its name, decoded, and its value as it was written.
type member struct{ name, value []byte }

// members returns the members of doc, one JSON object, after a strict reading of all of
// it: UTF-8, nothing before or after, at most depth levels, no name twice in an object
// at any level, no name that differs from one of the shape in case only (encoding/json
// would take it for that one), no half of a surrogate pair (encoding/json would replace
// it). The reason is "" when all of this holds.
func members(doc []byte, depth int, s *shape) (all []member, reason string) {
	if !utf8.Valid(doc) {
		return nil, "not UTF-8"
	}
	if !json.Valid(doc) {
		return nil, "not JSON"
	}
	return membersOfValid(doc, depth, s)
}

// membersOfValid is members of what is known to be JSON in UTF-8.
func membersOfValid(doc []byte, depth int, s *shape) (all []member, reason string) {
	r := reader{src: doc, depth: depth}
	if r.space(); r.src[r.pos] != '{' {
		return nil, "not a JSON object"
	}
	n := min(bytes.Count(doc, []byte(":")), 8*few) // of all names there can be, as a rule
	r.top, r.names = make([]member, 0, n), make([][]byte, 0, n)
	if reason := r.object(s, 1); reason != "" {
		return nil, reason
	}
	return r.top, ""
}

// reader walks over src, which is known to be valid JSON: what it need not check again
// is grammar. Its methods start at the first byte of what they are named for and end
// after the last; they return a reason, or "".
type reader struct {
	src   []byte
	pos   int
	depth int
	top   []member
	names [][]byte // of the objects that are open, outermost first
}

func (r *reader) space() {
	for r.pos < len(r.src) {
		switch r.src[r.pos] {
		case ' ', '\t', '\r', '\n':
			r.pos++
		default:
			return
		}
	}
}

// ends reports whether nothing but white space is left.
func (r *reader) ends() bool {
	r.space()
	return r.pos == len(r.src)
}

func (r *reader) value(s *shape, level int) string {
	switch r.src[r.pos] {
	case '{':
		return r.object(s, level)
	case '[':
		return r.array(s.element(), level)
	case '"':
		_, _, reason := r.quoted()
		return reason
	}
	for { // a number or a word
		switch r.src[r.pos] {
		case ',', ']', '}', ' ', '\t', '\r', '\n':
			return ""
		}
		r.pos++
	}
}

func (r *reader) array(elem *shape, level int) string {
	if level > r.depth {
		return "nested too deeply"
	}
	r.pos++
	for {
		if r.space(); r.src[r.pos] == ']' {
			r.pos++
			return ""
		}
		if reason := r.value(elem, level+1); reason != "" {
			return reason
		}
		if r.space(); r.src[r.pos] == ',' {
			r.pos++
		}
	}
}

func (r *reader) object(s *shape, level int) string {
	if level > r.depth {
		return "nested too deeply"
	}
	first := len(r.names)
	r.pos++
	for {
		if r.space(); r.src[r.pos] == '}' {
			r.pos++
			if twice(r.names[first:]) {
				return "a name is used twice in one object"
			}
			r.names = r.names[:first]
			return ""
		}
		name, reason := r.string()
		if reason != "" {
			return reason
		}
		r.names = append(r.names, name)
		child, ok := s.child(name)
		if !ok {
			return "a name differs from a known one in case only"
		}
		r.space()
		r.pos++ // the colon
		r.space()
		start := r.pos
		if reason := r.value(child, level+1); reason != "" {
			return reason
		}
		if level == 1 {
			r.top = append(r.top, member{name, r.src[start:r.pos]})
		}
		if r.space(); r.src[r.pos] == ',' {
			r.pos++
		}
	}
}
