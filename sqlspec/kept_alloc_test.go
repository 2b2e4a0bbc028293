//go:build !race && !rolespec_safe

package sqlspec_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A condition that is kept costs one allocation, for the arguments.
func TestKeptAllocates(t *testing.T) {
	table := newKept()
	template, err := spec.NewTemplate(spec.And(spec.Eq("account", spec.Var("a")), spec.Eq("sub", spec.Var("b"))))
	if err != nil {
		t.Fatal(err)
	}
	bound, err := template.Bind(spec.Of("account"), spec.Of("sub"))
	if err != nil {
		t.Fatal(err)
	}
	text, args := make([]byte, 0, 256), make([]any, 0, 4)
	for _, s := range []spec.Specification{bound, spec.And(spec.Eq("account", "account"), spec.Eq("sub", "sub"))} {
		if have := testing.AllocsPerRun(100, func() { _, _, _ = table.SQL(s, sqlspec.Postgres) }); have > 1 {
			t.Errorf("SQL: %v allocations", have)
		}
		if have := testing.AllocsPerRun(100, func() { _, _, _ = table.Append(text, args, s, sqlspec.Postgres) }); have > 1 {
			t.Errorf("Append: %v allocations", have)
		}
	}
	for _, s := range []spec.Specification{spec.All(), spec.IsNull("account"), spec.None()} {
		if have := testing.AllocsPerRun(100, func() { _, _, _ = table.SQL(s, sqlspec.Postgres) }); have > 0 {
			t.Errorf("SQL of %v: %v allocations", s, have)
		}
	}
	mixed := spec.And(spec.Eq("account", "account"), spec.Gt("weight", 0.5), spec.Lt("id", 1<<40), spec.In("sub", "a", "b", "c"))
	_, _, _ = table.SQL(mixed, sqlspec.Postgres)
	if have := testing.AllocsPerRun(100, func() { _, _, _ = table.SQL(mixed, sqlspec.Postgres) }); have > 2 {
		t.Errorf("SQL of texts, numbers and a list: %v allocations, want one for them and one for the text of the list", have)
	}
}
