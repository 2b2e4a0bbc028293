package scale

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// grants is Verify in a policy of many grants: of one role, or of as many roles. The
// hand-written way has a map of rules.
func grants() Curve {
	return Curve{
		Name: "grants", Title: "Verify by the grants of the policy", Size: "grants", Sizes: powers(1, 100_000),
		open: func(context.Context) (opened, error) {
			return opened{grow: func(n int) ([]pair.Way, error) {
				var list []roles.Grant
				var parts []roles.Part
				byHand := map[target]bool{}
				for i := range n {
					g := roles.AllowWhere(endpoint(i), world.Method, world.OwnInvoices())
					list = append(list, g)
					parts = append(parts, roles.New("role"+strconv.Itoa(i), g))
					byHand[target{endpoint(i), world.Method}] = true
				}
				oneRole, err := roles.NewService[world.Claims](roles.New("user", list...))
				if err != nil {
					return nil, err
				}
				manyRoles, err := roles.NewService[world.Claims](parts...)
				if err != nil {
					return nil, err
				}
				asked := n / 2
				return []pair.Way{
					handVerify(byHand, world.Caller("user"), endpoint(asked)),
					verify(scene.Ours+", of one role", oneRole, world.Caller("user"), endpoint(asked)),
					verify(scene.Ours+", of as many roles", manyRoles, world.Caller("role"+strconv.Itoa(asked)), endpoint(asked)),
				}, nil
			}}, nil
		},
	}
}

// callerRoles is Verify for a caller of many roles, of which the last in the policy
// permits. The others say nothing of the endpoint, or are not known to the policy.
func callerRoles() Curve {
	const most = 64
	return Curve{
		Name: "caller-roles", Title: "Verify by the roles of the caller", Size: "roles", Sizes: []int{1, 2, 4, 8, 16, 32, most},
		open: func(context.Context) (opened, error) {
			var parts []roles.Part
			for i := range most - 1 {
				parts = append(parts, roles.New("role"+strconv.Itoa(i), roles.AllowWhere("elsewhere", world.Method, world.OwnInvoices())))
			}
			policy, err := roles.NewService[world.Claims](append(parts,
				roles.New("user", roles.AllowWhere(world.Endpoint, world.Method, world.OwnInvoices())))...)
			if err != nil {
				return opened{}, err
			}
			byHand := map[target]bool{{world.Endpoint, world.Method}: true}
			return opened{grow: func(n int) ([]pair.Way, error) {
				var known, unknown []string
				for i := range n - 1 {
					known = append(known, "role"+strconv.Itoa(i))
					unknown = append(unknown, "other"+strconv.Itoa(i))
				}
				known, unknown = append(known, "user"), append(unknown, "user")
				return []pair.Way{
					handVerify(byHand, world.Caller(known...), world.Endpoint),
					verify(scene.Ours, policy, world.Caller(known...), world.Endpoint),
					verify(scene.Ours+", unknown roles", policy, world.Caller(unknown...), world.Endpoint),
				}, nil
			}}, nil
		},
	}
}

func endpoint(i int) string { return "endpoint" + strconv.Itoa(i) }

// A target is what a rule is for.
type target struct{ endpoint, method string }

// condition is the answer by hand: the values of the one rule there is.
type condition struct{ account, creator string }

// decide is Verify by hand, where the role user may do what the map has.
//
//go:noinline
func decide(rules map[target]bool, who *world.Claims, endpoint, method string) (c condition, ok bool) {
	if !slices.Contains(who.Roles, "user") || !rules[target{endpoint, method}] {
		return condition{}, false
	}
	return condition{who.Account, who.Subject}, true
}

func handVerify(rules map[target]bool, who world.Claims, endpoint string) pair.Way {
	return pair.New(scene.Hand, func(n int) (c condition, err error) {
		for range n {
			var ok bool
			if c, ok = decide(rules, &who, endpoint, world.Method); !ok {
				return c, fmt.Errorf("forbidden: %s", endpoint)
			}
		}
		return c, nil
	}, func(c condition) (string, error) {
		return spec.Eq("account_id", c.account).And(spec.Eq("created_by", c.creator)).String(), nil
	})
}

func verify(name string, policy *roles.Service[world.Claims], who world.Claims, endpoint string) pair.Way {
	return pair.New(name, func(n int) (s spec.Specification, err error) {
		for range n {
			if s, err = policy.Verify(who, endpoint, world.Method); err != nil {
				return s, err
			}
		}
		return s, nil
	}, func(s spec.Specification) (string, error) { return s.String(), nil })
}
