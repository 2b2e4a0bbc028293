package policytest

import (
	"bytes"
	"fmt"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// maxRowFile is the longest file of rows that is read, in bytes.
const maxRowFile = 64 << 20

// rowFile reads rows from a file, one a line, each a JSON object. Lines of blanks
// are passed over.
func (l *loader) rowFile(t *table, n *document.Node) {
	name := l.origin.join(n.Text)
	data, err := l.origin.read(name, maxRowFile)
	if err != nil {
		l.add(l.main.error(document.Problem{Pos: n.Pos, Reason: fmt.Sprintf("the rows cannot be read: %s", cause(err)), Err: err}))
		return
	}
	before, blank := 0, 0
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		if l.full() {
			return
		}
		if len(bytes.TrimSpace(line)) > 0 {
			l.rowLine(t, source{name, document.Read(line), before}, line)
		} else {
			blank++
		}
		before++
	}
	if before == blank {
		l.problem(l.main, n.Pos, "", "the file has no rows")
	}
}

func (l *loader) rowLine(t *table, s source, line []byte) {
	switch {
	case bytes.TrimSpace(line)[0] != '{': // it was read as YAML, if at all
		l.problem(s, document.Pos{Line: 1, Column: 1}, "", "a line is a row, a JSON object in braces")
	case len(s.file.Problems) > 0:
		l.note(s)
	default:
		l.tableRow(s, t, s.file.Root)
	}
}
