package spec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold brings a text to the one spelling of all that are the same but for case,
// by Unicode's simple case folding, rune by rune: strings.EqualFold(a, b) is
// fold(a) == fold(b). Simple folding knows no language and changes no length:
// ß is not ss, İ is not i, and K is the Kelvin sign.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 { // no text: itself and nothing else
			b.WriteByte(s[0])
		} else {
			b.WriteRune(foldRune(r))
		}
		s = s[size:]
	}
	return b.String()
}

// foldRune returns the least rune of the orbit of r.
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
