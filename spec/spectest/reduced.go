package spectest

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Reduced returns the case of a failure: with those of the fields and relations,
// flat as [NewSchema] takes them, that the specification is about, and with the
// truths as the answer. Its name and its reason are still to be given.
func Reduced(fields []spec.Field, relations []spec.Relation, s spec.Specification, rows []Row, truths []spec.Truth) Case {
	c := Case{Spec: s}
	c.Fields, c.Relations = used(fields, relations, s)
	c.Rows = rows
	full := mustSchema(fields, relations)
	if tables, err := Flatten(full, rows); err == nil {
		if sc, err := c.Schema(); err == nil {
			c.Rows = tables.only(sc)
		}
	}
	for _, truth := range truths {
		c.Want += map[spec.Truth]string{spec.True: "T", spec.False: "F", spec.Unknown: "U"}[truth]
	}
	return c
}

// only are the rows with nothing but what a smaller schema has.
func (t Tables) only(sc *spec.Schema) []Row {
	small := Tables{map[string][]Row{}, t.Links}
	t.copy(small, "", sc)
	return small.Nest(sc)
}

func (t Tables) copy(to Tables, at string, sc *spec.Schema) {
	fields := slices.Collect(sc.Fields())
	for _, row := range t.Rows[at] {
		own := Row{}
		for _, f := range fields {
			if v := Get(row, f.Name); v != nil {
				Set(own, f.Name, v)
			}
		}
		to.Rows[at] = append(to.Rows[at], own)
	}
	for r := range sc.Relations() {
		if there := Path(at, sc, r); there != at {
			t.copy(to, there, r.Rows)
		}
	}
}
