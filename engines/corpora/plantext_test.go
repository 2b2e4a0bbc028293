package corpora_test

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// prefix: a field begins with a text or, the other way round, is one of those
// with which a text begins.
func (s scope) prefix(e expression) (spec.Specification, error) {
	field, value, turned, ok := s.ordered(e)
	text, isText := value.(string)
	switch {
	case !ok || !isText:
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	case turned:
		return spec.In(field, prefixes(text)...), nil
	}
	return spec.HasPrefix(field, text), nil
}

// ancestors: the paths above a path are finitely many.
func (s scope) ancestors(e expression) (spec.Specification, error) {
	field, ok := s.field(e.operands[0].operands[0])
	path, isPath := evaluator{}.value(e.operands[1]).([]string)
	if !ok || !isPath {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	above := []string{}
	for n := 1; n < len(path); n++ {
		above = append(above, strings.Join(path[:n], "."))
	}
	return spec.In(field, above...), nil
}

// prefixes returns the texts with which a text begins, from "" to the whole.
func prefixes(text string) []string {
	found := []string{}
	for i := range text {
		found = append(found, text[:i])
	}
	return append(found, text)
}

// casings returns every text of which text is the form in capitals.
func casings(text string) []string {
	forms := []string{""}
	for _, r := range text {
		var longer []string
		for _, form := range forms {
			longer = append(longer, form+string(r))
			if r >= 'A' && r <= 'Z' {
				longer = append(longer, form+string(r-'A'+'a'))
			}
		}
		forms = longer
	}
	return forms
}
