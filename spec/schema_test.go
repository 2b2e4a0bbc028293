package spec_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

func TestNewSchema(t *testing.T) {
	fields := []spec.Field{
		{Name: "id", Kind: spec.KindInt},
		{Name: "owner.name", Kind: spec.KindString, Nullable: true},
		{Name: "status", Kind: spec.KindString, Labels: []string{"open", "done"}},
		{Name: "tags", Kind: spec.KindString, List: true},
	}
	sc := must(spec.NewSchema(fields...))(t)
	var have []spec.Field
	for f := range sc.Fields() {
		have = append(have, f)
	}
	if diff := cmp.Diff(fields, have); diff != "" {
		t.Errorf("fields (-want +have):\n%s", diff)
	}
	fields[0].Name, fields[2].Labels[0] = "x", "x"
	if _, ok := sc.Field("x"); ok {
		t.Error("the schema is its caller's slice")
	}
	if _, err := sc.Resolve(spec.Eq("status", "x")); err == nil {
		t.Error("the schema's labels are its caller's slice")
	}
	for f := range sc.Fields() {
		if f.Name != "id" {
			t.Errorf("the first field is %v", f)
		}
		break
	}
}

func TestNewSchemaRefuses(t *testing.T) {
	for name, fields := range map[string][]spec.Field{
		"no name":          {{Kind: spec.KindInt}},
		"no kind":          {{Name: "a"}},
		"twice":            {{Name: "a", Kind: spec.KindInt}, {Name: "a", Kind: spec.KindString}},
		"a list of lists":  {{Name: "a", Kind: spec.KindList}},
		"a variable":       {{Name: "a", Kind: spec.KindVariable}},
		"an invalid kind":  {{Name: "a", Kind: spec.KindVariable + 1}},
		"no such kind":     {{Name: "a", Kind: 200}},
		"labels of an int": {{Name: "a", Kind: spec.KindInt, Labels: []string{"1"}}},
	} {
		if sc, err := spec.NewSchema(fields...); err == nil || sc != nil {
			t.Errorf("%s: have %v, want an error", name, sc)
		}
	}
}

func TestNilSchema(t *testing.T) {
	var sc *spec.Schema
	if _, ok := sc.Field("a"); ok {
		t.Error("the nil Schema has a field")
	}
	for f := range sc.Fields() {
		t.Errorf("the nil Schema has the field %v", f)
	}
	if _, err := sc.Resolve(spec.IsNull("a")); !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("have %v, want ErrUnknownField", err)
	}
	if s, err := sc.Resolve(spec.All()); err != nil || !s.IsAll() {
		t.Errorf("have %v (error %v), want All: it names no field", s, err)
	}
}

// Resolve gives every value the kind of its field, and changes nothing else.
func TestResolve(t *testing.T) {
	sc := must(spec.SchemaOf[sample]())(t)
	for _, test := range []struct{ s, want spec.Specification }{
		{spec.All(), spec.All()},
		{spec.None(), spec.None()},
		{spec.Eq("int", 7.0), spec.Eq("int", 7)},
		{spec.Eq("uint", 7), spec.Eq("uint", 7)},
		{spec.Eq("float", 7), spec.Eq("float", 7.0)},
		{spec.Eq("float", dec("0.5")), spec.Eq("float", 0.5)},
		{spec.Eq("decimal", 7), spec.Eq("decimal", dec("7"))},
		{spec.Eq("decimal", 0.1), spec.Eq("decimal", dec("0.1"))},
		{spec.Eq("decimal", "0.10"), spec.Eq("decimal", dec("0.1"))},
		{spec.Eq("time", "2024-07-01T14:00:00+02:00"), spec.Eq("time", noon)},
		{spec.Eq("date", "2024-07-01"), spec.Eq("date", date(2024, 7, 1))},
		{spec.Eq("uuid", idText), spec.Eq("uuid", id)},
		{spec.Eq("text", idText), spec.Eq("text", idText)},
		{spec.In("int", spec.Of(7.0), spec.Null), spec.In("int", spec.Of(7), spec.Null)},
		{spec.Contains("nums", 7.0), spec.Contains("nums", 7)},
		{spec.Eq("nums", listValue(7.0, nil)), spec.Eq("nums", listValue(7, nil))},
		{spec.In("nums", listValue(7.0)), spec.In("nums", listValue(7))},
		{spec.Eq("int", spec.Null), spec.Eq("int", spec.Null)},
		{spec.Not(spec.And(p2, spec.Or(p2, spec.Eq("int", 7.0)))), spec.Not(spec.And(p2, spec.Or(p2, spec.Eq("int", 7))))},
	} {
		have, err := sc.Resolve(test.s)
		if err != nil || !have.Equal(test.want) {
			t.Errorf("%v: have %v (error %v), want %v", test.s, have, err, test.want)
		}
		if again, err := sc.Resolve(have); err != nil || !again.Equal(have) {
			t.Errorf("%v: resolved twice %v (error %v)", test.s, again, err)
		}
	}
	if s, err := sc.Resolve(spec.Eq("txet", "")); err == nil || !s.IsNone() {
		t.Errorf("beside the error %v stands %v, want None", err, s)
	}
}

var p2 = spec.Eq("text", "x")

func TestSchemaIsMadeOncePerType(t *testing.T) {
	first, second := must(spec.SchemaOf[task]())(t), must(spec.SchemaOf[task]())(t)
	if first != second {
		t.Error("two schemas of one type")
	}
	values, pointers := must(spec.SchemaOf[task]())(t), must(spec.SchemaOf[*task]())(t)
	for f := range values.Fields() {
		if g, ok := pointers.Field(f.Name); !ok || !cmp.Equal(f, g) {
			t.Errorf("%v of a struct is %v of a pointer to it", f, g)
		}
	}
}

// A schema that nobody set declares no fields; it does not let every name pass.
func TestWithNilSchema(t *testing.T) {
	if _, err := spec.Compile[map[string]any](spec.IsNull("typo"), spec.WithSchema(nil)); !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("have %v, want ErrUnknownField", err)
	}
}

// Who asks for a field gets labels of its own.
func TestSchemaNeverChanges(t *testing.T) {
	type row struct {
		Status string `spec:"status,enum=open|done"`
	}
	sc := must(spec.SchemaOf[row]())(t)
	f, _ := sc.Field("status")
	f.Labels[0] = "changed by Field"
	for f := range sc.Fields() {
		f.Labels[1] = "changed by Fields"
	}
	if _, err := spec.Compile[row](spec.In("status", "open", "done")); err != nil {
		t.Error(err)
	}
}
