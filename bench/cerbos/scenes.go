package main

import (
	"fmt"

	enginev1 "github.com/cerbos/cerbos/api/genpb/cerbos/engine/v1"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

const note = "Cerbos is called in the process, and is handed the caller and the row in its own form, made beforehand."

// scenes are the two questions, under a small policy and under one of 100,000 rules.
func scenes() []scene.Scene {
	return []scene.Scene{
		{
			Name: "cerbos/verify/small", Does: "decide and return the condition on the rows; two roles, one endpoint",
			Open: open(small, verifyWays), Notes: []string{note},
		},
		{
			Name: "cerbos/allow/small", Does: "decide about one row that is known; two roles, one endpoint",
			Open: open(small, allowWays), Notes: []string{note},
		},
		{
			Name: "cerbos/verify/1000x100", Does: "decide and return the condition; 1,000 roles x 100 endpoints", Heavy: true,
			Open: open(large, verifyWays), Notes: []string{note, "The hand-written way has the small policy."},
		},
		{
			Name: "cerbos/allow/1000x100", Does: "decide about one row that is known; 1,000 roles x 100 endpoints", Heavy: true,
			Open: open(large, allowWays), Notes: []string{note, "The hand-written way has the small policy."},
		},
	}
}

// A contest is a policy on both sides, and who asks for what.
type contest struct {
	ours     *roles.Service[world.Claims]
	cerbos   engine
	who      world.Claims
	endpoint string
}

func small(scene.Size) (contest, error) {
	cerbos, err := newEngine(map[string]string{world.Endpoint: policy(world.Endpoint, "admin", "user")})
	return contest{world.Policy(), cerbos, world.Caller("user"), world.Endpoint}, err
}

// largeEngine is kept: Cerbos takes about a minute to compile it.
var largeEngine engine

func large(size scene.Size) (contest, error) {
	many := world.Large
	if size == scene.Small {
		many = world.Many{Roles: 10, Endpoints: 4}
	}
	role, endpoint := many.Asked()
	cerbos := largeEngine
	if size == scene.Small || cerbos.evaluator == nil {
		byEndpoint := map[string][]string{}
		err := many.Each(func(role, endpoint string) error {
			byEndpoint[endpoint] = append(byEndpoint[endpoint], role)
			return nil
		})
		if err != nil {
			return contest{}, err
		}
		policies := map[string]string{}
		for endpoint, roles := range byEndpoint {
			policies[endpoint] = policy(endpoint, roles...)
		}
		if cerbos, err = newEngine(policies); err != nil {
			return contest{}, err
		}
		if size == scene.Full {
			largeEngine = cerbos
		}
	}
	return contest{many.Policy(), cerbos, world.Caller(role), endpoint}, nil
}

func open(of func(scene.Size) (contest, error), ways func(contest) []pair.Way) func(scene.Size) (*scene.Open, error) {
	return func(size scene.Size) (*scene.Open, error) {
		c, err := of(size)
		if err != nil {
			return nil, err
		}
		return &scene.Open{Ways: ways(c)}, nil
	}
}

// verifyWays answer which rows. An answer is which of the probes it allows.
func verifyWays(c contest) []pair.Way {
	byHand, input := world.Caller("user"), planInput(c.who, c.endpoint)
	return []pair.Way{
		pair.New(scene.Hand, func(n int) (cond condition, err error) {
			for range n {
				cond = decide(&byHand, world.Endpoint, world.Method)
			}
			return cond, nil
		}, func(cond condition) (string, error) {
			var rows []world.Invoice
			for _, row := range world.Probes() {
				if cond.allows(&row) {
					rows = append(rows, row)
				}
			}
			return world.IDs(rows)
		}),
		pair.New(scene.Ours, func(n int) (s spec.Specification, err error) {
			for range n {
				if s, err = c.ours.Verify(c.who, c.endpoint, world.Method); err != nil {
					return s, err
				}
			}
			return s, nil
		}, func(s spec.Specification) (string, error) {
			rows, err := spec.Filter(s, world.Probes())
			if err != nil {
				return "", err
			}
			return world.IDs(rows)
		}),
		pair.New("Cerbos, PlanResources", func(n int) (f *enginev1.PlanResourcesFilter, err error) {
			for range n {
				if f, err = c.cerbos.plan(input); err != nil {
					return nil, err
				}
			}
			return f, nil
		}, func(f *enginev1.PlanResourcesFilter) (string, error) {
			rows, err := visible(f, world.Probes())
			if err != nil {
				return "", err
			}
			return world.IDs(rows)
		}).Peer(),
	}
}

// allowWays answer about one row. They are timed on the first of the probes, and asked
// about all of them.
func allowWays(c contest) []pair.Way {
	byHand, probes := world.Caller("user"), world.Probes()
	row, input := &probes[0], checkInput(c.who, c.endpoint, &probes[0])
	hand := func(row *world.Invoice) (bool, error) {
		return allow(&byHand, world.Endpoint, world.Method, row), nil
	}
	ours := func(row *world.Invoice) (bool, error) {
		mine, err := c.ours.Verify(c.who, c.endpoint, world.Method)
		if err != nil {
			return false, err
		}
		return spec.Match(mine, row)
	}
	return []pair.Way{
		pair.New(scene.Hand, func(n int) (ok bool, err error) {
			for range n {
				ok = allow(&byHand, world.Endpoint, world.Method, row)
			}
			return ok, nil
		}, answers(probes, hand)),
		pair.New(scene.Ours, func(n int) (ok bool, err error) {
			for range n {
				if ok, err = ours(row); err != nil {
					return false, err
				}
			}
			return ok, nil
		}, answers(probes, ours)),
		pair.New("Cerbos, CheckResources", func(n int) (ok bool, err error) {
			for range n {
				if ok, err = c.cerbos.allow(input); err != nil {
					return false, err
				}
			}
			return ok, nil
		}, answers(probes, func(row *world.Invoice) (bool, error) {
			return c.cerbos.allow(checkInput(c.who, c.endpoint, row))
		})).Peer(),
	}
}

func answers(probes []world.Invoice, allow func(*world.Invoice) (bool, error)) func(bool) (string, error) {
	return func(timed bool) (string, error) {
		text := fmt.Sprint(timed)
		for i := range probes {
			ok, err := allow(&probes[i])
			if err != nil {
				return "", err
			}
			text += fmt.Sprintf(" %d:%t", i, ok)
		}
		return text, nil
	}
}
