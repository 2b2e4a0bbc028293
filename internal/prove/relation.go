package prove

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// ask is a part about the rows of a relation.
type ask struct {
	key  string
	atom int
	part spec.Quantified
}

func (q *question) ask(n spec.Quantified) *ask {
	key := textOf(n)
	return &ask{key, q.atom(key), n}
}

// relatedRefuted reports whether what is asked of some relation, on the way to
// here, is true of no rows that there can be.
func (s *search) relatedRefuted() bool {
	var names []string
	byRelation := map[string][]*ask{}
	for _, a := range s.asks {
		name := a.part.Relation()
		if byRelation[name] == nil {
			names = append(names, name)
		}
		if !slices.ContainsFunc(byRelation[name], func(b *ask) bool { return a.key == b.key }) {
			byRelation[name] = append(byRelation[name], a)
		}
	}
	return slices.ContainsFunc(names, func(name string) bool { return s.relationRefuted(name, byRelation[name]) })
}

// relationRefuted looks for a related row that there has to be and cannot be.
func (s *search) relationRefuted(name string, asks []*ask) bool {
	relation, _ := s.rows.Relation(name)
	for _, w := range witnesses(relation.One, s.answers(asks)) {
		key := w.key(name)
		refutes, ok := s.related[key]
		if !ok {
			refutes = refuted(relation.Rows, s.budget, w...)
			s.related[key] = refutes
		}
		if refutes {
			return true
		}
	}
	return false
}

// answer is what an ask can be.
type answer struct {
	part spec.Quantified
	are  truths
}

// answers returns what the asks of a relation can be. As soon as one of them is
// true or false, none is unknown.
func (s *search) answers(asks []*ask) []answer {
	answers := make([]answer, len(asks))
	unknown := isUnknown
	for i, a := range asks {
		answers[i] = answer{a.part, truths(s.live[a.atom][0])}
		unknown &= answers[i].are
	}
	for i := range answers {
		answers[i].are &^= isUnknown &^ unknown
	}
	return answers
}
