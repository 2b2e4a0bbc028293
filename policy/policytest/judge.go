package policytest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// judge holds a permission against what is wanted of it.
type judge struct {
	suite      string // the name of the file
	permission roles.Permission
	err        error  // where it is forbidden
	deciders   string // the roles that permitted it
	failures   []Failure
}

func (j *judge) fail(kind Kind, at document.Pos, row string, why []string, format string, args ...any) {
	j.failures = append(j.failures, Failure{kind, at.In(j.suite), row, fmt.Sprintf(format, args...), why})
}

// judge notes what is not as wanted. What is forbidden fails whatever else is
// wanted, once.
func (j *judge) judge(w *wanted) {
	if j.err != nil {
		if w.forbidden == nil || !w.forbidden.Value {
			j.fail(Forbidden, w.Pos, "", nil, "it is forbidden, and should be permitted: %s", reason(j.err))
		}
		return
	}
	if w.forbidden != nil && w.forbidden.Value {
		j.fail(Permitted, w.forbidden.Pos, "", nil, "it is permitted by %s, and should be forbidden", j.deciders)
		return
	}
	j.rows(w.visible, true)
	j.rows(w.hidden, false)
	for _, row := range w.written {
		j.written(row)
	}
	j.columns(w.columns)
}

// reason says why something is forbidden, without what it was, which the case says.
func reason(err error) string {
	var forbidden *roles.ForbiddenError
	switch {
	case !errors.As(err, &forbidden):
		return err.Error()
	case forbidden.Role != "":
		return fmt.Sprintf("the rule of role %q failed: %s", forbidden.Role, forbidden.Reason)
	}
	return forbidden.Reason
}

// rows holds the rows against keys: exactly these are visible, or else none of
// them is.
func (j *judge) rows(k *keys, exactly bool) {
	if k == nil {
		return
	}
	m, ok := j.matcher(j.permission.Rows, k.table.schema, k.Pos)
	if !ok {
		return
	}
	for i := range k.table.rows {
		row := &k.table.rows[i]
		named := k.has[row.Key]
		should, shown := named && exactly, m.Match(&row.Values)
		switch {
		case shown == should, !named && !exactly:
		case shown:
			j.fail(Shown, k.Pos, row.Key, why(m, &row.Values, j.permission.Rows), "row %s is visible, and should be hidden", row.Key)
		default:
			j.fail(Hidden, k.Pos, row.Key, why(m, &row.Values, j.permission.Rows), "row %s is hidden, and should be visible", row.Key)
		}
	}
}

func (j *judge) written(row writtenRow) {
	m, ok := j.matcher(j.permission.Check, row.schema, row.Pos)
	if !ok {
		return
	}
	where := row.Pos.In(j.suite)
	switch accepted := m.Match(&row.values); {
	case accepted && !row.may:
		j.fail(Accepted, row.Pos, where, why(m, &row.values, j.permission.Check), "the row may be written, and should not be")
	case !accepted && row.may:
		j.fail(Refused, row.Pos, where, why(m, &row.values, j.permission.Check), "the row may not be written, and should be")
	}
}

func (j *judge) columns(wanted *columns) {
	if wanted == nil {
		return
	}
	have, want := columnsText(j.permission.Columns), columnsText(wanted.set)
	if have != want {
		j.fail(Columns, wanted.Pos, "", nil, "the columns are %s, and should be %s", have, want)
	}
}

func columnsText(f roles.FieldSet) string {
	switch names := f.Names(); {
	case f.All():
		return "*"
	case len(names) == 0:
		return "none"
	default:
		return strings.Join(names, ", ")
	}
}

// matcher makes a specification ready for rows. What cannot be asked of them is a
// failure, whatever is wanted.
func (j *judge) matcher(s spec.Specification, schema *spec.Schema, at document.Pos) (*spec.Matcher[map[string]any], bool) {
	var opts []spec.Option
	if schema != nil {
		opts = append(opts, spec.WithSchema(schema))
	}
	m, err := spec.Compile[map[string]any](s, opts...)
	if err != nil {
		j.fail(Unfit, at, "", nil, "the rule cannot be asked of the rows: %s", strings.TrimPrefix(err.Error(), "spec: "))
	}
	return m, err == nil
}

// why explains the verdict on a row, leaf by leaf.
func why(m *spec.Matcher[map[string]any], values *map[string]any, s spec.Specification) []string {
	lines := strings.Split(strings.TrimSuffix(m.Explain(values).String(), "\n"), "\n")
	lines = lines[:len(lines)-1] // the verdict, which the failure says itself
	if len(lines) == 0 {
		return []string{fmt.Sprintf("the rule is %v", s)}
	}
	return lines
}
