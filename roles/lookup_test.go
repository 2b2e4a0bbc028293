package roles_test

import (
	"slices"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Of what a role declares the most specific speaks, in whatever order it stands.
func TestDeclaredGrant(t *testing.T) {
	rule := func(name string) spec.Specification { return spec.Eq("by", name) }
	service := roles.MustService[user](
		roles.New("a",
			roles.AllowAllWhere(rule("all")),
			roles.AllowWhere("tasks", roles.AnyMethod, rule("any")),
			roles.AllowWhere("tasks", roles.Get, rule("get")),
			roles.Except("tasks", roles.Delete),
			roles.DenyWhere("tasks", roles.Put, rule("denied")),
			roles.DenyAll(),
		),
		roles.New("b", roles.AllowWhere("tasks", roles.Get, rule("b"))),
		roles.RestrictWhere("tasks", roles.AnyMethod, rule("any")),
		roles.RestrictWhere("tasks", roles.Get, rule("get")),
		roles.RestrictAllWhere(rule("all")),
	)
	declared := roles.Declared(slices.Collect(service.Declarations()))
	for _, test := range []struct{ role, endpoint, method, want string }{
		{"a", "tasks", roles.Get, "get"},
		{"a", "tasks", roles.Put, "any"},
		{"a", "tasks", roles.AnyMethod, "any"},
		{"a", "tasks", roles.Delete, "except"},
		{"a", "notes", roles.Get, "all"},
		{"b", "tasks", roles.Get, "b"},
		{"b", "tasks", roles.Put, "nothing"},
		{"c", "tasks", roles.Get, "nothing"},
	} {
		have := "nothing"
		switch d, ok := declared.Grant(test.role, test.endpoint, test.method); {
		case ok && d.Effect == roles.Excepts:
			have = "except"
		case ok:
			for leaf := range d.Rule.Leaves() {
				have = leaf.Value.Text()
			}
		}
		if have != test.want {
			t.Errorf("%s, %s %q: have %s, want %s", test.role, test.method, test.endpoint, have, test.want)
		}
	}
	for _, test := range []struct {
		have, want int
	}{
		{len(declared.Restrictions("tasks", roles.Get)), 3},
		{len(declared.Restrictions("tasks", roles.Put)), 2},
		{len(declared.Restrictions("notes", roles.Get)), 1},
		{len(declared.Denials("a", "tasks", roles.Put)), 2},
		{len(declared.Denials("a", "tasks", roles.Get)), 1},
		{len(declared.Denials("b", "tasks", roles.Put)), 0},
	} {
		if test.have != test.want {
			t.Errorf("have %d, want %d", test.have, test.want)
		}
	}
}
