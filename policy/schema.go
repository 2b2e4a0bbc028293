package policy

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema of policy files (draft 2020-12): what editors
// complete, describe and underline. It says what a file may look like and nothing
// of the names in it; the last word is that of [Parse]. Who has it in a file tells
// an editor by a comment in the policy:
//
//	# yaml-language-server: $schema=policy.schema.json
//
// The slice is a copy.
func Schema() []byte { return slices.Clone(schema) }
