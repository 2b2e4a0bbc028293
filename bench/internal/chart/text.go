package chart

import "strings"

// letters returns how many letters of a font of that size there is room for. SVG has
// no way to ask: 0.6 of the size is what a letter of DejaVu Sans takes in the mean.
func letters(room, size float64) int { return int(room / (0.6 * size)) }

// fitted returns the text, cut to what there is room for.
func fitted(text string, room, size float64) string {
	runes := []rune(printable(text))
	if most := letters(room, size); len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return string(runes)
}

// wrapped returns the text in at most two parts, at a space if there is one in the
// first.
func wrapped(text string, room, size float64) []string {
	text = printable(text)
	runes := []rune(text)
	most := letters(room, size)
	if len(runes) <= most {
		return []string{text}
	}
	if at := strings.LastIndexByte(string(runes[:most+1]), ' '); at > 0 {
		return []string{text[:at], text[at+1:]}
	}
	return []string{string(runes[:most]), string(runes[most:])}
}

// printable replaces what XML cannot hold.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xfffe || r == 0xffff {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
}
