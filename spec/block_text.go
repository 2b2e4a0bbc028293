package spec

import "strings"

// keepEqual keeps the texts that equal one of at most 16 bytes.
func keepEqual(c cells, o *operand, sel []uint16) int {
	want, a, b, n := len(o.text), o.a, o.b, 0
	switch {
	case want >= 8:
		for _, i := range sel {
			if s := readString(c.at(i)); len(s) == want {
				sel[n] = i
				if (word8(s)^a)|(word8(s[want-8:])^b) == 0 {
					n++
				}
			}
		}
	case want >= 4:
		for _, i := range sel {
			if s := readString(c.at(i)); len(s) == want {
				sel[n] = i
				if (word4(s)^a)|(word4(s[want-4:])^b) == 0 {
					n++
				}
			}
		}
	default:
		for _, i := range sel {
			sel[n] = i
			if readString(c.at(i)) == o.text {
				n++
			}
		}
	}
	return n
}

// keepPrefix keeps the texts that begin with one of at most 16 bytes.
func keepPrefix(c cells, o *operand, sel []uint16) int {
	want, a, b, n := len(o.text), o.a, o.b, 0
	switch {
	case want >= 8:
		for _, i := range sel {
			if s := readString(c.at(i)); len(s) >= want {
				sel[n] = i
				if (word8(s)^a)|(word8(s[want-8:])^b) == 0 {
					n++
				}
			}
		}
	case want >= 4:
		for _, i := range sel {
			if s := readString(c.at(i)); len(s) >= want {
				sel[n] = i
				if (word4(s)^a)|(word4(s[want-4:])^b) == 0 {
					n++
				}
			}
		}
	default:
		for _, i := range sel {
			sel[n] = i
			if strings.HasPrefix(readString(c.at(i)), o.text) {
				n++
			}
		}
	}
	return n
}

func keepContains(c cells, o *operand, sel []uint16, flip bool) int {
	text, n := o.text, 0
	for _, i := range sel {
		sel[n] = i
		if strings.Contains(readString(c.at(i)), text) != flip {
			n++
		}
	}
	return n
}

// keep keeps the texts that are among the short ones.
func (l *list) keep(c cells, sel []uint16) int {
	n := 0
	for _, i := range sel {
		s := readString(c.at(i))
		if len(s) > maxWords || l.same && len(s) != l.short[0].n {
			continue
		}
		a, b := words(s)
		found := 0
		for j := range l.short {
			e := &l.short[j]
			if (a^e.a)|(b^e.b)|uint64(len(s)^e.n) == 0 {
				found = 1
			}
		}
		sel[n] = i
		n += found
	}
	return n
}
