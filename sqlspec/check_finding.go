package sqlspec

import (
	"errors"
	"fmt"
	"strings"
)

// Finding is something about a live database that does not fit a [Table].
type Finding struct {
	Table   string // empty where it concerns the database or the connection
	Field   string // of a specification about the table that was checked: "owner.name", or a relation: "owner"; empty where it concerns the table
	Problem bool   // rows may differ from memory, or a statement fails; false: advice
	Text    string
}

// String returns a line for a log.
func (f Finding) String() string {
	line := "advice: "
	if f.Problem {
		line = "problem: "
	}
	if f.Table != "" {
		line += fmt.Sprintf("table %q", f.Table)
		if f.Field != "" {
			line += fmt.Sprintf(", %q", f.Field)
		}
		line += ": "
	}
	return line + f.Text
}

// Findings are what a check found, in order. Nil is nothing.
type Findings []Finding

// String returns lines for a log: how many there are, and below it the problems
// and then the advice, one on each line.
func (f Findings) String() string {
	var problems, advice []string
	for _, finding := range f {
		line := "\n\t" + finding.String()
		if finding.Problem {
			problems = append(problems, line)
		} else {
			advice = append(advice, line)
		}
	}
	return fmt.Sprintf("problems: %d, advice: %d", len(problems), len(advice)) +
		strings.Join(problems, "") + strings.Join(advice, "")
}

// Problems returns an error that lists the problems among the findings, nil for
// none. It wraps [ErrTable].
func Problems(findings []Finding) error {
	var problems []error
	for _, f := range findings {
		if f.Problem {
			problems = append(problems, errors.New(f.String()))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrTable, errors.Join(problems...))
}
