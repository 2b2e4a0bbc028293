package conformance

import (
	"encoding/json"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Tree is a specification in the ancestor's dictionary form.
type Tree struct {
	Op    string `json:"op"`
	Field string `json:"field"`
	Value any    `json:"value"`
	Specs []Tree `json:"specs"`
	Spec  *Tree  `json:"spec"`
}

// SpecCase is a line of spec.jsonl.
type SpecCase struct {
	ID     string         `json:"id"`
	Spec   Tree           `json:"spec"`
	Obj    map[string]any `json:"obj"`
	Result *bool          `json:"result"` // nil: the ancestor raised Error
	Error  *string        `json:"error"`
	Mode   string         `json:"mode"`
	Flags  map[string]bool
	// Verdicts is what the ancestor says of each leaf alone, in the order of
	// Atoms: true, false or the class of the exception.
	Verdicts []any `json:"leaves"`
}

// SQLCase is a line of spec_sql.jsonl: the case of that ID put to PostgreSQL.
type SQLCase struct {
	ID      string `json:"id"`
	SQL3    string `json:"sql3"`
	Visible bool   `json:"visible"`
}

var leafOps = map[string]spec.Op{
	"eq": spec.OpEq, "neq": spec.OpNe, "lt": spec.OpLt, "lte": spec.OpLte, "gt": spec.OpGt, "gte": spec.OpGte,
	"in": spec.OpIn, "contains": spec.OpContains, "matches": spec.OpMatches, "isnone": spec.OpIsNull,
	"==": spec.OpEq, "!=": spec.OpNe, "<": spec.OpLt, "<=": spec.OpLte, ">": spec.OpGt, ">=": spec.OpGte,
}

// Specification builds the tree with the constructors that a program uses.
func (t Tree) Specification() (spec.Specification, error) {
	switch t.Op {
	case "empty":
		return spec.All(), nil
	case "not", "!":
		s, err := t.Spec.Specification()
		return spec.Not(s), err
	case "and", "or", "&", "|":
		terms := make([]spec.Specification, len(t.Specs))
		for i, sub := range t.Specs {
			s, err := sub.Specification()
			if err != nil {
				return s, err
			}
			terms[i] = s
		}
		if t.Op == "and" || t.Op == "&" {
			return spec.And(terms...), nil
		}
		return spec.Or(terms...), nil
	}
	op, ok := leafOps[t.Op]
	if !ok {
		return spec.None(), fmt.Errorf("no operator %q", t.Op)
	}
	value, err := spec.ValueOf(t.Value)
	if err != nil {
		return spec.None(), err
	}
	s := spec.NewLeaf(t.Field, op, value)
	return s, s.Err()
}

// Leaves yields every leaf of the tree.
func (t Tree) Leaves(yield func(Tree)) {
	switch {
	case t.Spec != nil:
		t.Spec.Leaves(yield)
	case len(t.Specs) > 0:
		for _, sub := range t.Specs {
			sub.Leaves(yield)
		}
	case leafOps[t.Op] != 0:
		yield(t)
	}
}

// Atoms yields every part of the tree that has no parts: the leaves, and empty.
func (t Tree) Atoms(yield func(Tree)) {
	switch {
	case t.Spec != nil:
		t.Spec.Atoms(yield)
	case t.Op == "and" || t.Op == "or":
		for _, sub := range t.Specs {
			sub.Atoms(yield)
		}
	default:
		yield(t)
	}
}

// Lookup walks a dotted path through nested maps.
func Lookup(obj map[string]any, path []string) (any, bool) {
	v, ok := obj[path[0]]
	if len(path) == 1 || !ok {
		return v, ok
	}
	m, isMap := v.(map[string]any)
	if !isMap {
		return nil, false
	}
	return Lookup(m, path[1:])
}

// IsInteger reports whether the text of a JSON number is that of an integer.
func IsInteger(n json.Number) bool {
	for _, c := range n {
		if c == '.' || c == 'e' || c == 'E' {
			return false
		}
	}
	return true
}
