package filter

import (
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

// request is a whole request over a list in memory: decide, then filter.
func request(rows int) scene.Scene {
	bound := map[int]float64{1: 3.5, 10: 2}[rows]
	if bound == 0 {
		bound = 1
	}
	return scene.Scene{
		Name: fmt.Sprintf("request/%d", rows),
		Does: fmt.Sprintf("verify, then filter %d rows in memory: two equalities", rows),
		Open: func(scene.Size) (*scene.Open, error) {
			policy, caller := world.Policy(), world.Caller("user")
			data := world.Invoices(rows)
			data[0] = world.Mine() // one visible row at least
			return &scene.Open{Ways: []pair.Way{
				filterWay(scene.Hand, data, func(rows []world.Invoice) []world.Invoice {
					return handRequest(&caller, world.Endpoint, world.Method, rows)
				}),
				pair.New(scene.Ours, func(n int) (visible []world.Invoice, err error) {
					for range n {
						mine, err := policy.Verify(caller, world.Endpoint, world.Method)
						if err != nil {
							return nil, err
						}
						if visible, err = spec.Filter(mine, data); err != nil {
							return nil, err
						}
					}
					return visible, nil
				}, world.IDs),
			}}, nil
		},
		Goals: []scene.Goal{scene.AtMost(scene.Ours, bound, 0), scene.Allocs(scene.Ours, 1)},
		Notes: []string{"peers decide in verify and allow, and filter in filter/equalities/1000"},
	}
}

// handRequest decides and filters, as a handler does that has its policy
// written into it.
//
//go:noinline
func handRequest(c *world.Claims, endpoint, method string, rows []world.Invoice) (visible []world.Invoice) {
	if endpoint != "invoices" || method != "GET" {
		return nil
	}
	admin, user := slices.Contains(c.Roles, "admin"), slices.Contains(c.Roles, "user")
	if !admin && !user {
		return nil
	}
	for i := range rows {
		if r := &rows[i]; r.AccountID == c.Account && (admin || r.CreatedBy == c.Subject) {
			visible = append(visible, *r)
		}
	}
	return visible
}
