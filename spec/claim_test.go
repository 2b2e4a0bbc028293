package spec_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// payload is the claims of a caller, as a token library decodes them.
type payload struct {
	Subject string `json:"sub"`
	Account *int64 `json:"account_id" spec:"account"`
	Roles   []string
	Region  string `db:"ignored" json:"region"`
	Score   float64
	Since   time.Time
	Bytes   []byte
	Profile *struct{ City string }
	Raw     func()
}

var caller = payload{Subject: "ann", Account: ptr[int64](7), Roles: []string{"user"}, Region: "eu", Score: 0.5, Since: noon, Profile: &struct{ City string }{"Rome"}}

func TestClaimGetter(t *testing.T) {
	for _, test := range []struct {
		name   string
		claims payload
		want   spec.Value
		kind   string
	}{
		{"sub", caller, spec.Of("ann"), "string"},
		{"account", caller, spec.Of(7), "int null"},
		{"account", payload{}, spec.Null, "int null"},
		{"roles", caller, listValue("user"), "list of string null"},
		{"roles", payload{}, spec.Null, "list of string null"},
		{"region", caller, spec.Of("eu"), "string"},
		{"profile.city", caller, spec.Of("Rome"), "string null"},
		{"profile.city", payload{}, spec.Null, "string null"},
		{"since", caller, spec.Of(noon), "time"},
		{"bytes", payload{Bytes: []byte{}}, spec.Of([]byte{}), "bytes null"},
	} {
		get, claim, err := spec.ClaimGetter[payload](test.name)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if have := get(&test.claims); !have.Equal(test.want) {
			t.Errorf("%s: have %v, want %v", test.name, have, test.want)
		}
		if claim.Name != test.name || describe(claim) != test.kind {
			t.Errorf("%s: the claim is %q, %s, want %s", test.name, claim.Name, describe(claim), test.kind)
		}
		if have := get(nil); !have.IsNull() {
			t.Errorf("%s of nobody: have %v, want null", test.name, have)
		}
		pointers, _, err := spec.ClaimGetter[*payload](test.name)
		claims := &test.claims
		if err != nil || !pointers(&claims).Equal(test.want) || !pointers(new(*payload)).IsNull() {
			t.Errorf("%s of a pointer: error %v, or another value", test.name, err)
		}
	}
}

func TestClaimGetterOfMap(t *testing.T) {
	claims := map[string]any{"sub": "ann", "profile": map[string]any{"city": "Rome"}, "account": 7.0, "roles": []any{"a"}, "null": nil}
	for name, want := range map[string]spec.Value{
		"sub": spec.Of("ann"), "profile.city": spec.Of("Rome"), "account": spec.Of(7.0), "roles": listValue("a"), "null": spec.Null, "missing": spec.Null,
	} {
		get, claim, err := spec.ClaimGetter[map[string]any](name)
		if err != nil || claim.Kind != spec.KindNull || !get(&claims).Equal(want) {
			t.Errorf("%s: have %v of %v (error %v), want %v", name, get(&claims), claim, err, want)
		}
	}
}

func TestClaimGetterRefuses(t *testing.T) {
	for name, want := range map[string]error{
		"subject": spec.ErrUnknownField, "account_id": spec.ErrUnknownField, "ignored": spec.ErrUnknownField, "": spec.ErrUnknownField,
		"raw": spec.ErrType, "profile": spec.ErrType,
	} {
		if get, _, err := spec.ClaimGetter[payload](name); !errors.Is(err, want) || get != nil {
			t.Errorf("%s: have %v, want %v", name, err, want)
		}
	}
	if get, _, err := spec.ClaimGetter[int]("x"); !errors.Is(err, spec.ErrField) || get != nil {
		t.Errorf("of an int: have %v, want ErrField", err)
	}
}

// A claim that no specification may hold is bound to an error, not to a grant.
func TestClaimsThatNoValueHolds(t *testing.T) {
	bad := payload{Subject: "a\x00", Score: math.NaN(), Since: time.Time{}, Roles: []string{"a"}, Bytes: make([]byte, spec.MaxText+1)}
	for _, name := range []string{"sub", "score", "since", "bytes"} {
		get, _, err := spec.ClaimGetter[payload](name)
		if err != nil {
			t.Fatal(err)
		}
		bound, err := spec.Ne("f", spec.Var(name)).Bind(func(string) (spec.Value, bool) { return get(&bad), true })
		if err == nil {
			t.Errorf("%s: bound to %v", name, bound)
		}
		if rows, _ := spec.Filter(bound, []map[string]any{{"f": 1}, {"f": "x"}, {}}); len(rows) > 0 {
			t.Errorf("%s: %d rows", name, len(rows))
		}
	}
}

func TestIsTemplate(t *testing.T) {
	for _, s := range []spec.Specification{
		spec.Eq("f", spec.Var("a")), spec.In("f", spec.Of(1), spec.Of(spec.Var("a"))), spec.Not(spec.Or(p, spec.And(q, spec.Eq("f", spec.Var("a"))))),
	} {
		if bound := must(s.Bind(func(string) (spec.Value, bool) { return spec.Of(1), true }))(t); !s.IsTemplate() || bound.IsTemplate() {
			t.Errorf("%v: a template %v, bound still one %v", s, s.IsTemplate(), bound.IsTemplate())
		}
	}
	for _, s := range []spec.Specification{{}, spec.All(), p, spec.And(p, q).Not(), spec.Eq("f", spec.Var(""))} {
		if s.IsTemplate() {
			t.Errorf("%v is a template", s)
		}
	}
}
