// Package filter is the scenes of rows in memory: which of them are visible.
//
// Every way returns the visible rows in a new slice, as spec.Filter does. The
// hand-written way appends to it; beside it stands one that marks the rows first
// and makes the result in its exact size, which is faster where many are
// visible. The goals are asked against both.
package filter

import (
	"fmt"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/peer"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

const (
	exact    = "hand-written, exact size"
	compiled = "rolespec, compiled before"
)

// Scenes returns the scenes of this package.
func Scenes() []scene.Scene {
	var scenes []scene.Scene
	for _, c := range conditions() {
		for _, rows := range []int{1_000, 100_000, 1_000_000} {
			scenes = append(scenes, c.scene(rows))
		}
	}
	for _, rows := range []int{1, 10, 100, 1_000} {
		scenes = append(scenes, request(rows))
	}
	return scenes
}

// condition is one of the three, for every way.
type condition struct {
	name, does  string
	hand, exact func([]world.Invoice) []world.Invoice
	spec        func() (spec.Specification, error)
	cel, expr   string
	// whole ways of peers, at 1,000 rows, that filter by a policy
	policies bool
	bound    map[int]float64 // by number of rows
	stretch  float64
}

func conditions() []condition {
	q := &asked
	states := q.states[:]
	list := fmt.Sprintf("[%q, %q, %q, %q, %q]", states[0], states[1], states[2], states[3], states[4])
	equalities := fmt.Sprintf("account_id == %q && created_by == %q", q.account, q.creator)
	return []condition{
		{
			name: "equalities", does: "two equalities, one row in 200 visible",
			hand: q.handEqualities, exact: q.exactEqualities,
			spec: func() (spec.Specification, error) {
				return world.Policy().Verify(world.Caller("user"), world.Endpoint, world.Method)
			},
			cel: equalities, expr: equalities,
			policies: true,
			bound:    map[int]float64{1_000: 0.5, 100_000: 0.9, 1_000_000: 1.0},
		},
		{
			name: "range", does: "equalities, or a range and a list of 5; 22 rows in 100 visible",
			hand: q.handRanged, exact: q.exactRanged,
			spec: func() (spec.Specification, error) {
				return spec.Or(
					spec.And(spec.Eq("account_id", q.account), spec.Eq("created_by", q.creator)),
					spec.And(spec.Gt("amount", q.amount), spec.In("status", states...))), nil
			},
			cel:     fmt.Sprintf("(%s) || (amount > %.1f && status in %s)", equalities, q.amount, list),
			expr:    fmt.Sprintf("(%s) || (amount > %g && status in %s)", equalities, q.amount, list),
			bound:   map[int]float64{1_000: 0.8, 100_000: 0.8, 1_000_000: 0.8},
			stretch: 0.6,
		},
		{
			name: "text", does: "a substring or a prefix; 29 rows in 100 visible",
			hand: q.handText, exact: q.exactText,
			spec: func() (spec.Specification, error) {
				return spec.Or(spec.Contains("status", q.infix), spec.HasPrefix("created_by", q.prefix)), nil
			},
			cel:     fmt.Sprintf("status.contains(%q) || created_by.startsWith(%q)", q.infix, q.prefix),
			expr:    fmt.Sprintf("status contains %q || created_by startsWith %q", q.infix, q.prefix),
			bound:   map[int]float64{1_000: 1.1, 100_000: 1.1, 1_000_000: 1.1},
			stretch: 1.0,
		},
	}
}

// peersAt is the number of rows up to which peers are timed: they take as long
// for each, however many.
const peersAt = 1_000

func (c condition) scene(rows int) scene.Scene {
	s := scene.Scene{
		Name: fmt.Sprintf("filter/%s/%d", c.name, rows),
		Does: fmt.Sprintf("filter %d rows in memory: %s", rows, c.does),
		Per:  "row", Heavy: rows > 100_000,
		Open: func(size scene.Size) (*scene.Open, error) { return c.open(rows, size) },
		Goals: []scene.Goal{
			scene.AtMost(scene.Ours, c.bound[rows], c.stretch),
			scene.AtMostOf(scene.Ours, exact, c.bound[rows], c.stretch),
			scene.Allocs(scene.Ours, 1),
		},
	}
	switch {
	case rows > peersAt:
		s.Notes = []string{"peers are timed at 1,000 rows: they take as long for every row"}
	case c.policies:
		s.Notes = []string{
			"cedar decides in one batch, OPA in one query, casbin row by row; ladon has no form for many rows but as many requests",
		}
	default:
		s.Notes = []string{"casbin, Cedar and OPA are in filter/equalities/1000"}
	}
	return s
}

func (c condition) open(rows int, size scene.Size) (*scene.Open, error) {
	if size == scene.Small {
		rows = min(rows, 3_000) // some blocks, and a part of one
	}
	data := world.Invoices(rows)
	data[0].Amount, data[0].Status = asked.amount, asked.states[0] // on the bound of the range
	s, err := c.spec()
	if err != nil {
		return nil, err
	}
	matcher, err := spec.Compile[world.Invoice](s)
	if err != nil {
		return nil, err
	}
	open := &scene.Open{Units: rows, Ways: []pair.Way{
		filterWay(scene.Hand, data, c.hand),
		filterWay(exact, data, c.exact),
		ours(s, data),
		filterWay(compiled, data, matcher.Filter),
	}}
	if rows > peersAt {
		return open, nil
	}
	peers, err := c.peers(data)
	open.Ways = append(open.Ways, peers...)
	return open, err
}

// ours is the simple call: it finds the compiled matcher by itself.
func ours(s spec.Specification, data []world.Invoice) pair.Way {
	return pair.New(scene.Ours, func(n int) (visible []world.Invoice, err error) {
		for range n {
			if visible, err = spec.Filter(s, data); err != nil {
				return nil, err
			}
		}
		return visible, nil
	}, world.IDs)
}

// filterWay calls through f: once for all of the rows, which is nothing.
func filterWay(name string, data []world.Invoice, f func([]world.Invoice) []world.Invoice) pair.Way {
	return pair.New(name, func(n int) (visible []world.Invoice, err error) {
		for range n {
			visible = f(data)
		}
		return visible, nil
	}, world.IDs)
}

func (c condition) peers(data []world.Invoice) ([]pair.Way, error) {
	caller := world.Caller("user")
	cel, err := peer.NewCEL(c.cel, caller)
	if err != nil {
		return nil, err
	}
	expr, err := peer.NewExprOfRow(c.expr)
	if err != nil {
		return nil, err
	}
	ways := []pair.Way{
		rowByRow("cel-go", data, cel.Allow),
		rowByRow("expr", data, expr.Matches),
	}
	if !c.policies {
		return ways, nil
	}
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
	return append(ways,
		atOnce("cedar", data, func(rows []world.Invoice) ([]world.Invoice, error) {
			return cedar.Filter(world.Endpoint, rows)
		}),
		atOnce("OPA", data, opa.Filter),
		rowByRow("casbin", data, func(row *world.Invoice) (bool, error) {
			return casbin.Allow(world.Endpoint, row)
		})), nil
}

func rowByRow(name string, data []world.Invoice, allow func(*world.Invoice) (bool, error)) pair.Way {
	return atOnce(name, data, func(rows []world.Invoice) (visible []world.Invoice, err error) {
		for i := range rows {
			ok, err := allow(&rows[i])
			if err != nil {
				return nil, err
			}
			if ok {
				visible = append(visible, rows[i])
			}
		}
		return visible, nil
	})
}

func atOnce(name string, data []world.Invoice, f func([]world.Invoice) ([]world.Invoice, error)) pair.Way {
	return pair.New(name, func(n int) (visible []world.Invoice, err error) {
		for range n {
			if visible, err = f(data); err != nil {
				return nil, err
			}
		}
		return visible, nil
	}, func(visible []world.Invoice) (string, error) {
		return world.IDs(visible)
	}).Peer()
}
