package spec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func templateSchemas(t *testing.T) (rows, claims *spec.Schema) {
	t.Helper()
	rows, err := spec.NewSchema(
		spec.Field{Name: "name", Kind: spec.KindString},
		spec.Field{Name: "level", Kind: spec.KindInt},
		spec.Field{Name: "price", Kind: spec.KindDecimal},
		spec.Field{Name: "key", Kind: spec.KindUUID},
		spec.Field{Name: "truth", Kind: spec.KindBool},
		spec.Field{Name: "state", Kind: spec.KindString, Labels: []string{"open", "done"}},
		spec.Field{Name: "tags", Kind: spec.KindString, List: true})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err = rows.Relate(spec.Relation{Name: "parts"}, spec.Relation{Name: "whole", One: true}); err != nil {
		t.Fatal(err)
	}
	claims, err = spec.NewSchema(
		spec.Field{Name: "text", Kind: spec.KindString},
		spec.Field{Name: "number", Kind: spec.KindInt},
		spec.Field{Name: "texts", Kind: spec.KindString, List: true},
		spec.Field{Name: "numbers", Kind: spec.KindInt, List: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows, claims
}

func TestTemplatesThatFit(t *testing.T) {
	rows, claims := templateSchemas(t)
	text, number, texts, numbers := spec.Var("text"), spec.Var("number"), spec.Var("texts"), spec.Var("numbers")
	for _, s := range []spec.Specification{
		spec.Eq("name", text), spec.Lt("level", number), spec.Eq("price", number), spec.Eq("key", text), spec.Ne("state", text),
		spec.In("name", texts), spec.In("name", spec.Of("x"), spec.Of(text), spec.Of(texts)), spec.In("level", numbers), spec.NewLeaf("name", spec.OpIn, spec.Of(texts)),
		spec.Overlaps("tags", texts), spec.Contains("tags", text), spec.Contains("name", text), spec.Matches("name", text), spec.Eq("tags", texts),
		spec.Any("parts", spec.Eq("whole.name", text)), spec.Eq("name", "x"), spec.IsNull("key"), spec.All(),
	} {
		if err := rows.Check(s, claims); err != nil {
			t.Errorf("%v: %v", s, err)
		}
		if err := rows.Check(s.Not(), nil); err != nil {
			t.Errorf("%v without claims: %v", s, err)
		}
	}
}

func TestTemplatesThatDoNotFit(t *testing.T) {
	rows, claims := templateSchemas(t)
	text, number, texts := spec.Var("text"), spec.Var("number"), spec.Var("texts")
	for _, test := range []struct {
		s    spec.Specification
		want error
		text string
	}{
		{spec.Eq("nam", text), spec.ErrUnknownField, `there is no such field`},
		{spec.Eq("name", spec.Var("account")), spec.ErrUnbound, `variable "account" is not bound`},
		{spec.Eq("name", number), spec.ErrType, `Eq("name"): the claim number is an int, which cannot be compared with a string`},
		{spec.Eq("truth", text), spec.ErrType, `the claim text is a string, which cannot be compared with a bool`},
		{spec.Eq("name", texts), spec.ErrType, `takes one value, the claim texts is a list`},
		{spec.Eq("tags", text), spec.ErrType, `a list cannot be compared with the claim text, which is one value`},
		{spec.NewLeaf("name", spec.OpIn, spec.Of(text)), spec.ErrType, `takes a list, the claim text is one value`},
		{spec.In("level", spec.Of("x"), spec.Of(number)), spec.ErrType, `a string cannot be compared with an int`},
		{spec.In("level", texts), spec.ErrType, `which cannot be compared with an int`},
		{spec.Lt("state", text), spec.ErrType, `the labels of an enum have no order`},
		{spec.HasPrefix("level", text), spec.ErrType, `looks into a text, the field is of kind int`},
		{spec.Overlaps("name", texts), spec.ErrType, `looks into a list`},
		{spec.Any("part", spec.All()), spec.ErrUnknownField, `there is no such relation`},
		{spec.Any("parts", spec.Eq("whole.key", number)), spec.ErrType, `Eq("parts.whole.key"): the claim number is an int`},
		{spec.Eq("name", "\x00"), spec.ErrValue, ``},
	} {
		if err := rows.Check(test.s.And(spec.IsNull("name")), claims); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
			t.Errorf("%v: have %v, want %v: %s", test.s, err, test.want, test.text)
		}
	}
}
