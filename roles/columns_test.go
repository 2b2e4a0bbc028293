package roles_test

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func ExampleBlank() {
	type person struct {
		Name   string
		Salary int
	}
	people := []person{{"ann", 90_000}, {"bob", 80_000}}
	err := roles.Blank(roles.Permission{Columns: roles.Fields("name")}, people)
	fmt.Println(people, err)
	// Output: [{ann 0} {bob 0}] <nil>
}

func TestCheckColumns(t *testing.T) {
	for name, test := range map[string]struct {
		columns roles.FieldSet
		changed []string
		want    []string
	}{
		"all":                  {roles.AllFields(), []string{"a", "b.c"}, nil},
		"these":                {roles.Fields("a", "b"), []string{"b", "a"}, nil},
		"nothing is written":   {roles.Fields("a"), nil, nil},
		"one more":             {roles.Fields("a"), []string{"c", "a", "b", "c"}, []string{"c", "b"}},
		"none":                 {roles.Fields(), []string{"a"}, []string{"a"}},
		"the zero permission":  {roles.FieldSet{}, []string{"a"}, []string{"a"}},
		"below one":            {roles.Fields("address"), []string{"address.city"}, []string{"address.city"}},
		"above one":            {roles.Fields("address.city"), []string{"address"}, []string{"address"}},
		"another case":         {roles.Fields("a"), []string{"A"}, []string{"A"}},
		"a name with no field": {roles.Fields("a"), []string{""}, []string{""}},
	} {
		err := roles.CheckColumns(roles.Permission{Rows: spec.All(), Check: spec.All(), Columns: test.columns}, test.changed...)
		var refused *roles.ColumnsError
		switch {
		case test.want == nil && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.want != nil && (!errors.As(err, &refused) || !slices.Equal(refused.Fields, test.want)):
			t.Errorf("%s: the error is %v, want one for %q", name, err, test.want)
		case test.want != nil && (!errors.Is(err, roles.ErrNotWritable) || !errors.Is(err, roles.ErrForbidden) || errors.Is(err, roles.ErrNotVisible)):
			t.Errorf("%s: %v is another error", name, err)
		}
	}
}

func TestBlank(t *testing.T) {
	whole := row{"x", ptr("a1"), ptr("ann"), ptr("eu"), 7}
	for name, test := range map[string]struct {
		columns roles.FieldSet
		want    row
	}{
		"all":   {roles.AllFields(), whole},
		"some":  {roles.Fields("count", "region"), row{Count: 7, Region: whole.Region}},
		"none":  {roles.FieldSet{}, row{}},
		"other": {roles.Fields("salary"), row{}},
	} {
		rows := []row{whole, whole}
		if err := roles.Blank(roles.Permission{Columns: test.columns}, rows); err != nil || rows[0] != test.want || rows[1] != test.want {
			t.Errorf("%s: have %+v (error %v), want %+v", name, rows, err, test.want)
		}
	}
}

func TestBlankLeavesNothingBesideAnError(t *testing.T) {
	type opaque struct {
		Name string
		Any  any
	}
	rows := []opaque{{"a", 1}, {"b", 2}}
	err := roles.Blank(roles.Permission{Columns: roles.Fields("name", "any")}, rows)
	if !errors.Is(err, spec.ErrField) || rows[0] != (opaque{}) || rows[1] != (opaque{}) {
		t.Errorf("have %+v (error %v)", rows, err)
	}
}

// A caller who may not read a field may not ask about it either: a filter or an
// order would tell, row by row, what is hidden.
func TestHiddenFieldsAreNotAsked(t *testing.T) {
	sc, err := spec.SchemaOf[row]()
	if err != nil {
		t.Fatal(err)
	}
	askable := []string{"shown_by", "region", "count"}
	for name, test := range map[string]struct {
		columns roles.FieldSet
		query   string
		sort    string
		want    error
	}{
		"what is read":        {roles.Fields("shown_by", "region"), "region=eu", "-region", nil},
		"all":                 {roles.AllFields(), "count__gte=7", "count", nil},
		"not what is hidden":  {roles.Fields("shown_by", "region"), "count__gte=7", "count", spec.ErrNotAllowed},
		"nor what all may":    {roles.AllFields(), "created_by=ann", "created_by", spec.ErrNotAllowed},
		"nothing, of nothing": {roles.FieldSet{}, "", "region", spec.ErrNotAllowed},
	} {
		query, err := url.ParseQuery(test.query)
		if err != nil {
			t.Fatal(err)
		}
		allowed := test.columns.Of(askable...)
		wanted, err := spec.FromQuery(query, sc, allowed...)
		if !errors.Is(err, test.want) || err != nil && !wanted.IsNone() {
			t.Errorf("%s: the filter is %v, the error %v, want %v", name, wanted, err, test.want)
		}
		if _, err := spec.SortKeys([]string{test.sort}, allowed...); !errors.Is(err, test.want) {
			t.Errorf("%s: the error of the order is %v, want %v", name, err, test.want)
		}
	}
}
