package decide

import (
	"fmt"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/peer"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// allow is the question that all peers can answer: may the caller do this to
// this row. The row is one that it may see.
func allow() scene.Scene {
	return scene.Scene{
		Name: "allow/small",
		Does: "decide about one row that is known; two roles, one endpoint",
		Open: func(scene.Size) (*scene.Open, error) {
			caller, probes := world.Caller("user"), world.Probes()
			casbin, err := peer.NewCasbin(caller)
			if err != nil {
				return nil, err
			}
			cedar, err := peer.NewCedar(caller)
			if err != nil {
				return nil, err
			}
			opa, err := peer.NewOPA(caller)
			if err != nil {
				return nil, err
			}
			ladon, err := peer.NewLadon()
			if err != nil {
				return nil, err
			}
			cel, err := peer.NewCEL(peer.Decision, caller)
			if err != nil {
				return nil, err
			}
			expr, err := peer.NewExpr(peer.Decision, caller)
			if err != nil {
				return nil, err
			}
			return &scene.Open{Ways: []pair.Way{
				handAllows(&caller, probes),
				allowWay(world.Policy(), caller, world.Endpoint, probes),
				ladonAllows(ladon, caller, world.Endpoint, probes),
				yesNo("cel-go", probes, of(cel.Allow)),
				yesNo("expr", probes, of(expr.Allow)),
				cedarAllows(cedar, world.Endpoint, probes),
				opaAllows(opa, world.Endpoint, probes),
				casbinAllows(casbin, world.Endpoint, probes),
			}}, nil
		},
		Notes: []string{
			"Cedar, OPA and ladon are handed the row in their own form, made beforehand",
			"cel-go and expr have the whole policy in one expression",
		},
	}
}

// allowMany is the same under a policy of 100,000 rules.
func allowMany() scene.Scene {
	return scene.Scene{
		Name: "allow/1000x100",
		Does: "decide about one row that is known; 1,000 roles x 100 endpoints", Heavy: true,
		Open: func(size scene.Size) (*scene.Open, error) {
			many := sized(size)
			role, endpoint := many.Asked()
			caller, user := world.Caller(role), world.Caller("user")
			probes := world.Probes()[:2] // some peers take 0.1 s for each
			casbin, err := peer.NewCasbinOfMany(caller, many)
			if err != nil {
				return nil, err
			}
			cedar, err := peer.NewCedarOfMany(caller, many)
			if err != nil {
				return nil, err
			}
			opa, err := peer.NewOPAOfMany(caller, many)
			if err != nil {
				return nil, err
			}
			ladon, err := peer.NewLadonOfMany(many)
			if err != nil {
				return nil, err
			}
			return &scene.Open{Ways: []pair.Way{
				handAllows(&user, probes),
				allowWay(many.Policy(), caller, endpoint, probes),
				opaAllows(opa, endpoint, probes),
				ladonAllows(ladon, caller, endpoint, probes),
				casbinAllows(casbin, endpoint, probes),
				cedarAllows(cedar, endpoint, probes),
			}}, nil
		},
		Notes: []string{
			"the hand-written way has the small policy",
			"cel-go and expr evaluate expressions and hold no policy in which one would be found",
			"OPA looks the rule up in its data; casbin, Cedar and ladon go through their policies",
		},
	}
}

// handAllows, like the other ways, is timed on the first of the probes, which
// the caller may see, and has to be right about all of them.
func handAllows(caller *world.Claims, probes []world.Invoice) pair.Way {
	row := &probes[0]
	return pair.New(scene.Hand, func(n int) (ok bool, err error) {
		for range n {
			ok = handAllow(caller, world.Endpoint, world.Method, row)
		}
		return ok, nil
	}, answers(probes, func(row *world.Invoice) (bool, error) {
		return handAllow(caller, world.Endpoint, world.Method, row), nil
	}))
}

func allowWay(policy *roles.Service[world.Claims], caller world.Claims, endpoint string, probes []world.Invoice) pair.Way {
	row := &probes[0]
	return pair.New(scene.Ours, func(n int) (ok bool, err error) {
		for range n {
			mine, err := policy.Verify(caller, endpoint, world.Method)
			if err != nil {
				return false, err
			}
			if ok, err = spec.Match(mine, row); err != nil {
				return false, err
			}
		}
		return ok, nil
	}, answers(probes, func(row *world.Invoice) (bool, error) {
		mine, err := policy.Verify(caller, endpoint, world.Method)
		if err != nil {
			return false, err
		}
		return spec.Match(mine, row)
	}))
}

func casbinAllows(c *peer.Casbin, endpoint string, probes []world.Invoice) pair.Way {
	return yesNo("casbin", probes, func(row *world.Invoice) question {
		return func() (bool, error) { return c.Allow(endpoint, row) }
	})
}

func cedarAllows(c *peer.Cedar, endpoint string, probes []world.Invoice) pair.Way {
	return yesNo("cedar", probes, func(row *world.Invoice) question {
		made := c.Row(endpoint, row)
		return func() (bool, error) { return c.Allow(made) }
	})
}

func opaAllows(o *peer.OPA, endpoint string, probes []world.Invoice) pair.Way {
	return yesNo("OPA", probes, func(row *world.Invoice) question {
		input := o.Input(endpoint, row)
		return func() (bool, error) { return o.Allow(input) }
	})
}

func ladonAllows(l *peer.Ladon, caller world.Claims, endpoint string, probes []world.Invoice) pair.Way {
	return yesNo("ladon", probes, func(row *world.Invoice) question {
		request := peer.LadonRequest(caller, endpoint, row)
		return func() (bool, error) { return l.Allow(request), nil }
	})
}

// question is about one row, with what a peer makes of the row beforehand.
type question func() (bool, error)

// of makes questions of a peer that takes rows as they are.
func of(allow func(*world.Invoice) (bool, error)) func(*world.Invoice) question {
	return func(row *world.Invoice) question {
		return func() (bool, error) { return allow(row) }
	}
}

// yesNo is the way of a peer. The call through a function value is nothing beside
// what peers take.
func yesNo(name string, probes []world.Invoice, about func(*world.Invoice) question) pair.Way {
	ask := about(&probes[0])
	return pair.New(name, func(n int) (ok bool, err error) {
		for range n {
			if ok, err = ask(); err != nil {
				return false, err
			}
		}
		return ok, nil
	}, answers(probes, func(row *world.Invoice) (bool, error) { return about(row)() })).Peer()
}

// answers prints what was timed, and what is said of every probe.
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
