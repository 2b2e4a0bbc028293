package document

import "strings"

// unseen finds the first character that makes a file look other than it is read:
// one that ends a line for some readers only, so that a comment could go on as a
// rule, or that turns the direction of what is shown behind it, or that is not
// shown at all. The offset is -1 where there is none.
func (f *File) unseen() (offset int, what string) {
	for i, r := range f.source {
		switch {
		case r == '\r' && !f.IsJSON && !strings.HasPrefix(f.source[i+1:], "\n"):
			return i, "a carriage return that is no line end"
		case r == '\u0085' || r == '\u2028' || r == '\u2029':
			return i, "a separator of lines"
		case r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0:
			return i, "a control character"
		case r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069':
			return i, "a character that turns the direction of the text"
		case r == '\ufeff':
			return i, "a byte order mark inside of the file"
		}
	}
	return -1, ""
}
