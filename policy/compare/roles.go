package compare

import (
	"maps"
	"slices"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/effective"
	"github.com/rolespec/rolespec/spec"
)

// Roles returns what changes for callers who have one role, for every role,
// endpoint and method that either policy names: sorted by role, endpoint, method.
// Nothing is returned for what is proven to stay the same. It does not see what the
// order of roles does to callers who have several; [Callers] does.
func Roles(before, after *policy.Policy) ([]RoleChange, error) {
	old, err := effective.Of(before)
	if err != nil {
		return nil, err
	}
	now, err := effective.Of(after)
	if err != nil {
		return nil, err
	}
	var changes []RoleChange
	for _, role := range both(old.Service.Roles(), now.Service.Roles()) {
		for _, endpoint := range both(old.Endpoints(), now.Endpoints()) {
			for _, method := range both(old.Methods(endpoint), now.Methods(endpoint)) {
				changes = append(changes, compareRole(old, now, role, endpoint, method)...)
			}
		}
	}
	return changes, nil
}

// OrderChanged reports whether roles that both policies have are asked in another
// order, or are combined in another way, which matters to callers who have several.
func OrderChanged(before, after *policy.Policy) (bool, error) {
	old, err := policy.NewService[policy.Claims](before)
	if err != nil {
		return false, err
	}
	now, err := policy.NewService[policy.Claims](after)
	if err != nil {
		return false, err
	}
	common := func(of, in []string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(name string) bool { return !slices.Contains(in, name) })
	}
	reordered := !slices.Equal(common(old.Roles(), now.Roles()), common(now.Roles(), old.Roles()))
	return old.IsUnion() != now.IsUnion() || reordered && !now.IsUnion(), nil
}

func compareRole(old, now *effective.Policy, role, endpoint, method string) (changes []RoleChange) {
	sc := schemaOf(old, now, endpoint)
	rowsBefore, could := old.Rows(role, endpoint, method)
	rowsAfter, can := now.Rows(role, endpoint, method)
	c := RoleChange{Role: role, Endpoint: endpoint, Method: method, Before: rowsBefore, After: rowsAfter}
	var ok bool
	if c.Change, ok = changeOf(could, can, rowsBefore, rowsAfter, sc); ok {
		changes = append(changes, c)
	}
	if !could || !can {
		return changes
	}
	checkBefore, _ := old.Check(role, endpoint, method)
	checkAfter, _ := now.Check(role, endpoint, method)
	if checkBefore.Equal(rowsBefore) && checkAfter.Equal(rowsAfter) {
		return changes
	}
	c.Before, c.After, c.Written = checkBefore, checkAfter, true
	if c.Change, ok = changeOf(true, true, checkBefore, checkAfter, sc); ok {
		changes = append(changes, c)
	}
	return changes
}

// schemaOf returns what is known of the rows by both: the schema that they agree
// on, else none.
func schemaOf(old, now *effective.Policy, endpoint string) *spec.Schema {
	a, b := old.Schema(endpoint), now.Schema(endpoint)
	if a == nil || b == nil {
		return nil
	}
	if !slices.EqualFunc(slices.Collect(a.Fields()), slices.Collect(b.Fields()), func(f, g spec.Field) bool {
		return f.Name == g.Name && f.Kind == g.Kind && f.List == g.List && f.Nullable == g.Nullable && slices.Equal(f.Labels, g.Labels)
	}) {
		return nil
	}
	return b
}

// changeOf says what becomes of an answer; not ok where nothing does.
func changeOf(could, can bool, before, after spec.Specification, sc *spec.Schema) (Change, bool) {
	switch {
	case !could && !can:
		return "", false
	case !could:
		return Permitted, true
	case !can:
		return Forbidden, true
	}
	wider, narrower := prove.Implies(before, after, sc), prove.Implies(after, before, sc)
	switch {
	case before.Equal(after), wider && narrower:
		return "", false
	case wider:
		return Widened, true
	case narrower:
		return Narrowed, true
	}
	return Changed, true
}

// both returns what is in either list, sorted.
func both(a, b []string) []string {
	names := map[string]bool{}
	for _, name := range slices.Concat(a, b) {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}
