package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// ownRole is the one role there is here; everybody has it.
const ownRole = "caller"

// anyClaims is a payload whose claims are known only at run time.
type anyClaims map[string]any

// RoleNames makes it a payload.
func (c anyClaims) RoleNames() []string { return []string{ownRole} }

// describe names a caller by the claims that the rules use.
func (c anyClaims) describe(rules []pair) string {
	var texts []string
	for _, r := range rules {
		text := r.right
		if value, ok := c[r.right]; ok { // else it is nested, as address.city is
			text += "=" + argument(value)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}

// policy is made of the rules of the command line: all of them must hold.
func (o *ownTable) policy(rules []pair) (*roles.Service[anyClaims], error) {
	var all []spec.Specification
	for _, r := range rules {
		all = append(all, spec.Eq(r.left, spec.Var(r.right)))
	}
	return roles.NewService[anyClaims](
		roles.New(ownRole, roles.AllowWhere(o.name, roles.Get, spec.And(all...))))
}

// claims are those of the command line, as values of the columns that they are
// compared with.
func (o *ownTable) claims(rules, given []pair) (anyClaims, error) {
	claims := anyClaims{}
	for _, g := range given {
		if strings.Contains(g.left, ".") {
			return nil, usagef("claim %q: a dot leads into a nested claim, which only a -token brings", g.left)
		}
		claims[g.left] = g.right
	}
	for _, r := range rules {
		text, ok := claims[r.right].(string)
		if !ok {
			if claims[r.right] == nil {
				return nil, usagef("what does claim %q say? Give -claim %[1]s=VALUE, or a -token", r.right)
			}
			continue // a number already, for another column
		}
		value, err := o.value(r.left, text)
		if err != nil {
			return nil, usagef("claim %q is compared with column %q: %v", r.right, r.left, err)
		}
		claims[r.right] = value
	}
	return claims, nil
}

// value reads a text as a value of a column.
func (o *ownTable) value(column, text string) (any, error) {
	field, _ := o.schema.Field(column)
	switch field.Kind {
	case spec.KindInt:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
		return nil, fmt.Errorf("%q is no whole number", text)
	case spec.KindFloat:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f, nil
		}
		return nil, fmt.Errorf("%q is no number", text)
	}
	return text, nil
}
