package main

import "github.com/invopop/jsonschema"

// What a name in a request or a token can be: characters that are seen, and blanks
// between them.
const (
	seen     = `\p{L}\p{M}\p{N}\p{P}\p{S}`
	spelling = `^[` + seen + `]([` + seen + ` ]*[` + seen + `])?$`
	noName   = `[^` + seen + ` ]|^ | $|^\*$` // or is that of everything
)

// names returns the schemas of what things are called.
func names() jsonschema.Definitions {
	all := only("*")
	one := uint64(1)
	text := &jsonschema.Schema{Type: "string", MinLength: &one}
	return jsonschema.Definitions{
		"Version":  described(&jsonschema.Schema{Type: "integer", Const: 1}, "The version of the format: 1."),
		"Flag":     {Type: "boolean"},
		"Name":     text,
		"Names":    described(either(ref("Name"), list(ref("Name"), 0)), "A name, or a list of names."),
		"Combine":  described(among("first", "union"), "first or union"),
		"RoleName": {Type: "string", Pattern: spelling, Not: all},
		"Endpoint": {Type: "string", Pattern: spelling, Not: all},
		"Method":   {AllOf: []*jsonschema.Schema{pattern(spelling), pattern(`^[^ ,;|*]+$`)}, Examples: []any{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "EXECUTE"}},
		"Endpoints": described(either(ref("Endpoint"), list(ref("Endpoint"), 0)),
			"The name of an endpoint, or a list of names."),
		"SomeEndpoints": described(either(ref("Endpoint"), list(ref("Endpoint"), 1)),
			"The name of an endpoint, or a list of names."),
		"TargetEndpoints": described(either(ref("Everything"), ref("SomeEndpoints")),
			`The name of an endpoint, a list of names, or "*" for every endpoint.`),
		"TargetMethods": described(either(ref("Everything"), ref("Method"), list(ref("Method"), 1)),
			`A method, a list of methods, or "*" for every method.`),
		"Everything": described(among[any]("*", []string{"*"}), `"*", alone.`),
	}
}

// refine adds to the schemas of the types what is known of them besides.
func refine(defs jsonschema.Definitions) {
	defs["Role"].Properties.Value("name").Ref = "#/$defs/RoleName"
	defs["Resource"].Properties.Value("endpoints").Ref = "#/$defs/Endpoints"
	defs["Relation"].OneOf = []*jsonschema.Schema{{Required: []string{"one"}}, {Required: []string{"many"}}}
	for _, name := range []string{"Grant", "Denial", "Restriction"} {
		target := defs[name]
		target.Properties.Value("endpoint").Ref = "#/$defs/TargetEndpoints"
		target.Properties.Value("methods").Ref = "#/$defs/TargetMethods"
		target.If = where("endpoint", ref("Everything"))
		target.Then = ifThere("methods", ref("Everything"))
		target.Else = &jsonschema.Schema{Required: []string{"methods"}}
	}
	defs["Denial"].Then.Properties.Set("rule", jsonschema.FalseSchema) // some rows of everything
	exception(defs["Target"])
	longTypes(defs["LongType"])
}

// resources says that one whose name is no name of an endpoint has to have others.
func resources(all *jsonschema.Schema) {
	named := &jsonschema.Schema{Required: []string{"endpoints"}}
	all.PatternProperties = map[string]*jsonschema.Schema{noName: {AllOf: []*jsonschema.Schema{ref("Resource"), named}}}
}

// exception says what a role can make an exception of: not of everything.
func exception(target *jsonschema.Schema) {
	target.Description = "Methods of endpoints that are taken out of wider grants."
	target.Required = []string{"endpoint", "methods"}
	target.Properties.Value("endpoint").Ref = "#/$defs/SomeEndpoints"
	target.Properties.Value("endpoint").Description = "An endpoint, or several."
	target.Properties.Value("methods").Ref = "#/$defs/TargetMethods"
}
