package sqlspec

import (
	"fmt"

	"github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
)

// Where returns s as a condition for squirrel:
//
//	sq.Select("t.id").From("tasks t").Where(tasks.Where(visible, sqlspec.Postgres))
//
// It is never nil, and always one parenthesised expression, so it cannot be
// dropped or torn apart. What is wrong with s, with the table or with the
// dialect surfaces as an error of ToSql; the text beside the error is a
// condition that no row meets. Placeholders are ?, for squirrel to rewrite once,
// on the outermost builder.
func (t *Table) Where(s spec.Specification, d Dialect) squirrel.Sqlizer {
	return where{t, s, d}
}

type where struct {
	table   *Table
	spec    spec.Specification
	dialect Dialect
}

// ToSql implements [squirrel.Sqlizer].
func (w where) ToSql() (string, []any, error) {
	c, args, look := w.table.keptFor(nil, w.spec, w.dialect)
	if c != nil {
		return c.marked, args, nil
	}
	text, args, err := w.table.compile(nil, nil, w.spec, w.dialect, false, look)
	return string(text), args, err
}

// SQL returns s as the text of a condition, one parenthesised expression with
// the dialect's own placeholders ($1 or ?), and its arguments. With an error the
// text is a condition that no row meets.
func (t *Table) SQL(s spec.Specification, d Dialect) (text string, args []any, err error) {
	c, args, look := t.keptFor(nil, s, d)
	if c != nil {
		return c.native(), args, nil
	}
	b, args, err := t.compile(nil, nil, s, d, true, look)
	return string(b), args, err
}

// Append appends the condition to text and its arguments to args. Numbered
// placeholders go on from len(args). With an error it appends a condition that
// no row meets, and no argument.
func (t *Table) Append(text []byte, args []any, s spec.Specification, d Dialect) ([]byte, []any, error) {
	c, filled, look := t.keptFor(args, s, d)
	switch {
	case c == nil:
		return t.compile(text, args, s, d, true, look)
	case len(args) == 0 || c.numbered == "":
		return append(text, c.native()...), filled, nil
	}
	return c.number(text, len(args)), filled, nil
}

// noRow stands beside an error: a condition that no row meets, nor its negation.
const noRow = "(1 = NULL)"

// compile writes the condition. With look it finds out whether the text holds for
// other values too, and keeps it.
func (t *Table) compile(text []byte, args []any, s spec.Specification, d Dialect, native, look bool) ([]byte, []any, error) {
	failed := func(err error) ([]byte, []any, error) {
		return append(text, noRow...), args, err
	}
	g := d.grammar()
	switch {
	case t == nil:
		return failed(fmt.Errorf("%w: it is nil", ErrTable))
	case g == nil:
		return failed(fmt.Errorf("%w: there is no dialect %d", ErrUnsupported, uint8(d)))
	}
	resolved, err := t.schema.Resolve(s)
	if err != nil {
		return failed(err)
	}
	own := t.In(d)
	w := writer{table: own, dialect: d, grammar: g, text: text, args: args, numbered: native && g.numbered(), outsideFirst: t.byKey}
	var keep func()
	if look {
		keep = t.watch(&w, s)
	}
	w.condition(resolved.Node())
	if w.err == nil && len(w.args) > g.maxArgs() {
		w.err = fmt.Errorf("%w: %s takes %d arguments", ErrTooLarge, d, g.maxArgs())
	}
	if w.err != nil {
		return failed(w.err)
	}
	if keep != nil {
		keep()
	}
	return w.text, w.args, nil
}
