package spec

import "strings"

// isPath reports whether a text is labels joined by dots. A label is letters and
// digits of ASCII, "_" and "-", at most 255 of them: what every engine can hold.
func isPath(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 255 {
			return false
		}
		for i := range len(label) {
			switch c := label[i]; {
			case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
			default:
				return false
			}
		}
	}
	return true
}

// isUnder reports whether a path is the other or lies below it, label by label:
// 1.20 is not under 1.2.
func isUnder(path, top string) bool {
	rest, ok := strings.CutPrefix(path, top)
	return ok && (rest == "" || rest[0] == '.')
}
