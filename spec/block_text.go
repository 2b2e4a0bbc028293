package spec

import "strings"

// keepEqual keeps the texts that equal one of at most 16 bytes.
func keepEqual(c cells, o *operand, sel []uint16) int {
	want, n := len(o.text), 0
	a, b := words(o.text)
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
	want, n := len(o.text), 0
	a, b := words(o.text)
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

// shortText is a text of at most 16 bytes.
type shortText struct {
	n    int
	a, b uint64
}

// keepListed keeps the texts that are among a few short ones.
func keepListed(c cells, o *operand, sel []uint16) int {
	var room [fewTexts]shortText
	elements := *o.elements
	for i := range elements {
		a, b := words(elements[i].str)
		room[i%fewTexts] = shortText{len(elements[i].str), a, b}
	}
	listed, first, n := room[:len(elements)], room[0].n, 0
	for _, i := range sel {
		s := readString(c.at(i))
		if len(s) > maxWords || o.even && len(s) != first {
			continue
		}
		a, b := words(s)
		found := 0
		for j := range listed {
			e := &listed[j]
			if (a^e.a)|(b^e.b)|uint64(len(s)^e.n) == 0 {
				found = 1
			}
		}
		sel[n] = i
		n += found
	}
	return n
}
