package spec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// What maps hold where related rows are expected, and what that says.
func TestRelationsOfMaps(t *testing.T) {
	person, err := spec.NewSchema(spec.Field{Name: "name", Kind: spec.KindString})
	if err != nil {
		t.Fatal(err)
	}
	declared, err := person.Relate(spec.Relation{Name: "owner", Rows: person, One: true}, spec.Relation{Name: "friends"})
	if err != nil {
		t.Fatal(err)
	}
	ann, bob := map[string]any{"name": "ann"}, map[string]any{"name": "bob"}
	isAnn := spec.Eq("name", "ann")
	const T, F, U = spec.True, spec.False, spec.Unknown
	for name, test := range map[string]struct {
		relation   string
		value      any
		any, every spec.Truth // with the declared schema
		some, all  spec.Truth // where nothing is declared
	}{
		"missing list":   {"friends", nil, U, U, U, U},
		"list":           {"friends", []any{ann, bob}, T, F, T, F},
		"list of maps":   {"friends", []map[string]any{ann}, T, T, T, T},
		"empty list":     {"friends", []any{}, F, T, F, T},
		"null in list":   {"friends", []any{ann, nil}, T, F, T, F},
		"number in list": {"friends", []any{1}, F, F, F, F},
		"number":         {"friends", 7, U, U, U, U},
		"text":           {"friends", "ann", U, U, U, U},
		"list of texts":  {"friends", []string{"ann"}, U, U, U, U},
		"map for a list": {"friends", ann, U, U, T, T},
		"one":            {"owner", ann, T, T, T, T},
		"another one":    {"owner", bob, F, F, F, F},
		"absent one":     {"owner", nil, F, F, U, U},
		"list for one":   {"owner", []any{ann}, U, U, T, T},
		"number for one": {"owner", 1, U, U, U, U},
		"one without":    {"owner", map[string]any{}, F, F, F, F},
	} {
		row := map[string]any{test.relation: test.value}
		existential, universal := spec.Any(test.relation, isAnn), spec.Every(test.relation, isAnn)
		for _, c := range []struct {
			s    spec.Specification
			want spec.Truth
			opts []spec.Option
		}{
			{existential, test.any, []spec.Option{spec.WithSchema(declared)}},
			{universal, test.every, []spec.Option{spec.WithSchema(declared)}},
			{existential, test.some, nil},
			{universal, test.all, nil},
		} {
			have, not := verdict(t, c.s, row, c.opts...), verdict(t, c.s.Not(), row, c.opts...)
			if have != c.want || not != c.want.Not() {
				t.Errorf("%s: %v, declared %v: have %v, its negation %v, want %v", name, c.s, c.opts != nil, have, not, c.want)
			}
		}
	}
}

type leaf struct {
	Name string
	Tags []string
	Up   *branch
}

type branch struct {
	Name   string
	Leaves []leaf
	More   []*leaf
	Hidden *struct{ *inner }
	inner
	Up *branch
}

type inner struct{ Insects []leaf }

// A nil pointer among the rows is a row of which nothing is true.
func TestRelationsOfStructs(t *testing.T) {
	isA := spec.Eq("name", "a")
	root := branch{Name: "root", Leaves: []leaf{{Name: "a"}}, inner: inner{[]leaf{{Name: "a"}, {Name: "b"}}}}
	twig := branch{Name: "twig", More: []*leaf{{Name: "a"}, nil}, Up: &root}
	for _, test := range []struct {
		s          spec.Specification
		root, twig spec.Truth
	}{
		{spec.Any("leaves", isA), spec.True, spec.False},
		{spec.Every("leaves", isA), spec.True, spec.True},
		{spec.Any("more", isA), spec.False, spec.True},
		{spec.Every("more", isA), spec.True, spec.False},
		{spec.Any("insects", isA), spec.True, spec.False},
		{spec.Every("insects", isA), spec.False, spec.True},
		{spec.Any("up.leaves", isA), spec.Unknown, spec.True},
		{spec.Every("up.insects", isA), spec.Unknown, spec.False},
		{spec.Every("up.up.insects", isA), spec.Unknown, spec.Unknown},
		{spec.Any("up", spec.Eq("name", "root")), spec.False, spec.True},
		{spec.Every("up", spec.All()), spec.False, spec.True},
		{spec.Eq("up.name", "root"), spec.Unknown, spec.True},
		{spec.IsNull("up.up.name"), spec.True, spec.True},
		{spec.Any("hidden.insects", isA), spec.Unknown, spec.Unknown},
		{spec.Any("leaves", spec.Any("up", spec.All())), spec.False, spec.False},
		{spec.Any("leaves", spec.IsNull("up.name")), spec.True, spec.False},
		{spec.Any("leaves", spec.Eq("up.name", "x")).Not(), spec.True, spec.True},
	} {
		for row, want := range map[*branch]spec.Truth{&root: test.root, &twig: test.twig} {
			if have, not := verdict(t, test.s, row), verdict(t, test.s.Not(), *row); have != want || not != want.Not() {
				t.Errorf("%s: %v: have %v, its negation %v, want %v", row.Name, test.s, have, not, want)
			}
		}
	}
}

func TestRelationErrors(t *testing.T) {
	for _, test := range []struct {
		s    spec.Specification
		want error
		text string
	}{
		{spec.Any("roots", spec.All()), spec.ErrUnknownField, `relation "roots": there is no such relation`},
		{spec.Any("name", spec.All()), spec.ErrUnknownField, `relation "name": there is no such relation`},
		{spec.Any("leaves.up", spec.All()), spec.ErrUnknownField, `relation "leaves.up": there is no such relation`},
		{spec.Any("up", spec.Any("roots", spec.All())), spec.ErrUnknownField, `relation "up.roots": there is no such relation`},
		{spec.Any("up.leaves", spec.Eq("x", 1)), spec.ErrUnknownField, `Eq("up.leaves.x"): there is no such field`},
		{spec.Any("leaves", spec.Eq("tags", "x")), spec.ErrType, `Eq("leaves.tags"): a list cannot be compared with a string`},
		{spec.Any("leaves", spec.Eq("name", spec.Var("x"))), spec.ErrUnbound, `variable "x" is not bound`},
		{spec.Eq("leaves.name", "x"), spec.ErrUnknownField, `Eq("leaves.name"): leads through many rows: ask Any or Every`},
		{spec.Eq("leaves", "x"), spec.ErrType, `Eq("leaves"): is rows and no value: ask Any or Every`},
		{spec.IsNull("up.leaves"), spec.ErrType, `IsNull("up.leaves"): is rows and no value: ask Any or Every`},
		{spec.IsNull("up"), spec.ErrType, `IsNull("up"): is a row and no value: name one of its fields, or ask Any`},
		{spec.Any("", spec.All()), spec.ErrUnknownField, `relation "": its name is empty, too long or not UTF-8`},
		{spec.Any("leaves", spec.Eq("name", "\x00")), spec.ErrValue, ``},
		{spec.Eq(strings.Repeat("up.", spec.MaxRelations+1)+"name", "x"), spec.ErrUnknownField, `there is no such field`},
		{spec.Any(strings.Repeat("up.", spec.MaxRelations)+"leaves", spec.All()), spec.ErrTooDeep, ``},
	} {
		for _, s := range []spec.Specification{test.s, test.s.Not(), test.s.And(spec.Eq("name", "x"))} {
			m, err := spec.Compile[branch](s)
			if m != nil || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("%v: have %v, want %v: %s", s, err, test.want, test.text)
			}
		}
	}
}

// A template inside a quantifier is bound, and its leaves are known by their path.
func TestTemplatesOfRelations(t *testing.T) {
	template := spec.Any("leaves", spec.Eq("name", spec.Var("n")).Or(spec.Ne("name", spec.Ref("up.name"))))
	if vars := template.Vars(); !template.IsTemplate() || len(vars) != 1 || vars[0] != "n" {
		t.Errorf("variables %v", vars)
	}
	var leaves []string
	for l := range template.Leaves() {
		leaves = append(leaves, l.String())
	}
	if have := strings.Join(leaves, ", "); have != "leaves.name == $n, leaves.name != leaves.up.name" {
		t.Error(have)
	}
	bound, err := template.Bind(func(string) (spec.Value, bool) { return spec.Of("a"), true })
	if err != nil || bound.IsTemplate() || !bound.Equal(spec.Any("leaves", spec.Eq("name", "a").Or(spec.Ne("name", spec.Ref("up.name"))))) {
		t.Errorf("%v, %v", bound, err)
	}
	if bound.Equal(template) || template.Equal(spec.Every("leaves", spec.Eq("name", spec.Var("n")))) || !template.Equal(template) {
		t.Error("Equal looks past the term, the quantifier or the relation")
	}
}
