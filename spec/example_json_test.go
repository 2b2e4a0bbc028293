package spec_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

func ExampleSpecification_MarshalJSON() {
	mine := spec.Or(
		spec.Eq("account_id", spec.Var("account")),
		spec.Any("members", spec.Eq("user_id", "ann")),
		spec.Lt("expires", spec.Date{Year: 2024, Month: 7, Day: 1}),
	)
	text, err := json.MarshalIndent(mine, "", "  ")
	fmt.Println(string(text), err)
	// Output:
	// {
	//   "op": "or",
	//   "specs": [
	//     {
	//       "op": "eq",
	//       "field": "account_id",
	//       "value": {
	//         "var": "account"
	//       }
	//     },
	//     {
	//       "op": "any",
	//       "relation": "members",
	//       "spec": {
	//         "op": "eq",
	//         "field": "user_id",
	//         "value": "ann"
	//       }
	//     },
	//     {
	//       "op": "lt",
	//       "field": "expires",
	//       "value": {
	//         "date": "2024-07-01"
	//       }
	//     }
	//   ]
	// } <nil>
}

func ExampleSpecification_UnmarshalJSON() {
	var policy struct {
		Name string             `json:"name"`
		Rows spec.Specification `json:"rows"`
	}
	err := json.Unmarshal([]byte(`{"name": "adults", "rows": {"op": ">=", "field": "age", "value": 18}}`), &policy)
	fmt.Println(policy.Name, policy.Rows, err)

	err = json.Unmarshal([]byte(`{"rows": {"op": "and", "specs": [{"op": "gte", "field": "age", "valeu": 18}]}}`), &policy)
	fmt.Println(policy.Rows, err)

	var refused *spec.DecodeError
	if errors.As(err, &refused) {
		fmt.Println(refused.Path)
	}
	// Output:
	// adults age >= 18 <nil>
	// !# spec: JSON at $.specs[0] (byte 54): no specification has the key "valeu"
	// $.specs[0]
}
