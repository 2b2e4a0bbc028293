package spec

import "strings"

// MaxRelations is how many relations lead from a row to the farthest that a
// specification asks about. Engines nest about 30 subqueries, PostgreSQL takes
// seconds to plan as many.
const MaxRelations = 8

// Quantifier says how many of the related rows a [Quantified] asks for.
type Quantifier uint8

// The quantifiers.
const (
	Existential Quantifier = iota // some row, see [Any]
	Universal                     // every row, see [Every]
)

// Quantified asks about the rows of a relation. Its term is about one of them.
type Quantified struct {
	op        Quantifier
	relation  string
	term      Node
	depth     int
	relations int
	vars      bool
}

func (Quantified) node() {}

// Quantifier returns how many of the rows must satisfy the term.
func (q Quantified) Quantifier() Quantifier { return q.op }

// Relation returns the name of the relation, or the path to it.
func (q Quantified) Relation() string { return q.relation }

// Term returns what is asked of the related rows.
func (q Quantified) Term() Node { return q.term }

// Any is true where s is true for some row of the relation, and false where it
// is not, as where there are no such rows: it is EXISTS.
//
//	spec.Any("members", spec.Eq("user_id", spec.Var("sub")))
//
// The fields that s names are those of the related rows. The relation is a list
// of rows or a single one; a dot leads to it through relations to one row:
// "owner.groups". Where a row on that way is absent, Any is unknown, so that
// neither it nor its negation shows the row.
//
// Any is two-valued, so Not(Any(r, s)) is true where s is unknown for every row:
// write Every(r, Not(s)) where that must not show a row.
func Any(relation string, s Specification) Specification {
	return quantified(Existential, relation, s)
}

// Every is true where there is no row of the relation for which s is not true:
// where there are none at all, too. Over a single row that is absent it is
// false. In all else it is as [Any].
func Every(relation string, s Specification) Specification {
	return quantified(Universal, relation, s)
}

func quantified(op Quantifier, relation string, s Specification) Specification {
	term := s.Node()
	if _, bad := term.(Invalid); bad {
		return s
	}
	if !isFieldName(relation) {
		return rooted(Invalid{&RelationError{Reason: "its name is empty, too long or not UTF-8", err: ErrUnknownField}})
	}
	q := Quantified{op: op, relation: relation, term: term, depth: depth(term) + 1, vars: hasVariables(term)}
	q.relations = 1 + strings.Count(relation, ".") + relations(term)
	if q.relations > MaxRelations {
		return rooted(Invalid{ErrTooDeep})
	}
	return rooted(bounded(q, q.depth))
}

// relations counts the relations on the longest way.
func relations(n Node) (most int) {
	switch n := n.(type) {
	case Quantified:
		return n.relations
	case Negation:
		return relations(n.term)
	case Junction:
		for _, t := range n.terms {
			most = max(most, relations(t))
		}
	case Constant, Leaf, Invalid:
	}
	return most
}

// String returns "any" or "every".
func (q Quantifier) String() string {
	if q == Existential {
		return "any"
	}
	return "every"
}
