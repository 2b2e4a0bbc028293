package main

import suggestions "github.com/rolespec/rolespec/internal/suggest"

// suggest returns "; did you mean ...?" for the name that is nearest to what was
// written, and nothing where none is near.
func suggest(written string, names []string) string {
	near := suggestions.Nearest(written, names)
	if near == "" {
		return ""
	}
	return "; did you mean " + near + "?"
}
