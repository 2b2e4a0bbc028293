package main

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// parseFields reads what --fields declares: fields separated by commas, each a
// name, a colon and a kind, in brackets for a list, with a question mark behind
// it where the field can be null. Nothing declares nothing: the schema is nil.
func parseFields(text string) (*spec.Schema, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var fields []spec.Field
	for i, part := range strings.Split(text, ",") {
		f, err := parseField(strings.TrimSpace(part))
		if err != nil {
			return nil, &usageError{text: fmt.Sprintf("--fields: field %d: %v", i+1, err)}
		}
		fields = append(fields, f)
	}
	schema, err := spec.NewSchema(fields...)
	if err != nil {
		return nil, &usageError{text: "--fields: " + plain(err)}
	}
	return schema, nil
}

func parseField(text string) (spec.Field, error) {
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 {
		return spec.Field{}, fmt.Errorf("%q has no kind: write name:kind, as in age:int", text)
	}
	name, kind := strings.TrimSpace(text[:colon]), strings.TrimSpace(text[colon+1:])
	if name == "" {
		return spec.Field{}, fmt.Errorf("%q has no name: write name:kind, as in age:int", text)
	}
	f, err := spec.ParseType(kind)
	if err != nil {
		return f, fmt.Errorf("%s%s", plain(err), suggest(strings.Trim(kind, "[]?"), spec.TypeNames()))
	}
	f.Name = name
	return f, nil
}
