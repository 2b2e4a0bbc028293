package roles_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func declaredClaims(t *testing.T) *spec.Schema {
	t.Helper()
	declared, err := spec.NewSchema(
		spec.Field{Name: "account", Kind: spec.KindString},
		spec.Field{Name: "level", Kind: spec.KindInt},
		spec.Field{Name: "regions", Kind: spec.KindString, List: true})
	if err != nil {
		t.Fatal(err)
	}
	return declared
}

// A claim of another kind than declared is a denial, not a comparison that the
// database would make of it.
func TestDeclaredClaimsOfMaps(t *testing.T) {
	s := roles.MustService[mapClaims](roles.Claims(declaredClaims(t)), roles.New("user",
		roles.AllowWhere("accounts", roles.Get, spec.Eq("account", spec.Var("account"))),
		roles.AllowWhere("levels", roles.Get, spec.Lt("level", spec.Var("level"))),
		roles.AllowWhere("regions", roles.Get, spec.In("region", spec.Var("regions")))))
	with := func(name string, v any) mapClaims { return mapClaims{"roles": []string{"user"}, name: v} }
	for _, test := range []struct {
		payload  mapClaims
		endpoint string
		want     *spec.Specification // nil: denied
	}{
		{with("account", "a1"), "accounts", at(spec.Eq("account", "a1"))},
		{with("account", 7), "accounts", nil},
		{with("account", true), "accounts", nil},
		{with("account", []any{"a1"}), "accounts", nil},
		{with("level", 7), "levels", at(spec.Lt("level", 7))},
		{with("level", 7.0), "levels", at(spec.Lt("level", 7))},
		{with("level", 7.5), "levels", nil},
		{with("level", "7"), "levels", nil},
		{with("regions", []any{"eu", "us"}), "regions", at(spec.In("region", "eu", "us"))},
		{with("regions", []any{"eu", 1}), "regions", nil},
		{with("regions", "eu"), "regions", nil},
		{with("regions", []any{}), "regions", at(spec.None())},
	} {
		rows, err := s.Verify(test.payload, test.endpoint, "GET")
		if test.want == nil {
			if !errors.Is(err, roles.ErrForbidden) || !rows.IsNone() {
				t.Errorf("%v: have %v, error %v, want a denial", test.payload, rows, err)
			}
		} else if err != nil || !rows.Equal(*test.want) {
			t.Errorf("%v: have %v, error %v, want %v", test.payload, rows, err, *test.want)
		}
	}
}

func at(s spec.Specification) *spec.Specification { return &s }

func TestDeclaredClaimsThatAreNot(t *testing.T) {
	declared := declaredClaims(t)
	grant := func(s spec.Specification) roles.Part { return roles.New("user", roles.AllowAllWhere(s)) }
	for want, err := range map[string]error{
		`claim "other": it is not declared`: service[mapClaims](roles.Claims(declared), grant(spec.Eq("x", spec.Var("other")))),
		`claim "account": it is not declar`: service[claims](roles.Claims(nil), grant(spec.Eq("x", spec.Var("account")))),
		`it is declared as int, list false`: service[wrongClaims](roles.Claims(declared), grant(spec.Eq("x", spec.Var("level")))),
	} {
		if !errors.Is(err, roles.ErrPolicy) || !strings.Contains(err.Error(), want) {
			t.Errorf("have %v, want %s", err, want)
		}
	}
	if err := service[claims](roles.Claims(declared), grant(spec.Eq("x", spec.Var("account")).And(spec.Eq("y", spec.Var("level"))))); err != nil {
		t.Error(err)
	}
}

type wrongClaims struct {
	registered
	Level string `json:"level"`
}

func service[P roles.Payload](parts ...roles.Part) error {
	_, err := roles.NewService[P](parts...)
	return err
}
