package main

import (
	"encoding/json"
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/rolespec/rolespec/spec"
)

// specifications returns the schemas of rules: as text, and as the JSON of package
// spec.
func specifications() jsonschema.Definitions {
	one := uint64(1)
	defs := jsonschema.Definitions{
		"Rule": described(either(&jsonschema.Schema{Type: "string", MinLength: &one, Examples: []any{"#", "account == $account"}}, ref("Specification")),
			"A specification as text (created_by == $sub, where $sub is a claim) or as JSON. All rows are #, in quotes."),
		"Specification": specification(),
	}
	for name, s := range values() {
		defs[name] = s
	}
	return defs
}

// form is what operators have besides op.
type form struct {
	ops  []string
	keys []string
	may  []string // keys that can be left out
	then *jsonschema.Schema
}

func specification() *jsonschema.Schema {
	op := described(&jsonschema.Schema{}, "The operator.")
	s := object("op", op, "field", ref("FieldName"), "value", ref("Value"),
		"specs", &jsonschema.Schema{Type: "array", Items: ref("Specification")}, "spec", ref("Specification"), "relation", ref("FieldName"))
	s.Description = "A specification as JSON."
	s.Required = []string{"op"}
	for _, f := range forms() {
		for _, name := range f.ops {
			op.Enum = append(op.Enum, name)
		}
		then := f.then
		if then == nil {
			then = &jsonschema.Schema{}
		}
		then.Required = f.keys
		then.PropertyNames = among(slices.Concat([]string{"op"}, f.keys, f.may)...)
		s.AllOf = append(s.AllOf, &jsonschema.Schema{If: where("op", among(f.ops...)), Then: then})
	}
	describe(s, map[string]string{
		"field":    "The field of the row.",
		"value":    "What the field is compared with.",
		"specs":    "The specifications that are joined.",
		"spec":     "The specification that is negated, or asked of the rows of the relation.",
		"relation": "The relation whose rows are asked.",
	})
	return s
}

func describe(s *jsonschema.Schema, descriptions map[string]string) {
	for key, description := range descriptions {
		s.Properties.Value(key).Description = description
	}
}

func forms() []form {
	all := []form{
		{ops: []string{"empty", "none"}},
		{ops: []string{"and", "&", "or", "|"}, keys: []string{"specs"}},
		{ops: []string{"not", "!"}, keys: []string{"spec"}},
		{ops: []string{"any", "every"}, keys: []string{"relation", "spec"}},
	}
	for _, op := range leafOps() {
		f := form{ops: []string{jsonName(op)}, keys: []string{"field", "value"}, then: valueOf(op)}
		if op <= spec.OpGte {
			f.ops = append(f.ops, op.Symbol())
		}
		if op == spec.OpIsNull {
			f.keys, f.may = []string{"field"}, []string{"value"}
		}
		all = append(all, f)
	}
	return all
}

// leafOps returns all operators of conditions.
func leafOps() (ops []spec.Op) {
	for op := spec.Op(1); ; op++ {
		if spec.NewLeaf("a", op, spec.Null).Err() != nil {
			return ops
		}
		ops = append(ops, op)
	}
}

// jsonName returns what JSON calls an operator.
func jsonName(op spec.Op) string {
	var object struct{ Op string }
	text, err := spec.NewLeaf("a", op, spec.Of(spec.Var("v"))).MarshalJSON()
	if err == nil {
		err = json.Unmarshal(text, &object)
	}
	if err != nil {
		panic(err) // every operator takes a variable
	}
	return object.Op
}
