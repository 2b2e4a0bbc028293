package sqlspec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type patient struct {
	ID   int64
	Name string
	Old  *int64
}

func patients(t *testing.T, encode func(spec.Value) (spec.Value, error)) *sqlspec.Table {
	t.Helper()
	table, err := sqlspec.TableOf[patient]("patients", sqlspec.Column("name", sqlspec.Encoded(spec.KindBytes, encode)))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

var errVault = errors.New("the vault is shut, and Ann stays outside")

// What a codec cannot do is an error without the value, and shows no row.
func TestFailingCodecs(t *testing.T) {
	for name, test := range map[string]struct {
		encode func(spec.Value) (spec.Value, error)
		want   error
	}{
		"fails":          {func(spec.Value) (spec.Value, error) { return spec.Of("Ann"), errVault }, errVault},
		"other kind":     {func(v spec.Value) (spec.Value, error) { return v, nil }, spec.ErrValue},
		"null":           {func(spec.Value) (spec.Value, error) { return spec.Null, nil }, spec.ErrValue},
		"nothing usable": {func(spec.Value) (spec.Value, error) { return spec.Of("\x00"), nil }, spec.ErrValue},
	} {
		table := patients(t, test.encode)
		for _, s := range []spec.Specification{spec.Eq("name", "Ann"), spec.Ne("name", "Ann"), spec.In("name", "Ann", "Bob"), spec.Distinct("name", "Ann")} {
			for _, s := range []spec.Specification{s, s.Not()} {
				text, args, err := table.SQL(s, sqlspec.SQLite)
				if !errors.Is(err, test.want) || !errors.Is(err, spec.ErrValue) || text != "(1 = NULL)" || len(args) != 0 || strings.Contains(err.Error(), "Ann") {
					t.Errorf("%s: %v: have %s %v, error %v", name, s, text, args, err)
				}
			}
		}
	}
}

func TestEncodedNeedsAFunctionAndAKind(t *testing.T) {
	same := func(v spec.Value) (spec.Value, error) { return v, nil }
	for _, opt := range []sqlspec.ColumnOption{sqlspec.Encoded(spec.KindBytes, nil), sqlspec.Encoded(spec.KindList, same), sqlspec.Encoded(spec.KindNull, same)} {
		if _, err := sqlspec.TableOf[patient]("patients", sqlspec.Column("name", opt)); !errors.Is(err, sqlspec.ErrTable) {
			t.Errorf("have %v", err)
		}
	}
}

// A value that the field cannot hold has no code, and is equal to none.
func TestValuesWithoutCode(t *testing.T) {
	table, err := sqlspec.TableOf[patient]("patients", sqlspec.Column("old", sqlspec.Encoded(spec.KindString, func(v spec.Value) (spec.Value, error) {
		return spec.Of("code of " + v.String()), nil
	})))
	if err != nil {
		t.Fatal(err)
	}
	beyond := uint64(1 << 63)
	for s, want := range map[*spec.Specification]string{
		at(spec.Eq("old", beyond)):             `(1 = NULL)`,
		at(spec.Eq("old", beyond).Not()):       `("patients"."old" IS NOT NULL)`,
		at(spec.Ne("old", beyond)):             `("patients"."old" IS NOT NULL)`,
		at(spec.Ne("old", beyond).Not()):       `(1 = NULL)`,
		at(spec.Distinct("old", beyond)):       `(1 = 1)`,
		at(spec.Distinct("old", beyond).Not()): `(1 = 0)`,
		at(spec.In("old", beyond)):             `(1 = NULL)`,
		at(spec.In("old", beyond).Not()):       `("patients"."old" IS NOT NULL)`,
		at(spec.Distinct("old", spec.Null)):    `("patients"."old" IS NOT NULL)`,
		at(spec.Eq("old", spec.Null).Not()):    `(1 = NULL)`,
	} {
		if text, _, err := table.SQL(*s, sqlspec.Postgres); err != nil || text != want {
			t.Errorf("%v: have %s, error %v, want %s", *s, text, err, want)
		}
	}
}
