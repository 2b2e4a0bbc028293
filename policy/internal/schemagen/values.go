package main

import (
	"github.com/invopop/jsonschema"

	"github.com/rolespec/rolespec/spec"
)

// noNUL is what a text can be.
const noNUL = `^[^\x00]*$`

// values returns the schemas of the values that a field is compared with.
func values() jsonschema.Definitions {
	tagged := object(
		"decimal", described(pattern(`^-?[0-9]{1,400}(\.[0-9]{1,400})?$`), "A decimal number: digits, and perhaps a point and digits."),
		"bytes", described(pattern(`^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$`), "Bytes in base64."),
		"time", described(pattern(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`), "An instant with its zone: 2024-07-01T12:00:00Z."),
		"date", described(pattern(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`), "A day: 2024-07-01."),
		"uuid", described(pattern(`^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$`), "A UUID."),
	)
	one := uint64(1)
	tagged.MinProperties, tagged.MaxProperties = &one, &one
	variable := object("var", described(&jsonschema.Schema{Type: "string", MinLength: &one, Pattern: noNUL}, "The name of the claim."))
	variable.Required = []string{"var"}
	other := object("field", described(ref("FieldName"), "The name of the field."))
	other.Required = []string{"field"}
	return jsonschema.Definitions{
		"FieldName":  {Type: "string", MinLength: &one},
		"Null":       {Type: "null"},
		"Text":       pattern(noNUL),
		"Scalar":     described(either(&jsonschema.Schema{Type: "boolean"}, &jsonschema.Schema{Type: "number"}, ref("Text"), ref("Tagged")), "A constant that is no list."),
		"Tagged":     described(tagged, "A constant of a kind that JSON has no literal for."),
		"Variable":   described(variable, "A claim."),
		"OtherField": described(other, "Another field of the row."),
		"List":       described(&jsonschema.Schema{Type: "array", Items: either(ref("Null"), ref("Scalar"), ref("Variable"), ref("List"))}, "A list of constants and claims."),
		"Value":      either(ref("Null"), ref("Scalar"), ref("Variable"), ref("OtherField"), ref("List")),
	}
}

// valueOf returns what the operator can be given, as its constructor says.
func valueOf(op spec.Op) *jsonschema.Schema {
	takes := func(v spec.Value) bool { return spec.NewLeaf("a", op, v).Err() == nil }
	value := either(ref("Null"), ref("Variable"))
	switch {
	case op == spec.OpIsNull:
		value = ref("Null")
	case takes(spec.Of(1)):
		value.AnyOf = append(value.AnyOf, ref("Scalar"))
	case takes(spec.Of("a")):
		value.AnyOf = append(value.AnyOf, ref("Text"))
	}
	if list, err := spec.ValueOf([]int{1}); err == nil && op != spec.OpIsNull && takes(list) {
		value.AnyOf = append(value.AnyOf, ref("List"))
	}
	if op != spec.OpIsNull && takes(spec.Of(spec.Ref("b"))) {
		value.AnyOf = append(value.AnyOf, ref("OtherField"))
	}
	return ifThere("value", value)
}
