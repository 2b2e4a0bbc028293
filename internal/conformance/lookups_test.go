package conformance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// lookup is one keyword of the ancestor's parse: age__gte=18.
type lookup struct {
	key   string
	value any
}

// lookupsOf reads an object in its order, which the ancestor keeps.
func lookupsOf(t *testing.T, object []byte) (lookups []lookup) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(object)))
	d.UseNumber()
	token := func() json.Token {
		tok, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		return tok
	}
	for token(); d.More(); {
		l := lookup{key: token().(string)}
		if err := d.Decode(&l.value); err != nil {
			t.Fatal(err)
		}
		lookups = append(lookups, l)
	}
	return lookups
}

var (
	errNoLookups = errors.New("no lookups")
	errStructure = errors.New("no operator that compares a field with a value")
)

// structure is what the ancestor knows as operators and cannot build here.
var structure = []string{"isnone", "not", "and", "or", "empty", "collection", "!", "&", "|"}

func (l lookup) isStructure() bool {
	return slices.Contains(structure, l.key[strings.LastIndex("__"+l.key, "__"):])
}

// fromLookups builds what the keywords say: key, or path__op, a path joined by
// double underscores.
func fromLookups(lookups []lookup) (spec.Specification, error) {
	if len(lookups) == 0 {
		return spec.None(), errNoLookups
	}
	var terms []spec.Specification
	for _, l := range lookups {
		path := strings.Split(l.key, "__")
		op := spec.OpEq
		if l.isStructure() {
			return spec.None(), fmt.Errorf("%w: %s", errStructure, l.key)
		}
		if named, ok := lookupOps[path[len(path)-1]]; ok {
			op, path = named, path[:len(path)-1]
		}
		value, err := spec.ValueOf(l.value)
		if err != nil {
			return spec.None(), err
		}
		terms = append(terms, spec.NewLeaf(strings.Join(path, "."), op, value))
	}
	s := spec.And(terms...)
	return s, s.Err()
}

var lookupOps = map[string]spec.Op{
	"eq": spec.OpEq, "neq": spec.OpNe, "lt": spec.OpLt, "lte": spec.OpLte, "gt": spec.OpGt, "gte": spec.OpGte,
	"in": spec.OpIn, "contains": spec.OpContains, "matches": spec.OpMatches,
	"==": spec.OpEq, "!=": spec.OpNe, "<": spec.OpLt, "<=": spec.OpLte, ">": spec.OpGt, ">=": spec.OpGte,
}

var lookupClasses = []difference{
	{"equal", "built the same, operand by operand", 40},
	{"raises in both", "isnone, not, and, or, empty take no value", 74},
	{"no lookups", "the ancestor says null, which its builders write as TRUE; here it is an error", 26},
	{"refused", "the ancestor builds a leaf that can only raise or never be true", 10},
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
	lookups := lookupsOf(t, c.Kwargs)
	ours, err := fromLookups(lookups)
	if err != nil && !ours.IsNone() && ours.Err() == nil {
		t.Errorf("%s: %v comes with the error %v", c.ID, ours, err)
	}
	switch {
	case err != nil && slices.ContainsFunc(lookups, lookup.isStructure) && c.Error == "TypeError":
		return "raises in both"
	case errors.Is(err, errNoLookups) && len(lookups) == 0 && c.Spec == nil && c.Error == "":
		return "no lookups"
	case c.Spec == nil:
		return "other"
	}
	theirs, theirErr := c.Spec.Specification()
	switch {
	case err != nil && theirErr != nil && hasRefusedLeaf(*c.Spec):
		return "refused"
	case err != nil || theirErr != nil:
		return "other"
	case ours.Equal(theirs):
		return "equal"
	}
	return "other"
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
