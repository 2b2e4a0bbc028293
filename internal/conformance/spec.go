package conformance

import (
	"bytes"
	"encoding/json"

	"github.com/rolespec/rolespec/spec"
)

// Tree is a specification in the ancestor's dictionary form.
type Tree struct {
	Op    string `json:"op"`
	Field string `json:"field"`
	Value any    `json:"value"`
	Specs []Tree `json:"specs"`
	Spec  *Tree  `json:"spec"`
	text  []byte
}

// UnmarshalJSON reads the tree without a look at what it means, and keeps its text.
func (t *Tree) UnmarshalJSON(data []byte) error {
	type fields Tree
	t.text = bytes.Clone(data)
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode((*fields)(t))
}

// Text returns the JSON that the tree was read from.
func (t Tree) Text() []byte { return t.text }

// Renamed returns the leaf with another field.
func (t Tree) Renamed(field string) (leaf Tree, err error) {
	text, err := json.Marshal(map[string]any{"op": t.Op, "field": field, "value": t.Value})
	if err != nil {
		return leaf, err
	}
	return leaf, json.Unmarshal(text, &leaf)
}

// Specification reads the text as a program does.
func (t Tree) Specification() (s spec.Specification, err error) {
	err = s.UnmarshalJSON(t.text)
	return s, err
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
