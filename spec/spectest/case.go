package spectest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// Case is a question to whatever evaluates specifications, and the answer.
type Case struct {
	Name      string
	Reason    string          // why it is there: what goes wrong, and where it was seen to
	Fields    []spec.Field    // of the rows, flat as [NewSchema] takes them; nil for [Fields]
	Relations []spec.Relation // nil with Fields nil for [Relations]
	Spec      spec.Specification
	Rows      []Row  // a row can be named by its id where it has been described elsewhere
	Want      string // what Spec is of each row in order: T, F or U; blanks do not count
}

// Schema returns the schema of the rows.
func (c Case) Schema() (*spec.Schema, error) {
	if c.Fields == nil {
		return usualSchema(), nil
	}
	return NewSchema(c.Fields, c.Relations)
}

// Truths returns what the specification is of each row, as Want says.
func (c Case) Truths() ([]spec.Truth, error) {
	letters := strings.ReplaceAll(c.Want, " ", "")
	if len(letters) != len(c.Rows) {
		return nil, fmt.Errorf("case %q: %d truths for %d rows", c.Name, len(letters), len(c.Rows))
	}
	truths := make([]spec.Truth, len(letters))
	for i, letter := range letters {
		switch letter {
		case 'T':
			truths[i] = spec.True
		case 'F':
			truths[i] = spec.False
		case 'U':
		default:
			return nil, fmt.Errorf("case %q: %q is no truth", c.Name, letter)
		}
	}
	return truths, nil
}

// Visible returns the ids of the rows of which the specification is of that
// truth: those that it shows with spec.True, those that its negation shows with
// spec.False.
func (c Case) Visible(truth spec.Truth) ([]int64, error) {
	truths, err := c.Truths()
	if err != nil {
		return nil, err
	}
	return Select(c.Rows, truths, truth), nil
}

// Check holds package spec against the case: the definition of every operator
// and the matcher made of it, for the specification and for its negation.
func (c Case) Check() error {
	sc, err := c.Schema()
	if err != nil {
		return fmt.Errorf("case %q: %w", c.Name, err)
	}
	want, err := c.Truths()
	if err != nil {
		return err
	}
	rows, err := nested(sc, c.Rows)
	if err != nil {
		return fmt.Errorf("case %q: %w", c.Name, err)
	}
	have, err := Truths(sc, c.Spec, rows)
	if err != nil {
		return fmt.Errorf("case %q: %w", c.Name, err)
	}
	var wrong []error
	for i, row := range c.Rows {
		if have[i] != want[i] {
			wrong = append(wrong, fmt.Errorf("case %q: %v is %v of row %d, want %v: %s", c.Name, c.Spec, have[i], ID(row), want[i], c.Reason))
		}
	}
	return errors.Join(wrong...)
}

// briefRows are the rows with every row described once, and named by its id
// wherever else it appears.
func (c Case) briefRows() []Row {
	sc, err := c.Schema()
	if err != nil {
		return c.Rows
	}
	tables, err := Flatten(sc, c.Rows)
	if err != nil {
		return c.Rows
	}
	described := map[string]map[int64]bool{"": {}}
	for _, row := range tables.Rows[""] {
		described[""][ID(row)] = true
	}
	var brief func(at string, sc *spec.Schema, row Row) Row
	brief = func(at string, sc *spec.Schema, row Row) Row {
		out := cloneRow(row)
		for r := range sc.Relations() {
			to := Path(at, sc, r)
			if described[to] == nil {
				described[to] = map[int64]bool{}
			}
			children := []any{}
			for _, id := range tables.leadsTo(LinkName(at, r), ID(row)) {
				child := Row{"id": id}
				if full := tables.row(to, id); full != nil && !described[to][id] {
					described[to][id] = true
					child = brief(to, r.Rows, full)
				}
				children = append(children, child)
			}
			switch {
			case len(children) == 0:
			case r.One:
				out[r.Name] = children[0]
			default:
				out[r.Name] = children
			}
		}
		return out
	}
	rows := make([]Row, len(tables.Rows[""]))
	for i, row := range tables.Rows[""] {
		rows[i] = brief("", sc, row)
	}
	return rows
}
