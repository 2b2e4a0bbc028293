package main

import "github.com/invopop/jsonschema"

// The parts that schemas are made of.

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

func only(value any) *jsonschema.Schema { return &jsonschema.Schema{Const: value} }

func among[T any](values ...T) *jsonschema.Schema {
	s := &jsonschema.Schema{}
	for _, v := range values {
		s.Enum = append(s.Enum, v)
	}
	return s
}

func either(schemas ...*jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: schemas}
}

func pattern(p string) *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Pattern: p} }

// list is a list of at least so many different items.
func list(items *jsonschema.Schema, least uint64) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "array", Items: items, UniqueItems: true}
	if least > 0 {
		s.MinItems = &least
	}
	return s
}

// object is a mapping of these keys in pairs of name and schema.
func object(pairs ...any) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
	for i := 0; i < len(pairs); i += 2 {
		s.Properties.Set(pairs[i].(string), pairs[i+1].(*jsonschema.Schema))
	}
	return s
}

// where is a condition on one key that has to be there.
func where(key string, value *jsonschema.Schema) *jsonschema.Schema {
	s := ifThere(key, value)
	s.Type = "object" // as a condition on keys is true of what has none
	s.Required = []string{key}
	return s
}

// ifThere is a condition on one key.
func ifThere(key string, value *jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{Properties: jsonschema.NewProperties()}
	s.Properties.Set(key, value)
	return s
}

func described(s *jsonschema.Schema, description string) *jsonschema.Schema {
	s.Description = description
	return s
}
