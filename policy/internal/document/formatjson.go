package document

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// formattedJSON returns the file with its rules in canonical form, indented.
func (l *layout) formattedJSON() string {
	var edits []edit
	for _, s := range l.scalars {
		if rule, ok := l.rules[s.node]; ok && s.known {
			var w jsonText
			w.quoted(spec.Format(rule, 0))
			edits = append(edits, edit{s.start, s.end, string(w.text)})
		}
	}
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(strings.TrimSpace(applied(l.source, edits))), "", "  "); err != nil {
		return l.source // it was read before: there is no such error
	}
	b.WriteByte('\n')
	return b.String()
}
