package main

import (
	"errors"
	"fmt"

	suggestions "github.com/rolespec/rolespec/internal/suggest"
	"github.com/rolespec/rolespec/spec"
)

// suggest returns "; did you mean ...?" for the name that is nearest to what was
// written, and nothing where none is near.
func suggest(written string, names []string) string {
	near := suggestions.Nearest(written, names)
	if near == "" {
		return ""
	}
	return "; did you mean " + near + "?"
}

// nearest adds to the error of a field that rows do not have the one that may be
// meant.
func nearest(err error, schema *spec.Schema) error {
	var field *spec.FieldError
	if !errors.Is(err, spec.ErrUnknownField) || !errors.As(err, &field) {
		return err
	}
	var names []string
	for f := range schema.Fields() {
		names = append(names, f.Name)
	}
	return fmt.Errorf("%w%s", err, suggest(field.Field, names))
}
