package main

import (
	"fmt"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

// doubts says what of a question is hardly meant: the decision stands, and is that
// of a service, but its reason may lie here.
func doubts(p *policy.Policy, claims policy.Claims, endpoint string) (notes []string) {
	list, isList := claims["roles"].([]any)
	if claims["roles"] != nil && len(claims.RoleNames()) == 0 && (!isList || len(list) > 0) {
		notes = append(notes, "the claim roles is not a list of texts, and names no role")
	}
	for f := range p.Claims().Fields() {
		if f.Name != "roles" && misfits(p.Claims(), claims, f.Name) {
			notes = append(notes, fmt.Sprintf("the claim %s is not of the type %s, and counts as missing", readable(f.Name), f.TypeName()))
		}
	}
	var endpoints []string
	for r := range p.Resources() {
		endpoints = append(endpoints, r.Endpoints...)
	}
	if _, known := p.Resource(endpoint); !known && len(endpoints) > 0 {
		notes = append(notes, fmt.Sprintf("no resource has the endpoint %s%s", readable(endpoint), suggest(endpoint, endpoints)))
	}
	return notes
}

// misfits reports whether a claim is there and no value of the type that it is
// declared with.
func misfits(declared *spec.Schema, claims policy.Claims, name string) bool {
	get, _, err := spec.ClaimGetter[map[string]any](name)
	if err != nil {
		return false
	}
	values := map[string]any(claims)
	v := get(&values)
	if v.IsNull() {
		_, there := claims[name]
		return there && claims[name] != nil && claims[name] != "" // what has no value at all
	}
	_, err = declared.Resolve(spec.NewLeaf(name, spec.OpEq, v))
	return err != nil
}
