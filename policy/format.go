package policy

import (
	"github.com/rolespec/rolespec/policy/internal/document"
)

// defaultWidth is that of a line where none is asked for.
const defaultWidth = 100

// Format returns a policy with its rules and checks in the canonical text form
// ([spec.Format]), in lines of at most width characters where they can be broken;
// a width below 1 is 100. What the file means stays as it is, and so do its
// comments and the order of everything.
//
// In YAML a text stays on the line of its key if it fits: plain where YAML allows
// that, else in double quotes where nothing has to be escaped in them, else in
// single quotes. A longer one is a block below |-, two deeper than its key. Rules
// that are JSON are left alone, and so is all else but for blanks at the ends of
// lines, CR LF, a byte order mark, and the end of the file, which is one line end. A
// text that cannot be written in another way without moving something else stays as
// it was.
//
// A policy in JSON is indented by two blanks, each text on one line.
//
// A file that [Parse] refuses is the [Errors] of Parse. The result is read again
// before it is returned: if it did not say the same, Format would return an error
// and nothing else. Format of what Format returned is the same text.
func Format(name string, data []byte, width int) ([]byte, error) {
	if _, err := Parse(name, data); err != nil {
		return nil, err
	}
	if width < 1 {
		width = defaultWidth
	}
	formatted, err := document.Format(data, width)
	if err != nil {
		return nil, Errors{{File: name, Reason: err.Error(), err: err}}
	}
	return formatted, nil
}
