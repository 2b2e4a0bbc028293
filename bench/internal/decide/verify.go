package decide

import (
	xast "github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/peer"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

const noCondition = "casbin, ladon, cel-go and expr answer yes or no about a row that is known, " +
	"and have no condition to return"

// verify is the question of every request: which rows.
func verify() scene.Scene {
	const (
		withValues = "hand-written, values copied"
		routed     = "rolespec, route"
		pointed    = "rolespec, claims by pointer"
	)
	return scene.Scene{
		Name: "verify/small",
		Does: "decide and return the condition on the rows; two roles, one endpoint",
		Open: func(scene.Size) (*scene.Open, error) {
			policy, caller := world.Policy(), world.Caller("user")
			cedar, err := peer.NewCedar(caller)
			if err != nil {
				return nil, err
			}
			opa, err := peer.NewOPA(caller)
			if err != nil {
				return nil, err
			}
			return &scene.Open{Ways: []pair.Way{
				handWritten(&caller),
				pair.New(withValues, func(n int) (v values, err error) {
					for range n {
						v = handVerifyValues(&caller, world.Endpoint, world.Method)
					}
					return v, nil
				}, func(v values) (string, error) { return visible(v.allows) }),
				verifyWay(scene.Ours, policy, caller, world.Endpoint),
				verifyPointer(pointed, world.PolicyOfPointers(), &caller),
				routeWay(routed, policy.Route(world.Endpoint, world.Method), caller),
				routePointer(routed+", claims by pointer", world.PolicyOfPointers(), &caller),
				cedarResidual(cedar, world.Endpoint),
				opaResidual(opa, world.Endpoint),
			}}, nil
		},
		Goals: []scene.Goal{
			scene.AtMost(scene.Ours, 5, 3), scene.Allocs(scene.Ours, 0),
			scene.AtMost(routed, 2.5, 1.5), scene.Allocs(routed, 0),
		},
		Notes: []string{
			"a route is resolved once, when a service starts: it has no endpoint to find",
			noCondition,
			"Cedar and OPA evaluate partially, with the row unknown",
		},
	}
}

// verifyMany is the same under a policy of 100,000 rules, of which a
// request must not notice.
func verifyMany() scene.Scene {
	const small = "rolespec, small policy"
	return scene.Scene{
		Name: "verify/1000x100",
		Does: "decide and return the condition; 1,000 roles x 100 endpoints",
		Open: func(size scene.Size) (*scene.Open, error) {
			many := sized(size)
			role, endpoint := many.Asked()
			caller := world.Caller(role)
			opa, err := peer.NewOPAOfMany(caller, many)
			if err != nil {
				return nil, err
			}
			user := world.Caller("user")
			return &scene.Open{Ways: []pair.Way{
				handWritten(&user),
				verifyWay(small, world.Policy(), user, world.Endpoint),
				verifyWay(scene.Ours, many.Policy(), caller, endpoint),
				opaResidual(opa, endpoint),
			}}, nil
		},
		Goals: []scene.Goal{
			scene.AtMostOf(scene.Ours, small, 1.6, 1.2), scene.Allocs(scene.Ours, 0),
		},
		Notes: []string{
			noCondition,
			"the hand-written way has the small policy: nobody writes 100,000 rules by hand",
			"cedar-go evaluates each of its policies in turn, some 0.1 s a request here, and is timed in allow/1000x100 instead",
		},
	}
}

func sized(size scene.Size) world.Many {
	if size == scene.Small {
		return world.Many{Roles: 10, Endpoints: 4}
	}
	return world.Large
}

func handWritten(caller *world.Claims) pair.Way {
	return pair.New(scene.Hand, func(n int) (c condition, err error) {
		for range n {
			c = handVerify(caller, world.Endpoint, world.Method)
		}
		return c, nil
	}, func(c condition) (string, error) { return visible(c.allows) })
}

func verifyWay(name string, policy *roles.Service[world.Claims], caller world.Claims, endpoint string) pair.Way {
	return pair.New(name, func(n int) (s spec.Specification, err error) {
		for range n {
			if s, err = policy.Verify(caller, endpoint, world.Method); err != nil {
				return s, err
			}
		}
		return s, nil
	}, filtered)
}

func routeWay(name string, route roles.Route[world.Claims], caller world.Claims) pair.Way {
	return pair.New(name, func(n int) (s spec.Specification, err error) {
		for range n {
			if s, err = route.Verify(caller); err != nil {
				return s, err
			}
		}
		return s, nil
	}, filtered)
}

// verifyPointer and routePointer are the two for claims that are handed over by
// pointer. One function for both types of claims would not be what programs call.
func verifyPointer(name string, policy *roles.Service[*world.Claims], caller *world.Claims) pair.Way {
	return pair.New(name, func(n int) (s spec.Specification, err error) {
		for range n {
			if s, err = policy.Verify(caller, world.Endpoint, world.Method); err != nil {
				return s, err
			}
		}
		return s, nil
	}, filtered)
}

func routePointer(name string, policy *roles.Service[*world.Claims], caller *world.Claims) pair.Way {
	route := policy.Route(world.Endpoint, world.Method)
	return pair.New(name, func(n int) (s spec.Specification, err error) {
		for range n {
			if s, err = route.Verify(caller); err != nil {
				return s, err
			}
		}
		return s, nil
	}, filtered)
}

// filtered prints which of the probes a specification allows.
func filtered(s spec.Specification) (string, error) {
	rows, err := spec.Filter(s, world.Probes())
	if err != nil {
		return "", err
	}
	return world.IDs(rows)
}

func cedarResidual(c *peer.Cedar, endpoint string) pair.Way {
	context := peer.CedarContext(endpoint)
	return pair.New("cedar, partial", func(n int) (left []*xast.Policy, err error) {
		for range n {
			left = c.Residual(context)
		}
		return left, nil
	}, func(left []*xast.Policy) (string, error) {
		rows, err := c.Visible(left, world.Probes())
		if err != nil {
			return "", err
		}
		return world.IDs(rows)
	}).Peer()
}

func opaResidual(o *peer.OPA, endpoint string) pair.Way {
	input := o.Input(endpoint, nil)
	return pair.New("OPA, partial", func(n int) (left *rego.PartialQueries, err error) {
		for range n {
			if left, err = o.Residual(input); err != nil {
				return nil, err
			}
		}
		return left, nil
	}, func(left *rego.PartialQueries) (string, error) {
		rows, err := o.Visible(left, world.Probes())
		if err != nil {
			return "", err
		}
		return world.IDs(rows)
	}).Peer()
}
