package agree_test

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// planted is a bug in what writes the SQL.
type planted struct {
	name      string
	plant     func(d sqlspec.Dialect) (plain, bool) // not ok where the engine has no such bug
	collation string
	sound     bool // there is none
	mariadb   bool // what MariaDB does of it is its own
}

func always(p plain) func(sqlspec.Dialect) (plain, bool) {
	return func(sqlspec.Dialect) (plain, bool) { return p, true }
}

func only(d sqlspec.Dialect, p plain) func(sqlspec.Dialect) (plain, bool) {
	return func(have sqlspec.Dialect) (plain, bool) { return p, have == d }
}

var plantedBugs = []planted{
	{name: "none", plant: always(plain{}), sound: true},
	{name: "an empty Or is true", plant: always(plain{constant: func(bool) string { return "(1 = 1)" }})},
	{name: "a dropped NOT", plant: always(plain{negation: func(p *plain, term spec.Node) bool { p.node(term, false); return true }})},
	{name: "two-valued nulls", plant: always(plain{negation: func(p *plain, term spec.Node) bool {
		p.raw("NOT COALESCE(")
		p.node(term, false)
		p.raw(", (1 = 0))")
		return true
	}})},
	{name: "no parentheses", plant: always(plain{loose: true})},
	{name: "LIKE without escaping", plant: always(plain{leaf: like("%s LIKE %s", false)})},
	{name: "LIKE without case", plant: withoutCase, mariadb: true},
	{name: "equality without case", plant: always(plain{leaf: compared("lower(%s)", "lower(%s)", "", spec.KindString, spec.OpEq)})},
	{name: "floats for integers", plant: floats, mariadb: true},
	{name: "the database's own collation", plant: ownCollation, mariadb: true},
	{name: "the collation of the column", plant: only(sqlspec.SQLite, plain{leaf: compared("%s", "%s", "", spec.KindString, spec.OpEq)}), collation: "NOCASE"},
	{name: "= for null", plant: always(plain{leaf: equalNull})},
	{name: "null in a list left out", plant: always(plain{leaf: listWithoutNull})},
	{name: "a join in the place of EXISTS", plant: always(plain{quantified: joined})},
	{name: "IN with the keys of the other table", plant: always(plain{quantified: keysNotIn})},
	{name: "NOT pushed through EXISTS", plant: always(plain{quantified: pushed})},
	{name: "every as no row of which it is false", plant: always(plain{quantified: noneFalse})},
	{name: "what is absent is false", plant: always(plain{negation: absentIsFalse})},
}

// like writes texts operators with LIKE.
func like(format string, escaped bool) func(p *plain, l spec.Leaf) bool {
	return func(p *plain, l spec.Leaf) bool {
		stored, ok := p.table.Stored(l.Field)
		if !ok || stored.Field.Kind != spec.KindString || stored.Field.List || stored.Storage != "" || l.Value.Kind() != spec.KindString || len(stored.Field.Labels) > 0 || stored.Encode != nil {
			return false
		}
		pattern := l.Value.Text()
		end := ""
		if escaped {
			pattern = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(pattern)
			end = " ESCAPE '!'"
		}
		switch l.Op {
		case spec.OpContains:
			pattern = "%" + pattern + "%"
		case spec.OpHasPrefix:
			pattern += "%"
		case spec.OpHasSuffix:
			pattern = "%" + pattern
		default:
			return false
		}
		before, after, _ := strings.Cut(fmt.Sprintf(format, p.column(l.Field), "\x00"), "\x00")
		p.raw("(", before)
		p.arg(pattern)
		p.raw(after, end, ")")
		return true
	}
}

func withoutCase(d sqlspec.Dialect) (plain, bool) {
	if d == sqlspec.Postgres {
		return plain{leaf: like("%s ILIKE %s", true)}, true
	}
	return plain{leaf: like("%s LIKE %s", true)}, true
}

// compared writes a comparison of a column with a value, both as the formats have
// them.
func compared(column, value, cast string, kind spec.Kind, ops ...spec.Op) func(p *plain, l spec.Leaf) bool {
	symbols := map[spec.Op]string{spec.OpEq: " = ", spec.OpLt: " < ", spec.OpGt: " > ", spec.OpLte: " <= ", spec.OpGte: " >= ", spec.OpNe: " <> "}
	return func(p *plain, l spec.Leaf) bool {
		stored, ok := p.table.Stored(l.Field)
		applies := false
		for _, op := range ops {
			applies = applies || op == l.Op
		}
		if !ok || !applies || stored.Field.Kind != kind || stored.Field.List || stored.Storage != "" || len(stored.Field.Labels) > 0 || stored.Encode != nil || l.Value.Kind() != kind {
			return false
		}
		before, after, _ := strings.Cut(fmt.Sprintf(value, "\x00"), "\x00")
		p.raw("(", fmt.Sprintf(column, p.column(l.Field)), symbols[l.Op], before)
		if kind == spec.KindInt {
			p.arg(l.Value.Int())
		} else {
			p.arg(l.Value.Text())
		}
		p.raw(cast, after, ")")
		return true
	}
}

func floats(d sqlspec.Dialect) (plain, bool) {
	ops := []spec.Op{spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte}
	as := map[sqlspec.Dialect]string{sqlspec.SQLite: "CAST(%s AS REAL)", sqlspec.Postgres: "%s::float8", sqlspec.MariaDB: "CAST(%s AS DOUBLE)"}[d]
	return plain{leaf: compared(as, as, "", spec.KindInt, ops...)}, true
}

// ownCollation compares as the collation of the database or of the column does.
func ownCollation(d sqlspec.Dialect) (plain, bool) {
	switch d {
	case sqlspec.Postgres:
		return plain{leaf: compared("%s", "%s", "::text", spec.KindString, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte)}, true
	case sqlspec.MariaDB:
		return plain{leaf: compared("%s", "%s", "", spec.KindString, spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte)}, true
	}
	return plain{}, false
}

// equalNull takes = null for IS NULL.
func equalNull(p *plain, l spec.Leaf) bool {
	if l.Op != spec.OpEq || !l.Value.IsNull() || p.column(l.Field) == "" {
		return false
	}
	p.raw("(", p.column(l.Field), " IS NULL)")
	return true
}

func listWithoutNull(p *plain, l spec.Leaf) bool {
	if l.Op != spec.OpIn {
		return false
	}
	var known []spec.Value
	for _, e := range l.Value.List() {
		if !e.IsNull() {
			known = append(known, e)
		}
	}
	if len(known) == len(l.Value.List()) || p.column(l.Field) == "" {
		return false
	}
	p.own(spec.NotNull(l.Field).And(spec.In(l.Field, known...)).Node(), false)
	return true
}
