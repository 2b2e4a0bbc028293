package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

func TestParseFields(t *testing.T) {
	schema, err := parseFields(" id:int, name : string?,tags:[string]?,owner.id:uuid,a:b:time ")
	if err != nil {
		t.Fatal(err)
	}
	var have []spec.Field
	for f := range schema.Fields() {
		have = append(have, f)
	}
	want := []spec.Field{
		{Name: "id", Kind: spec.KindInt},
		{Name: "name", Kind: spec.KindString, Nullable: true},
		{Name: "tags", Kind: spec.KindString, List: true, Nullable: true},
		{Name: "owner.id", Kind: spec.KindUUID},
		{Name: "a:b", Kind: spec.KindTime},
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("-want +have\n%s", diff)
	}
	for _, name := range spec.TypeNames() {
		if _, err := parseFields("a:" + name); err != nil {
			t.Error(err)
		}
	}
	if schema, err := parseFields(" "); schema != nil || err != nil {
		t.Errorf("nothing declares nothing: have %v, %v", schema, err)
	}
}

func TestParseFieldsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"age":          `field 1: "age" has no kind`,
		"a:int,,b:int": "field 2:",
		":int":         "has no name",
		"a:integer":    `there is no type "integer"`,
		"a:strng":      "did you mean string?",
		"a:[int":       "no closing bracket",
		"a:int]":       `there is no type "int]"`,
		"a:[int?]":     `there is no type "[int?]"`,
		"a:[[int]]":    "there is no type",
		"a:int,a:int":  `field "a" is declared twice`,
		"a:null":       "there is no type",
		"a:int??":      "there is no type",
		"a:INT":        "there is no type",
		"a:int,b:int,": "field 3:",
		"a:[int]?x":    "no closing bracket",
		"a:int\x00":    "there is no type",
		"a:variable":   "there is no type",
		"a:list":       "there is no type",
	} {
		if _, err := parseFields(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: have %v, want %q", text, err, want)
		}
	}
}

// Whatever is declared can be read again from what it says.
func FuzzFields(f *testing.F) {
	for _, seed := range []string{"a:int", "a:int,b:string?", "a:[uuid]?", "a.b:decimal", "", ",", ":", "a:[", "a:?", "é:date"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		schema, err := parseFields(text)
		if err != nil {
			return
		}
		again, err := parseFields(declared(schema))
		if err != nil {
			t.Fatalf("%q: %v", declared(schema), err)
		}
		if have, want := declared(again), declared(schema); have != want {
			t.Errorf("have %q, want %q", have, want)
		}
	})
}

// declared writes a schema as --fields takes it.
func declared(schema *spec.Schema) string {
	var parts []string
	for f := range schema.Fields() {
		kind := f.Kind.String()
		if f.List {
			kind = "[" + kind + "]"
		}
		if f.Nullable {
			kind += "?"
		}
		parts = append(parts, f.Name+":"+kind)
	}
	return strings.Join(parts, ",")
}
