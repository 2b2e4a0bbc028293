package spectest_test

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

func TestCasesInMemory(t *testing.T) {
	for _, c := range spectest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			if err := c.Check(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCasesAreSound(t *testing.T) {
	names, ops, kinds := map[string]bool{}, map[spec.Op]bool{}, map[spec.Kind]bool{}
	decided := ""
	for _, c := range spectest.Cases() {
		switch {
		case c.Name == "" || names[c.Name]:
			t.Errorf("the name %q is empty or taken", c.Name)
		case c.Reason == "":
			t.Errorf("case %q has no reason", c.Name)
		case len(c.Rows) == 0:
			t.Errorf("case %q has no rows", c.Name)
		}
		names[c.Name] = true
		decided += c.Want
		sc, err := c.Schema()
		if err != nil {
			t.Fatal(err)
		}
		for leaf := range c.Spec.Leaves() {
			f, _ := sc.Field(leaf.Field)
			ops[leaf.Op], kinds[f.Kind] = true, true
		}
	}
	for op := spec.OpEq; op.String() != "no operator"; op++ {
		if !ops[op] {
			t.Errorf("no case with %v", op)
		}
	}
	for kind := spec.KindBool; kind <= spec.KindUUID; kind++ {
		if !kinds[kind] {
			t.Errorf("no case of kind %v", kind)
		}
	}
	t.Logf("%d cases, %d verdicts: %d true, %d false, %d unknown", len(names), len(decided),
		strings.Count(decided, "T"), strings.Count(decided, "F"), strings.Count(decided, "U"))
}
