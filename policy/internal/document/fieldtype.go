package document

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// Type is the type of a field or a claim.
type Type struct {
	Pos
	Field spec.Field // without its name
}

// read reads string, time?, [string] and the long form of all of them.
func (t *Type) read(f *File, n *Node) {
	t.Pos = n.Pos
	switch {
	case n.Kind == Text:
		var err error
		if t.Field, err = spec.ParseType(n.Text); err != nil {
			f.typeProblem(n, err)
		}
	case n.Kind == List && len(n.Items) == 1 && n.Items[0].Kind == Text:
		var err error
		if t.Field, err = spec.ParseType("[" + n.Items[0].Text + "]"); err != nil {
			f.typeProblem(n.Items[0], err)
		}
	case n.Kind == Map:
		t.readLong(f, n)
	default:
		f.problem(n.Pos, typeAdvice, "%v stands where a type is wanted", n.Kind)
	}
}

const typeAdvice = "write string, time? where it can be null, [string] for a list, or {enum: [open, done]}"

func (f *File) typeProblem(n *Node, err error) {
	advice := didYouMean(strings.Trim(n.Text, "[]?"), spec.TypeNames())
	if advice == "" {
		advice = typeAdvice
	}
	f.problem(n.Pos, advice, "%s", strings.TrimPrefix(err.Error(), "spec: "))
}

// LongType is the long form of a type.
type LongType struct {
	Pos `json:"-"`
	// The type, as in the short form. With enum it is string.
	Type *Type `json:"type,omitempty"`
	// The labels that a text can be.
	Enum Words `json:"enum,omitempty"`
	// Whether the value can be null.
	Nullable *Flag `json:"nullable,omitempty"`
}

func (t *Type) readLong(f *File, n *Node) {
	var long LongType
	f.into(&long, n)
	switch {
	case long.Type == nil && long.Enum == nil:
		f.problem(n.Pos, typeAdvice, "a type has a type or an enum")
		return
	case long.Type == nil:
		t.Field.Kind = spec.KindString
	default:
		t.Field = long.Type.Field
	}
	if long.Enum != nil {
		t.readEnum(f, &long)
	}
	if long.Nullable != nil {
		if t.Field.Nullable && !long.Nullable.Value {
			f.problem(long.Nullable.Pos, "", "the type says that it can be null")
		}
		t.Field.Nullable = long.Nullable.Value
	}
}

func (t *Type) readEnum(f *File, long *LongType) {
	switch {
	case len(long.Enum) == 0:
		f.problem(long.Pos, "write the labels, or leave out the enum", "an enum without labels has no values")
	case t.Field.Kind != spec.KindString && t.Field.Kind != spec.KindNull:
		f.problem(long.Enum[0].Pos, "", "labels are texts, not of type %v", t.Field.Kind)
	case len(t.Field.Labels) > 0:
		f.problem(long.Enum[0].Pos, "", "the type has labels already")
	default:
		t.Field.Labels = long.Enum.Texts()
	}
}

// Flag is true or false.
type Flag struct {
	Pos
	Value bool
}

func (b *Flag) read(f *File, n *Node) {
	b.Pos, b.Value = n.Pos, n.Text == "true"
	if n.Kind != Bool {
		f.problem(n.Pos, "", "%v stands where true or false is wanted", n.Kind)
	}
}
