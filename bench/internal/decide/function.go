package decide

import (
	"fmt"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// verifyFunction is a rule that is a Go function: it builds its specification at
// every request. The hand-written way is the function alone. The leaves beyond
// the first two narrow nothing.
func verifyFunction(leaves int) scene.Scene {
	states := make([]string, leaves)
	for i := range states {
		states[i] = world.Status(i)
	}
	rule := func(c world.Claims) spec.Specification {
		s := spec.Eq("account_id", c.Account).And(spec.Eq("created_by", c.Subject))
		for _, state := range states[2:] {
			s = s.And(spec.Ne("status", state))
		}
		return s
	}
	return scene.Scene{
		Name: fmt.Sprintf("verify/function/%d", leaves),
		Does: fmt.Sprintf("a rule that is a Go function with %d leaves", leaves),
		Open: func(scene.Size) (*scene.Open, error) {
			caller := world.Caller("user")
			policy := roles.MustService[world.Claims](
				roles.New("user", roles.Allow(world.Endpoint, world.Method, rule)))
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, func(n int) (s spec.Specification, err error) {
					for range n {
						s = rule(caller)
					}
					return s, nil
				}, filtered),
				verifyWay(scene.Ours, policy, caller, world.Endpoint),
			}}, nil
		},
		Goals: []scene.Goal{scene.MoreAllocs(scene.Ours, scene.Hand, 2*float64(leaves))},
		Notes: []string{"the hand-written way is the function alone; a template (verify/small) builds nothing"},
	}
}
