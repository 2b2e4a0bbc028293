package policy_test

import (
	"encoding/json"
	"fmt"

	"github.com/rolespec/rolespec/policy"
)

// Written to a file, the schema is what editors complete and check policies by.
func ExampleSchema() {
	var schema struct {
		Draft    string `json:"$schema"`
		Required []string
	}
	fmt.Println(json.Unmarshal(policy.Schema(), &schema))
	fmt.Println(schema.Draft, schema.Required)
	// Output:
	// <nil>
	// https://json-schema.org/draft/2020-12/schema [rolespec roles]
}
