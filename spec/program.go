package spec

// program is a specification made ready for the rows of one layout, without its
// values: they are its operands, so that the same program runs with others. It never
// changes.
//
// Negations have been pushed to the leaves by then, and above the leaves only And and
// Or are left: with those, what is true never depends on whether something else is
// false or unknown. So two values are enough here, and each leaf decides what its own
// unknown means: not true, negated or not.
type program struct {
	layout    *layout
	root      clause
	operands  []operand  // of the leaves; those of variables are still to be filled in
	variables []variable // whose operands those are
}

// clause is a part of a program: how its terms are joined, or one leaf.
type clause struct {
	join   join
	terms  []clause
	kernel *kernel
	rows   *relatedRows
}

type join uint8

const (
	joinNone    join = iota // no row
	joinEvery               // every row
	joinLeaf                // the kernel holds
	joinAll                 // all terms hold
	joinSome                // some term holds
	joinRelated             // the quantifier holds of the related rows
)

// relatedRows asks the only term of its clause about the rows of a relation.
type relatedRows struct {
	read    childReader
	op      Quantifier
	negated bool
}

// cost orders terms: what is decided by a few bytes, what looks into a text, what asks
// the definition, what looks at other rows.
func (c *clause) cost() int {
	switch c.join {
	case joinNone, joinEvery:
		return 0
	case joinLeaf:
		return c.kernel.code.cost()
	case joinRelated:
		return 9
	case joinAll, joinSome:
	}
	most := 0
	for i := range c.terms {
		most = max(most, c.terms[i].cost())
	}
	return most
}

// holds reports whether the clause is true of a row.
func (c *clause) holds(ops []operand, r row) bool {
	switch c.join {
	case joinEvery:
		return true
	case joinLeaf:
		return c.kernel.holds(ops, r)
	case joinAll:
		for i := range c.terms {
			if !c.terms[i].holds(ops, r) {
				return false
			}
		}
		return true
	case joinSome:
		for i := range c.terms {
			if c.terms[i].holds(ops, r) {
				return true
			}
		}
	case joinRelated:
		list, ok := c.rows.read(r)
		return ok && c.related(ops, &list) != c.rows.negated
	case joinNone:
	}
	return false
}

// related reports whether the quantifier holds of these rows.
func (c *clause) related(ops []operand, rows *children) bool {
	some := c.rows.op == Existential
	for i := range rows.n {
		if r, ok := rows.row(i); (ok && c.terms[0].holds(ops, r)) == some {
			return some
		}
	}
	return !some
}
