package payload

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// string returns the decoded string at the reader's position.
func (r *reader) string() (decoded []byte, reason string) {
	quoted, escaped, reason := r.quoted()
	switch {
	case reason != "":
		return nil, reason
	case !escaped:
		return quoted[1 : len(quoted)-1], ""
	}
	s, _ := text(quoted)
	return []byte(s), ""
}

// quoted returns the string at the reader's position as it is written, with its quotes,
// and whether there are escapes in it.
func (r *reader) quoted() (quoted []byte, escaped bool, reason string) {
	start := r.pos
	quote := start + 1 + bytes.IndexByte(r.src[start+1:], '"')
	if bytes.IndexByte(r.src[start:quote], '\\') < 0 {
		r.pos = quote + 1
		return r.src[start:r.pos], false, ""
	}
	for r.pos++; r.src[r.pos] != '"'; r.pos++ {
		if r.src[r.pos] != '\\' {
			continue
		}
		if r.pos++; r.src[r.pos] == 'u' && !r.unicode() {
			return nil, true, "half of a surrogate pair"
		}
	}
	r.pos++
	return r.src[start:r.pos], true, ""
}

// unicode steps from the u of an escape to the last digit of it, or of its second half.
// It is false for half of a surrogate pair.
func (r *reader) unicode() bool {
	const highest, lowest, last = 0xD800, 0xDC00, 0xDFFF
	u := hex4(r.src[r.pos+1:])
	r.pos += 4
	if u < highest || u > last {
		return true
	}
	rest := r.src[r.pos+1:]
	if u >= lowest || !bytes.HasPrefix(rest, []byte(`\u`)) {
		return false
	}
	second := hex4(rest[2:])
	r.pos += 6
	return second >= lowest && second <= last
}

func hex4(digits []byte) uint64 {
	u, _ := strconv.ParseUint(string(digits[:4]), 16, 16)
	return u
}

// text decodes a valid JSON value that is a string; anything else is false.
func text(value []byte) (string, bool) {
	if value[0] != '"' {
		return "", false
	}
	if bytes.IndexByte(value, '\\') < 0 {
		return string(value[1 : len(value)-1]), true
	}
	var s string
	err := json.Unmarshal(value, &s)
	return s, err == nil
}

// texts decodes a valid JSON value that is a list of strings; anything else, also a list
// with a null (encoding/json would make it ""), is false.
func texts(value []byte) ([]string, bool) {
	all := []string{}
	ok := eachText(value, func(r *reader) string {
		s, reason := r.string()
		all = append(all, string(s))
		return reason
	})
	if !ok {
		return nil, false
	}
	return all, true
}

// areTexts reports what texts does, and decodes nothing.
func areTexts(value []byte) bool {
	return eachText(value, func(r *reader) string {
		_, _, reason := r.quoted()
		return reason
	})
}

// eachText calls step at every string of a valid JSON value that is a list of strings.
func eachText(value []byte, step func(*reader) (reason string)) bool {
	if value[0] != '[' {
		return false
	}
	r := reader{src: value, pos: 1}
	for {
		if r.space(); r.src[r.pos] == ']' {
			return true
		}
		if r.src[r.pos] != '"' || step(&r) != "" {
			return false
		}
		if r.space(); r.src[r.pos] == ',' {
			r.pos++
		}
	}
}
