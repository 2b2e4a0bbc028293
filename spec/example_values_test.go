package spec_test

import (
	"fmt"
	"time"

	"github.com/rolespec/rolespec/spec"
)

func ExampleOf() {
	fmt.Println(spec.Of(uint8(7)).Equal(spec.Of(7)), spec.Of(7).Kind(), spec.Of("x").Kind())
	// Output: true int string
}

// A caller without an account sees no task, and not the tasks of nobody.
func ExampleNullable() {
	var account *int
	show(spec.Eq("account_id", spec.Nullable(account)))
	account = ptr(8)
	show(spec.Eq("account_id", spec.Nullable(account)))
	// Output:
	// [] where account_id == None
	// [3] where account_id == 8
}

func ExampleValueOf() {
	value, err := spec.ValueOf([]any{7, "seven", nil})
	fmt.Println(value, err)
	_, err = spec.ValueOf(map[string]any{"a": 1})
	fmt.Println(err)
	// Output:
	// [7, "seven", None] <nil>
	// spec: a map[string]interface {} is no value
}

func ExampleVar() {
	fmt.Println(spec.Eq("account_id", spec.Var("account")))
	// Output: account_id == $account
}

func ExampleDateOf() {
	at := time.Date(2024, 7, 1, 23, 30, 0, 0, time.UTC)
	fmt.Println(spec.DateOf(at), spec.DateOf(at.In(time.FixedZone("Tokyo", 9*3600))))
	// Output: 2024-07-01 2024-07-02
}

func ExampleParseDate() {
	day, err := spec.ParseDate("2024-02-29")
	fmt.Println(day, err)
	_, err = spec.ParseDate("2023-02-29")
	fmt.Println(err)
	// Output:
	// 2024-02-29 <nil>
	// spec: a date of 10 bytes is not a YYYY-MM-DD of the years 1 to 9999
}

func ExampleParseDecimal() {
	price, err := spec.ParseDecimal("12.50")
	fmt.Println(price, err)
	// Output: 12.5 <nil>
}

func ExampleMustDecimal() {
	fmt.Println(spec.MustDecimal("1.50") == spec.MustDecimal("1.5"))
	// Output: true
}

func ExampleDecimalOf() {
	cents := int64(1250) // as a column of integers stores it
	fmt.Println(spec.DecimalOf(cents, 2))
	// Output: 12.5
}

func ExampleDecimal_Compare() {
	fmt.Println(spec.MustDecimal("9.99").Compare(spec.MustDecimal("10")))
	// Output: -1
}

func ExampleTruth() {
	fmt.Println(spec.True.And(spec.Unknown), spec.True.Or(spec.Unknown), spec.Unknown.Not())
	// Output: unknown true unknown
}

func ExampleSchemaOf() {
	schema, err := spec.SchemaOf[Task]()
	if err != nil {
		fmt.Println(err)
		return
	}
	for field := range schema.Fields() {
		fmt.Println(field.Name, field.Kind, field.Nullable, field.List, field.Labels)
	}
	// Output:
	// id int false false []
	// account_id int true false []
	// name string false false []
	// status string false false [open done]
	// labels string true true []
	// due_on date true false []
	// price decimal false false []
}

func ExampleNewSchema() {
	schema, err := spec.NewSchema(
		spec.Field{Name: "id", Kind: spec.KindInt},
		spec.Field{Name: "owner.name", Kind: spec.KindString, Nullable: true},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	field, ok := schema.Field("owner.name")
	fmt.Println(field.Kind, field.Nullable, ok)
	// Output: string true true
}

// With a schema, maps are checked as structs are.
func ExampleWithSchema() {
	schema, err := spec.NewSchema(spec.Field{Name: "due", Kind: spec.KindDate})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = spec.Compile[map[string]any](spec.Eq("deu", "2024-07-01"), spec.WithSchema(schema))
	fmt.Println(err)
	matcher, err := spec.Compile[map[string]any](spec.Lt("due", "2024-07-01"), spec.WithSchema(schema))
	fmt.Println(matcher.Match(&map[string]any{"due": "2024-06-30"}), err)
	// Output:
	// spec: Eq("deu"): there is no such field
	// true <nil>
}

func ExampleSchema_Resolve() {
	schema, err := spec.SchemaOf[Task]()
	if err != nil {
		fmt.Println(err)
		return
	}
	resolved, err := schema.Resolve(spec.Eq("price", "2.50").And(spec.Eq("id", 1.0)))
	fmt.Println(resolved, err)
	// Output: price == decimal("2.5") && id == 1 <nil>
}

func ExampleClaimGetter() {
	type Claims struct {
		Subject string `json:"sub"`
		Account *int   `json:"account"`
	}
	account, claim, err := spec.ClaimGetter[Claims]("account")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(claim.Kind, account(&Claims{Subject: "ann", Account: ptr(7)}), account(&Claims{Subject: "bob"}))
	// Output: int 7 None
}
