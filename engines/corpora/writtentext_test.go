package corpora_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// quoted are the names in a text, with whatever is in them.
var quoted = regexp.MustCompile("\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`")

// checkText: in every dialect the text holds no constant of the condition and no
// name but those of the table, each quoted as a whole; what is left has nothing
// that could end a statement or begin a comment, and a mark for each argument.
func checkText(t *testing.T, c writtenCase, d *dataset, s spec.Specification) {
	t.Helper()
	for _, dialect := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		text, args, err := d.table(t, dialect).SQL(s, dialect)
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		mark := map[sqlspec.Dialect]string{sqlspec.SQLite: `"`, sqlspec.Postgres: `"`, sqlspec.MariaDB: "`"}[dialect]
		known := map[string]bool{mark + d.name + mark: true, `"C"`: true} // the collation
		for _, f := range d.fields {
			known[mark+strings.ReplaceAll(d.columns[f.Name], mark, mark+mark)+mark] = true
		}
		for _, name := range quoted.FindAllString(text, -1) {
			if !known[name] {
				t.Errorf("%s: %s: %s is no name of the table", c.ID, text, name)
			}
		}
		rest := quoted.ReplaceAllString(text, "")
		for _, constant := range c.constants() {
			if strings.Contains(rest, constant) {
				t.Errorf("%s: %s: the constant %s is in the text", c.ID, text, constant)
			}
		}
		if strings.ContainsAny(rest, ";\\\"`") || strings.Contains(rest, "--") || strings.Contains(rest, "/*") {
			t.Errorf("%s: %s: %s is left beside the names", c.ID, text, rest)
		}
		if marks := strings.Count(rest, "?") + strings.Count(rest, "$"); marks != len(args) {
			t.Errorf("%s: %s: %d marks for %d arguments", c.ID, text, marks, len(args))
		}
	}
}

// constants returns what the condition compares fields with, as text.
func (c writtenCase) constants() (found []string) {
	c.UCAST.leaves(func(leaf condition) {
		values := listOf(leaf.Value)
		if _, isField := leaf.other(); values == nil && leaf.Value != nil && !isField {
			values = []any{leaf.Value}
		}
		for _, v := range values {
			found = append(found, fmt.Sprint(v))
		}
	})
	return found
}
