package document

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlText returns a rule of one line as YAML writes it behind a key: plain where
// it is read as the same text, else in double quotes where nothing has to be
// escaped in them, else in single quotes. A rule has no characters that cannot be
// seen, so that single quotes hold any.
func yamlText(rule string, flow bool) string {
	switch {
	case isPlain(rule, flow):
		return rule
	case !strings.ContainsAny(rule, `"\`):
		return `"` + rule + `"`
	}
	return "'" + strings.ReplaceAll(rule, "'", "''") + "'"
}

// isPlain asks the parser, who has the last word.
func isPlain(rule string, flow bool) bool {
	text := "k: " + rule
	if flow {
		text = "{" + text + "}"
	}
	var n yaml.Node
	if err := decodeYAML(yaml.NewDecoder(bytes.NewReader([]byte(text))), &n); err != nil || len(n.Content) != 1 {
		return false
	}
	mapping := n.Content[0]
	if mapping.Kind != yaml.MappingNode || len(mapping.Content) != 2 {
		return false
	}
	value := mapping.Content[1]
	return value.Kind == yaml.ScalarNode && value.Style == 0 && value.Tag == "!!str" && value.Value == rule
}
