package conformance_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// lookupFields are the fields that the ancestor's lookups are meant for.
var lookupFields = []string{"id", "a", "name", "age", "in", "eq", "tags", "profile.city", "org.unit.size"}

var lookupClasses = []difference{
	{"equal", "built the same, operand by operand", 19},
	{"another order of operands", "by their keys here, as they were passed there", 13},
	{"raises in both", "not, and, or, empty take no value; isnone takes true or false here", 72},
	{"isnone", "the ancestor cannot build it; here true asks for null, false for the rest", 2},
	{"no lookups", "no condition: the ancestor says null, which its builders write as TRUE; here All", 26},
	{"no such field", "age__LT is the field age.LT to the ancestor; here a field that nobody allowed", 12},
	{"field called as an operator", "eq=1 has no field there; here eq is the field", 1},
	{"refused", "the ancestor builds a leaf that can only raise or never be true", 5},
}

func TestLookups(t *testing.T) {
	found := map[string]int{}
	for _, c := range load[composeCase](t, "compose", 450) {
		if c.Kind == "kwargs" {
			found[lookupClass(t, c)]++
		}
	}
	checkCounts(t, "lookups", lookupClasses, found)
}

func lookupClass(t *testing.T, c composeCase) string {
	lookups := map[string]any{}
	decode(t, c.Kwargs, &lookups)
	ours, err := spec.FromLookups(lookups, lookupFields...)
	var refused *spec.LookupError
	if (err != nil) != errors.As(err, &refused) || err != nil && !ours.IsNone() {
		t.Errorf("%s: %v comes with the error %v", c.ID, ours, err)
	}
	switch {
	case c.Error == "TypeError" && err != nil:
		return "raises in both"
	case c.Error == "TypeError" && slices.ContainsFunc(slices.Collect(maps.Keys(lookups)), isNone):
		return "isnone"
	case len(lookups) == 0 && c.Spec == nil && c.Error == "" && ours.IsAll():
		return "no lookups"
	case c.Spec == nil:
		return "other"
	}
	theirs, theirErr := c.Spec.Specification()
	switch {
	case errors.Is(err, spec.ErrNotAllowed) && !slices.Contains(lookupFields, fieldOfRefused(*c.Spec, refused.Key)):
		return "no such field"
	case err != nil && theirErr != nil && hasRefusedLeaf(*c.Spec):
		return "refused"
	case err == nil && theirErr != nil && errors.Is(theirErr, spec.ErrUnknownField) && hasNamelessLeaf(*c.Spec):
		return "field called as an operator"
	case err != nil || theirErr != nil:
		return "other"
	case ours.Equal(theirs):
		return "equal"
	case sorted(ours.Node()) == sorted(theirs.Node()):
		return "another order of operands"
	}
	return "other"
}

func isNone(key string) bool { return strings.HasSuffix(key, "__isnone") }

// fieldOfRefused returns the field that the ancestor makes of a key: one that is
// in its tree.
func fieldOfRefused(tree conformance.Tree, key string) (field string) {
	tree.Atoms(func(atom conformance.Tree) {
		if atom.Field == strings.ReplaceAll(key, "__", ".") {
			field = atom.Field
		}
	})
	return field
}

func hasNamelessLeaf(tree conformance.Tree) (has bool) {
	tree.Atoms(func(atom conformance.Tree) { has = has || atom.Op != "empty" && atom.Field == "" })
	return has
}

// hasRefusedLeaf reports whether a class of leaves, or a field without a name,
// says that the tree cannot be built.
func hasRefusedLeaf(tree conformance.Tree) (refuses bool) {
	tree.Atoms(func(atom conformance.Tree) {
		class := classOf(newLeaf(atom, nil))
		refuses = refuses || atom.Field == "" && atom.Op != "empty" || class != nil && class.want(newLeaf(atom, nil)) == refused
	})
	return refuses
}
