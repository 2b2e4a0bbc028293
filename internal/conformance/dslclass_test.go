package conformance_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/internal/conformance"
)

var (
	listAsValue  = regexp.MustCompile(`(?:[=<>]|contains|matches) *\[|\[.*\[`)
	fieldAsValue = regexp.MustCompile(`[=<>]\s*[A-Za-z_]`)
)

func anyLeaf(tree conformance.Tree, is func(conformance.Tree) bool) (found bool) {
	tree.Atoms(func(l conformance.Tree) { found = found || l.Field != "" && is(l) })
	return found
}

func hasBackslash(value any) bool {
	return anyText(value, func(s string) bool { return strings.Contains(s, `\`) })
}

// decodeEscapes is the tree with the escapes of its texts decoded, which the
// ancestor keeps as they are written. Not ok where one is no escape of ours.
func decodeEscapes(tree conformance.Tree) (conformance.Tree, bool) {
	if tree.Spec != nil {
		sub, ok := decodeEscapes(*tree.Spec)
		tree.Spec = &sub
		return tree, ok
	}
	specs := make([]conformance.Tree, len(tree.Specs))
	for i, sub := range tree.Specs {
		var ok bool
		if specs[i], ok = decodeEscapes(sub); !ok {
			return tree, false
		}
	}
	tree.Specs = specs
	value, ok := decodeValue(tree.Value)
	tree.Value = value
	return tree, ok
}

// textOf writes a tree that was changed as the ancestor writes one.
func textOf(tree conformance.Tree) []byte {
	keys := map[string]any{"op": tree.Op}
	switch {
	case tree.Spec != nil:
		keys["spec"] = json.RawMessage(textOf(*tree.Spec))
	case tree.Op == "and" || tree.Op == "or":
		specs := make([]json.RawMessage, len(tree.Specs))
		for i, sub := range tree.Specs {
			specs[i] = textOf(sub)
		}
		keys["specs"] = specs
	case tree.Op != "empty":
		keys["field"], keys["value"] = tree.Field, tree.Value
	}
	text, err := json.Marshal(keys)
	if err != nil {
		return nil
	}
	return text
}

func decodeValue(value any) (any, bool) {
	switch v := value.(type) {
	case string:
		return decodeText(v)
	case []any:
		decoded := make([]any, len(v))
		for i, e := range v {
			var ok bool
			if decoded[i], ok = decodeValue(e); !ok {
				return v, false
			}
		}
		return decoded, true
	}
	return value, true
}

// notOurs finds an escape that only Go has.
var notOurs = regexp.MustCompile(`^(?:[^\\]|\\[^abfv0-7])*\\[abfv0-7]`)

func decodeText(s string) (string, bool) {
	if notOurs.MatchString(s) {
		return s, false
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, `\'`, `'`), "\n", `\n`)
	text, err := strconv.Unquote(`"` + unescapedQuote.ReplaceAllString(s, `$1\"`) + `"`)
	return text, err == nil
}

// unescapedQuote is a double quote that was written between single ones.
var unescapedQuote = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)"`)
