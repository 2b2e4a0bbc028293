package compare

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/effective"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Data is what two policies are compared on.
type Data struct {
	Callers map[string]policy.Claims    // by a name
	Rows    map[string][]map[string]any // by resource; by endpoint where a policy declares none
}

// Callers returns what changes for the callers and rows of the data, on every
// endpoint and method that either policy names: sorted by caller, endpoint, method.
// A specification that cannot be asked of the rows shows none, and is an error.
func Callers(before, after *policy.Policy, data Data) ([]CallerChange, error) {
	old, err := effective.Of(before)
	if err != nil {
		return nil, err
	}
	now, err := effective.Of(after)
	if err != nil {
		return nil, err
	}
	var changes []CallerChange
	for _, name := range slices.Sorted(maps.Keys(data.Callers)) {
		for _, endpoint := range both(old.Endpoints(), now.Endpoints()) {
			for _, method := range both(old.Methods(endpoint), now.Methods(endpoint)) {
				c := CallerChange{Caller: name, Endpoint: endpoint, Method: asked(method)}
				changed, err := c.compare(old, now, data, name)
				if err != nil {
					return nil, fmt.Errorf("%s: %s %q: %w", name, c.Method, endpoint, err)
				}
				if changed {
					c.Method = method
					changes = append(changes, c)
				}
			}
		}
	}
	return changes, nil
}

// asked returns a method to ask for: for every other one, one that nobody names.
func asked(method string) string {
	if method == roles.AnyMethod {
		return "\x00any other"
	}
	return method
}

func (c *CallerChange) compare(old, now *effective.Policy, data Data, caller string) (changed bool, err error) {
	claims := data.Callers[caller]
	rowsBefore, errBefore := old.Service.Verify(claims, c.Endpoint, c.Method)
	rowsAfter, errAfter := now.Service.Verify(claims, c.Endpoint, c.Method)
	visibleBefore, err := visible(old, c.Endpoint, rowsBefore, data)
	if err != nil {
		return false, fmt.Errorf("before: %w", err)
	}
	visibleAfter, err := visible(now, c.Endpoint, rowsAfter, data)
	if err != nil {
		return false, fmt.Errorf("after: %w", err)
	}
	c.Gained, c.Lost = without(visibleAfter, visibleBefore), without(visibleBefore, visibleAfter)
	switch {
	case errBefore != nil && errAfter != nil:
		return false, nil
	case errBefore != nil:
		c.Change = Permitted
	case errAfter != nil:
		c.Change, c.Reason = Forbidden, reason(errAfter)
	case len(c.Gained) > 0 && len(c.Lost) > 0:
		c.Change = Changed
	case len(c.Gained) > 0:
		c.Change = Widened
	case len(c.Lost) > 0:
		c.Change = Narrowed
	default:
		return false, nil
	}
	return true, nil
}

func reason(err error) string {
	if forbidden, ok := err.(*roles.ForbiddenError); ok {
		return forbidden.Reason
	}
	return err.Error()
}

// visible returns the keys of the rows that a specification shows, in their order.
func visible(p *effective.Policy, endpoint string, s spec.Specification, data Data) ([]string, error) {
	resource, declared := p.Resource(endpoint)
	name, key := resource.Name, resource.Key
	var opts []spec.Option
	if declared {
		opts = append(opts, spec.WithSchema(resource.Schema))
	} else {
		name, key = endpoint, "id"
	}
	rows := data.Rows[name]
	if s.IsNone() || len(rows) == 0 {
		return nil, nil
	}
	m, err := spec.Compile[map[string]any](s, opts...)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, row := range m.Filter(rows) {
		keys = append(keys, keyOf(row, key))
	}
	return keys, nil
}

// keyOf names a row by its key, as text.
func keyOf(row map[string]any, key string) string {
	v, err := spec.ValueOf(row[key])
	if err != nil {
		return fmt.Sprint(row[key])
	}
	if v.Kind() == spec.KindString {
		return v.Text()
	}
	return v.String()
}

// without returns the keys of a that are not in b.
func without(a, b []string) []string {
	in := make(map[string]bool, len(b))
	for _, key := range b {
		in[key] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(key string) bool { return in[key] })
}
