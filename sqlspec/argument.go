package sqlspec

import (
	"slices"
	"sync"

	"github.com/rolespec/rolespec/spec"
)

// argument is what is bound to a placeholder. One that is made of the value of the
// leaf by nothing but a conversion says so, and where every argument does, the text
// around them is kept and takes the values of the next specification; see [condition].
type argument struct {
	bound  any
	value  spec.Value
	column *column
	as     conversion // nil where there is no more to say than what is bound
	format format     // of a list
	isText bool       // bound is the text of the value as it is
	isNum  bool       // bound is the integer, or the float, of the value as it is
}

// isMade reports whether it is known how the argument is made of the value.
func (a *argument) isMade() bool { return a.as != nil || a.format != noList || a.isText || a.isNum }

// conversion makes the argument for a column of a value that the column takes as it
// is; see [column.takes]. It returns nil where the text would be another one for that
// value. It is a function of the two alone.
type conversion func(c *column, v spec.Value) any

// plain is an argument of which nothing is known.
func plain(bound any) argument { return argument{bound: bound} }

// converted is the argument that a conversion makes of a value.
func converted(c *column, v spec.Value, as conversion) argument {
	return argument{bound: as(c, v), value: v, column: c, as: as}
}

// whole is the argument that a dialect makes of one value: a text is bound as it is
// in all of them, and numbers mostly are.
func whole(c *column, v spec.Value, as conversion) argument {
	if v.Kind() == spec.KindString {
		return textual(c, v)
	}
	a := converted(c, v, as)
	switch a.bound.(type) {
	case int64:
		a.isNum = v.Kind() == spec.KindInt
	case float64:
		a.isNum = v.Kind() == spec.KindFloat
	}
	return a
}

// textual is the argument that is the text of a value.
func textual(c *column, v spec.Value) argument {
	return argument{bound: v.Text(), value: v, column: c, isText: true}
}

// asNeedle binds a text as it is, for operators to which the empty text is another matter.
func asNeedle(_ *column, v spec.Value) any {
	if isEmptyText(v) {
		return nil
	}
	return v.Text()
}

// asSuccessor binds the end of a range that begins with the text.
func asSuccessor(_ *column, v spec.Value) any {
	if end, ok := successor(v.Text()); ok {
		return end
	}
	return nil
}

// asBelow and asBeyond bind the two ends of what lies below a path.
func asBelow(_ *column, v spec.Value) any  { from, _ := below(v.Text()); return from }
func asBeyond(_ *column, v spec.Value) any { _, to := below(v.Text()); return to }

// takes reports whether resolving changes nothing in the value for a column, and
// whether the writers pass it on as it is: a value of the very kind.
func (c *column) takes(v spec.Value) bool {
	switch {
	case c.encode != nil, c.storage == storageScaled, c.storage == storageLtree:
		return false
	case v.Kind() != spec.KindList:
		return c.takesOne(v)
	case c.field.Kind == spec.KindUint:
		return v.Holds(spec.KindInt, spec.KindNull)
	case !v.Holds(c.field.Kind, spec.KindNull):
		return false
	case len(c.field.Labels) == 0:
		return true
	}
	for i := range v.Len() {
		if e := v.At(i); !e.IsNull() && !c.takesOne(e) {
			return false
		}
	}
	return true
}

func (c *column) takesOne(v spec.Value) bool {
	switch kind := c.field.Kind; {
	case v.Kind() == kind:
		return len(c.field.Labels) == 0 || slices.Contains(c.field.Labels, v.Text())
	case kind == spec.KindUint: // what a uint64 holds is an int for the most part
		return v.Kind() == spec.KindInt
	}
	return false
}

// resolved converts a value, or every element of a list, to the kind of the column. It
// is null where that is an error, which [spec.Schema.Resolve] is asked for again.
func (c *column) resolved(v spec.Value) spec.Value {
	op := spec.OpEq
	if v.Kind() == spec.KindList {
		op = spec.OpIn
	}
	s, err := ofKind(c.field.Kind).Resolve(spec.NewLeaf("value", op, v))
	if err != nil {
		return spec.Null
	}
	leaf, _ := s.Node().(spec.Leaf)
	return leaf.Value
}

// ofKind is a schema with one field, value, of a kind.
func ofKind(k spec.Kind) *spec.Schema { return kindSchemas()[k] }

var kindSchemas = sync.OnceValue(func() map[spec.Kind]*spec.Schema {
	schemas := map[spec.Kind]*spec.Schema{}
	for k := spec.KindBool; k <= spec.KindUUID; k++ {
		if sc, err := spec.NewSchema(spec.Field{Name: "value", Kind: k}); err == nil {
			schemas[k] = sc
		}
	}
	return schemas
})
