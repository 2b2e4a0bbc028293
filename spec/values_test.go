package spec_test

import (
	"encoding/json"
	"math"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

type jsonNumber = json.Number

// Every accessor gives its own kind, and nothing of any other.
func TestValueAccessors(t *testing.T) {
	type seen struct {
		Kind    spec.Kind
		Null    bool
		Bool    bool
		Int     int64
		Uint    uint64
		Float   float64
		Decimal string
		Text    string
		Bytes   []byte
		Time    time.Time
		Date    spec.Date
		UUID    [16]byte
		Var     string
		List    int
	}
	for _, test := range []struct {
		v    spec.Value
		want seen
	}{
		{spec.Null, seen{Null: true, Decimal: "0"}},
		{spec.Of(true), seen{Kind: spec.KindBool, Bool: true, Decimal: "0"}},
		{spec.Of(-7), seen{Kind: spec.KindInt, Int: -7, Decimal: "-7"}},
		{spec.Of(uint64(1 << 63)), seen{Kind: spec.KindUint, Uint: 1 << 63, Decimal: "9223372036854775808"}},
		{spec.Of(0.1), seen{Kind: spec.KindFloat, Float: 0.1, Decimal: "0.1"}},
		{spec.Of(1e22), seen{Kind: spec.KindFloat, Float: 1e22, Decimal: "10000000000000000000000"}},
		{spec.Of(-1e-7), seen{Kind: spec.KindFloat, Float: -1e-7, Decimal: "-0.0000001"}},
		{spec.Of(dec("1.50")), seen{Kind: spec.KindDecimal, Decimal: "1.5"}},
		{spec.Of("x"), seen{Kind: spec.KindString, Text: "x", Decimal: "0"}},
		{spec.Of([]byte("x")), seen{Kind: spec.KindBytes, Bytes: []byte("x"), Decimal: "0"}},
		{spec.Of(noon.In(tokyo)), seen{Kind: spec.KindTime, Time: noon, Decimal: "0"}},
		{spec.Of(date(2024, 2, 29)), seen{Kind: spec.KindDate, Date: date(2024, 2, 29), Decimal: "0"}},
		{spec.Of(id), seen{Kind: spec.KindUUID, UUID: id, Decimal: "0"}},
		{spec.Of(spec.Var("a.b")), seen{Kind: spec.KindVariable, Var: "a.b", Decimal: "0"}},
		{listValue(1, nil), seen{Kind: spec.KindList, List: 2, Decimal: "0"}},
	} {
		v := test.v
		have := seen{
			v.Kind(), v.IsNull(), v.Bool(), v.Int(), v.Uint(), v.Float(), v.Decimal().String(), v.Text(), v.Bytes(),
			v.Time(), v.Date(), v.UUID(), v.Variable(), len(v.List()),
		}
		if diff := cmp.Diff(test.want, have); diff != "" {
			t.Errorf("%v (-want +have):\n%s", v, diff)
		}
		if !v.Equal(v) || !v.Equal(spec.Of(v)) {
			t.Errorf("%v does not equal itself", v)
		}
	}
	if at := spec.Of(noon.In(tokyo)).Time(); at.Location() != time.UTC {
		t.Errorf("an instant is of %v, want UTC", at.Location())
	}
}

func TestNullableValue(t *testing.T) {
	if have := spec.Nullable[int](nil); !have.IsNull() {
		t.Errorf("have %v, want null", have)
	}
	if have := spec.Nullable(ptr(noon)); !have.Equal(spec.Of(noon)) {
		t.Errorf("have %v, want %v", have, noon)
	}
	var account *int64 // a caller without an account
	rows := []account2{{nil}, {ptr[int64](7)}}
	if have := must(spec.Filter(spec.Eq("account_id", spec.Nullable(account)), rows))(t); len(have) > 0 {
		t.Errorf("%d rows for a caller without an account", len(have))
	}
}

type account2 struct{ AccountID *int64 }

func TestValueOfRefuses(t *testing.T) {
	for name, v := range map[string]any{
		"map": map[string]any{}, "func": func() {}, "chan": make(chan int), "complex": complex(1, 2), "struct": struct{ A int }{1},
		"raw JSON": json.RawMessage(`"x"`), "NaN": math.NaN(), "Inf": float32(math.Inf(1)), "NUL": "\x00", "not UTF-8": name("\xff"),
		"long": strings.Repeat("x", spec.MaxText+1), "zero time": time.Time{}, "no day": date(2024, 2, 30), "zero date": &spec.Date{},
		"list with NaN": []any{1, math.NaN()}, "list with a map": []any{map[string]any{}}, "list of lists with NaN": [][]float64{{math.NaN()}},
		"failing marshaler": color{r: 255}, "number of words": json.Number("seven"), "number too large": json.Number("1e999"), "empty number": json.Number(""),
		"hex number": json.Number("0x10"), "number of 401 digits": json.Number(strings.Repeat("9", 401)), "variable without a name": spec.Var(""),
		"invalid value": spec.Of(math.NaN()), "NullFloat64 of NaN": valid(math.NaN()), "reflective pointer": ptr(struct{}{}),
	} {
		if have, err := spec.ValueOf(v); err == nil || !have.IsNull() {
			t.Errorf("%s: have %v, error %v", name, have, err)
		}
	}
	for name, v := range map[string]any{"unset NaN": nullFloat{V: math.NaN()}, "address": netip.MustParseAddr("::1")} {
		if _, err := spec.ValueOf(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type nullFloat struct {
	V     float64
	Valid bool
}

// What a caller passed in, or gets out, is not what the specification holds.
func TestImmutable(t *testing.T) {
	ids, raw, terms, anys := []int{1, 2}, []byte("ab"), []spec.Specification{p, q}, []any{1, []byte("x")}
	value := must(spec.ValueOf(anys))(t)
	for name, s := range map[string]spec.Specification{
		"In": spec.In("f", ids...), "bytes": spec.Eq("f", raw), "And": spec.And(terms...), "Or": spec.Or(terms...), "method": r.And(terms...),
		"list": spec.Eq("f", value), "In of values": spec.In("f", value), "In of bytes": spec.In("f", raw),
	} {
		before := s.String()
		ids[0], raw[0], terms[0], anys[0], anys[1].([]byte)[0] = 99, 'X', spec.All(), 99, 'X'
		for leaf := range s.Leaves() {
			if b := leaf.Value.Bytes(); len(b) > 0 {
				b[0] = 'X'
			}
			for i := range leaf.Value.List() {
				list := leaf.Value.List()
				list[i] = spec.Null
			}
			leaf.Field, leaf.Value = "other", spec.Null
		}
		if have := s.String(); have != before {
			t.Errorf("%s: was %s, is %s", name, before, have)
		}
		ids[0], raw[0], terms[0], anys[0], anys[1].([]byte)[0] = 1, 'a', p, 1, 'x'
	}

	// Two built on one must not share what one of them appends.
	three := spec.And(p, q, r)
	one, two := three.And(spec.Eq("x", 1)), three.And(spec.Eq("y", 2))
	if one.Equal(two) || one.String() != three.String()+" && x == 1" || two.String() != three.String()+" && y == 2" {
		t.Errorf("one is %v, two is %v", one, two)
	}
	spare := make([]spec.Specification, 2, 10)
	spare[0], spare[1] = p, q
	first, second := r.Or(spare...), r.Or(spare...)
	if !first.Equal(second) || len(spare) != 2 || !spare[:3][2].Equal(spec.None()) {
		t.Error("a method writes to the slice of its caller")
	}
}

func TestNodes(t *testing.T) {
	s := spec.And(p, spec.Not(spec.Or(q, r)))
	root := s.Node().(spec.Junction)
	if root.Connective() != spec.Conjunction || root.Connective().String() != "and" || root.Len() != 2 {
		t.Errorf("the root is %v of %d", root.Connective(), root.Len())
	}
	inner := root.Term(1).(spec.Negation).Term().(spec.Junction)
	if inner.Connective() != spec.Disjunction || inner.Connective().String() != "or" {
		t.Errorf("the inner junction is %v", inner.Connective())
	}
	var fields []string
	for n := range inner.Terms() {
		fields = append(fields, n.(spec.Leaf).Field)
	}
	for leaf := range s.Leaves() {
		fields = append(fields, leaf.Field)
		if leaf.Field == "q" {
			break
		}
	}
	if diff := cmp.Diff([]string{"q", "r", "p", "q"}, fields); diff != "" {
		t.Errorf("fields (-want +have):\n%s", diff)
	}
	if spec.All().Node() != spec.Node(spec.Constant(true)) || (spec.Specification{}).Node() != spec.Node(spec.Constant(false)) {
		t.Error("the nodes of All and of the zero Specification")
	}
	if bad, ok := spec.Eq("f", math.NaN()).Node().(spec.Invalid); !ok || bad.Err == nil {
		t.Error("the node of a specification with an error")
	}
}
