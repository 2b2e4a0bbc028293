package prove

import "github.com/rolespec/rolespec/spec"

// field is one field of the row. Its cases are values that a row may hold in it,
// enough of them that for any other value one of these makes every complete
// leaf come out the same.
type field struct {
	leaves  map[string]spec.Leaf // constant, by their text
	typings []typing
	open    bool // nobody knows its kind
	scalar  bool // its kind is known, and it is no list

	unknown int
	all     cases
	truths  map[string]*truthCases // of a leaf
	classes classCases             // the values of a class
}

func newField(name string, rows *spec.Schema) *field {
	declared, ok := rows.Field(name)
	return &field{
		leaves:  map[string]spec.Leaf{},
		typings: typingsOf(declared, ok),
		open:    !ok,
		scalar:  ok && !declared.List,
		truths:  map[string]*truthCases{},
	}
}

func (f *field) add(n spec.Leaf) {
	if isConstant(n) {
		f.leaves[n.String()] = n
	}
}

// prepare finds the values, and what every leaf is of each. It is false where
// that is beyond the budget.
func (f *field) prepare(b *budget) bool {
	var trials []trial
	n := 0
	for _, t := range f.typings {
		trial, marks, ok := t.ready(f.leaves)
		if !ok && f.open {
			continue // the specification cannot be asked of rows that have such a field
		}
		if !b.spend(len(marks)) {
			return false
		}
		trial.values = t.values(marks)
		if !b.spend(trial.cost()) {
			return false
		}
		trials = append(trials, trial)
		n += len(trial.values)
	}
	f.evaluate(trials, n)
	return true
}

func (f *field) evaluate(trials []trial, n int) {
	f.all, f.classes = allCases(n), newClassCases(n)
	for key := range f.leaves {
		f.truths[key] = newTruthCases(n)
	}
	i := 0
	for _, t := range trials {
		for _, v := range t.values {
			f.classes[v.class].add(i)
			for key, cases := range f.truths {
				cases.add(t.truths(key, v), i)
			}
			i++
		}
	}
}

// present returns the values of which a leaf with a variable may be one of these
// truths, whatever the variable is: of what is null or cannot be read it is
// unknown, but that a list without elements makes it None.
func (f *field) present(op spec.Op, are truths) cases {
	absent := isUnknown
	if op == spec.OpIn || op == spec.OpOverlaps {
		absent = notTrue
	}
	if are&absent != 0 {
		return f.all
	}
	return f.all.without(f.classes[null]).without(f.classes[unreadable])
}
