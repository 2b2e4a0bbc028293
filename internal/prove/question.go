package prove

import "github.com/rolespec/rolespec/spec"

// question is everything that the goals ask of one row, as unknowns. An unknown
// has a number of cases, of which just one holds for a row; a condition leaves
// some of them.
type question struct {
	rows   *spec.Schema
	budget *budget
	fields map[string]*field
	pairs  map[string]*pair
	atoms  map[string]int
	leaves map[occurrence]*literal
	all    []cases // of each unknown, all its cases

	// In the order in which they were met, so that a question has one answer.
	fieldList []*field
	pairList  []*pair

	related map[string]bool // what is known of related rows already
}

func newQuestion(rows *spec.Schema, b *budget) *question {
	return &question{
		rows:    rows,
		budget:  b,
		fields:  map[string]*field{},
		pairs:   map[string]*pair{},
		atoms:   map[string]int{},
		leaves:  map[occurrence]*literal{},
		related: map[string]bool{},
	}
}

// unknown adds an unknown, given all its cases.
func (q *question) unknown(all cases) int {
	q.all = append(q.all, all)
	return len(q.all) - 1
}

// atom returns the unknown for a part that is not looked into, whose cases are
// its truths. It is the same for the same part.
func (q *question) atom(key string) int {
	i, ok := q.atoms[key]
	if !ok {
		i = q.unknown(anything.cases())
		q.atoms[key] = i
	}
	return i
}

func (ts truths) cases() cases { return cases{uint64(ts)} }

// collect notes the fields that n names, and the constants they are compared
// with. What is asked of related rows is a question of its own.
func (q *question) collect(n spec.Node) {
	switch n := n.(type) {
	case spec.Leaf:
		q.field(n.Field).add(n)
		if n.Value.Kind() == spec.KindField {
			q.field(n.Value.Field())
		}
	case spec.Negation:
		q.collect(n.Term())
	case spec.Junction:
		for t := range n.Terms() {
			q.collect(t)
		}
	case spec.Constant, spec.Quantified, spec.Invalid:
	}
}

func (q *question) field(name string) *field {
	f, ok := q.fields[name]
	if !ok {
		f = newField(name, q.rows)
		q.fields[name] = f
		q.fieldList = append(q.fieldList, f)
	}
	return f
}

// prepare finds the cases of every field. It is false where there are too many.
func (q *question) prepare() bool {
	for _, f := range q.fieldList {
		if !f.prepare(q.budget) {
			return false
		}
		f.unknown = q.unknown(f.all)
	}
	return true
}
