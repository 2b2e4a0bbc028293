package sqlspec

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// postgres writes PostgreSQL. Every argument carries its type, so that the same
// text means the same whichever way a driver sends it.
type postgres struct{}

func (postgres) name() string   { return "postgres" }
func (postgres) maxArgs() int   { return 65535 }
func (postgres) numbered() bool { return true }
func (postgres) quotes() byte   { return '"' }

func (g postgres) leaf(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case c.field.List:
		g.list(w, c, l, negated)
	case c.storage == storageLtree && !isLtree(l):
		w.refuse(l, ErrUnsupported, "an ltree column can be asked for Under, equality and null, with labels that have no hyphen")
	case l.Op == spec.OpIn:
		g.in(w, c, l, negated)
	case isComparison(l.Op):
		g.compare(w, c, effective(l, negated), l.Value)
	case l.Value.IsNull():
		w.unknown()
	case l.Op == spec.OpMatches:
		g.matches(w, c, l, negated)
	case l.Op == spec.OpUnder:
		g.under(w, c, l.Value, negated)
	case l.Op == spec.OpEqualFold, l.Op == spec.OpContainsFold && !isEmptyNeedle(l):
		g.folded(w, c, l, negated)
	case isEmptyNeedle(l):
		emptyNeedle(w, c, negated)
	case l.Op == spec.OpHasPrefix:
		g.prefix(w, c, l.Value, negated)
	default:
		g.like(w, c, l, negated)
	}
}

// emptyNeedle: the empty text is in every text that is not null.
func emptyNeedle(w *writer, c *column, negated bool) { never(w, c, !negated) }

func (g postgres) compare(w *writer, c *column, op spec.Op, v spec.Value) {
	op, arg := g.operand(c, op, v)
	w.raw("(", c.sql)
	if isOrder(op) && c.field.Kind == spec.KindString {
		w.raw(` COLLATE "C"`)
	}
	w.raw(comparison(op))
	g.value(w, c, arg)
	// PostgreSQL says that NaN is equal to itself and greater than everything.
	if c.field.Kind == spec.KindFloat && (op == spec.OpNe || op == spec.OpGt || op == spec.OpGte) {
		w.raw(" AND ", c.sql, " < 'NaN'::float8")
	}
	w.raw(")")
}

func isOrder(op spec.Op) bool { return isComparison(op) && op != spec.OpEq && op != spec.OpNe }

// operand replaces what the column cannot hold.
func (g postgres) operand(c *column, op spec.Op, v spec.Value) (spec.Op, argument) {
	switch {
	case v.Kind() == spec.KindUint:
		op, bound := int64Bounds(op)
		return op, plain(bound)
	case c.storage == storageScaled:
		op, bound := scaledBounds(op, v.Decimal(), c.digits)
		return op, plain(bound)
	}
	return op, whole(c, v, postgresArg)
}

// value writes a placeholder with the type of the column.
func (g postgres) value(w *writer, c *column, arg argument) {
	if c.storage == storageTimestamp {
		w.raw("(")
		w.put(arg)
		w.raw("::timestamptz AT TIME ZONE 'UTC')")
		return
	}
	w.put(arg)
	w.raw("::", g.typ(c))
}

// typ is the type of the column, or of the elements of its array.
func (postgres) typ(c *column) string {
	switch {
	case c.pgType != "":
		return c.pgType
	case c.storage == storageScaled:
		return "int8"
	case c.storage == storageLtree:
		return "ltree"
	}
	switch c.field.Kind {
	case spec.KindBool:
		return "bool"
	case spec.KindInt, spec.KindUint:
		return "int8"
	case spec.KindFloat:
		return "float8"
	case spec.KindDecimal:
		return "numeric"
	case spec.KindBytes:
		return "bytea"
	case spec.KindTime:
		return "timestamptz"
	case spec.KindDate:
		return "date"
	case spec.KindUUID:
		return "uuid"
	}
	return "text"
}

// postgresArg is a value as every PostgreSQL driver takes it.
func postgresArg(_ *column, v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		return v.Bool()
	case spec.KindInt:
		return v.Int()
	case spec.KindFloat:
		return v.Float()
	case spec.KindBytes:
		return v.Bytes()
	case spec.KindTime:
		return v.Time()
	}
	return textOf(v)
}

// in compares with one array, whatever the length of the list: one text for
// every list, and a null among the elements means what it has to.
func (g postgres) in(w *writer, c *column, l spec.Leaf, negated bool) {
	elements := c.storable(l.Value.List())
	if len(elements) == 0 { // IN of nothing is two-valued, even for null
		never(w, c, negated)
		return
	}
	w.raw("(", c.sql)
	if negated {
		w.raw(" <> ALL (")
	} else {
		w.raw(" = ANY (")
	}
	if c.storage == storageTimestamp {
		w.raw("ARRAY(SELECT rolespec_e AT TIME ZONE 'UTC' FROM unnest(")
	}
	w.put(listArgument(c, l.Value, elements, postgresList))
	w.raw("::", g.typ(c), "[]")
	if c.storage == storageTimestamp {
		w.raw(") AS rolespec_e)")
	}
	w.raw(")")
	if negated && c.field.Kind == spec.KindFloat {
		w.raw(" AND ", c.sql, " < 'NaN'::float8")
	}
	w.raw(")")
}

// prefix is a range of the order of bytes, which an index COLLATE "C" serves
// under every plan; LIKE is not served when the pattern is an argument.
func (g postgres) prefix(w *writer, c *column, prefix spec.Value, negated bool) {
	w.raw("(", c.sql, ` COLLATE "C"`, either(negated, " < ", " >= "))
	w.put(converted(c, prefix, asNeedle))
	w.raw("::text")
	if end := converted(c, prefix, asSuccessor); end.bound != nil {
		w.raw(either(negated, " OR ", " AND "), c.sql, ` COLLATE "C"`, either(negated, " >= ", " < "))
		w.put(end)
		w.raw("::text")
	} else {
		w.looked() // others have an end
	}
	w.raw(")")
}

func (g postgres) like(w *writer, c *column, l spec.Leaf, negated bool) {
	pattern := conversion(asLikeEnd)
	if l.Op == spec.OpContains {
		pattern = asLike
	}
	w.raw("(", c.sql, either(negated, " NOT LIKE ", " LIKE "))
	w.put(converted(c, l.Value, pattern))
	w.raw("::text ESCAPE '!')")
}

// asLike binds the pattern of a text that is looked for anywhere.
func asLike(c *column, v spec.Value) any {
	if end, ok := asLikeEnd(c, v).(string); ok {
		return end + "%"
	}
	return nil
}

// asLikeEnd binds the pattern of a text that is looked for at the end.
func asLikeEnd(_ *column, v spec.Value) any {
	if isEmptyText(v) {
		return nil
	}
	return "%" + likeEscaper.Replace(v.Text())
}

// likeEscaper escapes with "!": a backslash needs escapes of its own on some
// engines.
var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func either(negated bool, yes, no string) string {
	if negated {
		return yes
	}
	return no
}

func (g postgres) matches(w *writer, c *column, l spec.Leaf, negated bool) {
	pattern, err := portablePattern(l.Value.Text())
	if err != nil {
		w.refuse(l, ErrUnsupported, err.Error())
		return
	}
	g.pattern(w, c, pattern, negated)
}

// pattern: POSIX is the collation C under a name that indexes do not have. One of
// pg_trgm folds case in the locale of the database and reads the pattern in the
// collation of the index; where these differ it loses rows.
func (postgres) pattern(w *writer, c *column, pattern string, negated bool) {
	w.raw("(", c.sql, ` COLLATE "POSIX"`, either(negated, " !~ ", " ~ "))
	w.arg(pattern)
	w.raw("::text)")
}

// isLtree reports whether an ltree column can answer the leaf.
func isLtree(l spec.Leaf) bool {
	switch l.Op {
	case spec.OpUnder, spec.OpEq, spec.OpNe:
		return l.Value.IsNull() || isLabels(l.Value.Text())
	case spec.OpIn:
		return !slices.ContainsFunc(l.Value.List(), func(v spec.Value) bool { return !v.IsNull() && !isLabels(v.Text()) })
	}
	return false
}

var labels = regexp.MustCompile(`^[A-Za-z0-9_]{1,255}(\.[A-Za-z0-9_]{1,255})*$`)

func isLabels(path string) bool { return labels.MatchString(path) }
