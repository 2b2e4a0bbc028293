package main

import (
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/rolespec/rolespec/spec"
)

// types returns the schemas of the types of fields and claims.
func types() jsonschema.Definitions {
	kinds := strings.Join(spec.TypeNames(), "|")
	text := pattern(`^((` + kinds + `)|\[(` + kinds + `)\])\??$`)
	for _, name := range spec.TypeNames() {
		text.Examples = append(text.Examples, name)
	}
	one := uint64(1)
	brackets := &jsonschema.Schema{Type: "array", Items: among(spec.TypeNames()...), MinItems: &one, MaxItems: &one}
	return jsonschema.Definitions{
		"Type": described(either(text, brackets, ref("LongType")),
			"One of "+strings.Join(spec.TypeNames(), ", ")+"; with a question mark where it can be null (time?), in brackets for a list ([string]); or the long form, {enum: [open, done], nullable: true}."),
		"StringType": described(stringType(), "A type of texts without labels."),
		"NullableType": described(either(pattern(`\?$`), where("nullable", only(true)), where("type", ref("NullableType"))),
			"A type that can be null."),
	}
}

// stringType is what an enum can be of.
func stringType() *jsonschema.Schema {
	long := where("type", ref("StringType"))
	long.Properties.Set("enum", jsonschema.FalseSchema)
	return either(pattern(`^(string|\[string\])\??$`), &jsonschema.Schema{Type: "array", Items: only("string")}, long)
}

// longTypes adds what the parts of a long type say of each other.
func longTypes(long *jsonschema.Schema) {
	long.AnyOf = []*jsonschema.Schema{{Required: []string{"type"}}, {Required: []string{"enum"}}}
	enum := long.Properties.Value("enum")
	enum.Ref, enum.AnyOf = "", []*jsonschema.Schema{ref("Name"), list(ref("Name"), 1)}
	long.DependentSchemas = map[string]*jsonschema.Schema{"enum": ifThere("type", ref("StringType"))}
	long.If = where("nullable", only(false))
	long.Then = ifThere("type", &jsonschema.Schema{Not: ref("NullableType")})
}
