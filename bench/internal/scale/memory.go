package scale

import (
	"context"
	"slices"
	"strconv"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

// rows is the filter of two equalities over slices of rows.
func rows() Curve {
	return Curve{
		Name: "rows", Title: "Filter by the rows of the slice, two equalities", Size: "rows", Per: "row", Sizes: powers(1, 10_000_000),
		Note: "One row in 200 is visible.",
		open: func(context.Context) (opened, error) {
			own := spec.Eq("account_id", world.Account).And(spec.Eq("created_by", world.Subject))
			matcher, err := spec.Compile[world.Invoice](own)
			if err != nil {
				return opened{}, err
			}
			var all []world.Invoice
			return opened{grow: func(n int) ([]pair.Way, error) {
				all = nil // not both at a time
				all = world.Invoices(n)
				return []pair.Way{
					filter(scene.Hand, func() ([]world.Invoice, error) { return handFilter(all, world.Account, world.Subject), nil }),
					filter(scene.Ours, func() ([]world.Invoice, error) { return spec.Filter(own, all) }),
					filter(scene.Ours+", compiled", func() ([]world.Invoice, error) { return matcher.Filter(all), nil }),
				}, nil
			}}, nil
		},
	}
}

// filter is a way to filter. The call through f is little beside even one row, and is
// the same for all.
func filter(name string, f func() ([]world.Invoice, error)) pair.Way {
	return pair.New(name, func(n int) (visible []world.Invoice, err error) {
		for range n {
			if visible, err = f(); err != nil {
				return nil, err
			}
		}
		return visible, nil
	}, world.IDs)
}

//go:noinline
func handFilter(all []world.Invoice, account, creator string) (visible []world.Invoice) {
	for i := range all {
		if r := &all[i]; r.AccountID == account && r.CreatedBy == creator {
			visible = append(visible, *r)
		}
	}
	return visible
}

// listRows is how many rows are asked whether they are in a list.
const listRows = 1000

// listInMemory is In over lists of many values: for each of a thousand rows, of which
// the list has every other.
func listInMemory() Curve {
	return Curve{
		Name: "list-memory", Title: "In by the values of the list, in memory", Size: "values", Per: "row", Sizes: powers(1, 100_000),
		Note:  "1,000 rows, of which half are in the list. The maps of the ways that are compiled are made before.",
		units: func(int) float64 { return listRows },
		open: func(context.Context) (opened, error) {
			all := make([]world.Invoice, listRows)
			return opened{grow: func(n int) ([]pair.Way, error) {
				list := values(n)
				for i := range all { // in the list, or beside it
					all[i] = world.Invoice{ID: int64(i), AccountID: "value-" + strconv.Itoa(i*7919%n+i%2*n)}
				}
				in := spec.In("account_id", list...)
				matcher, err := spec.Compile[world.Invoice](in)
				if err != nil {
					return nil, err
				}
				set := map[string]struct{}{}
				for _, v := range list {
					set[v] = struct{}{}
				}
				ways := []pair.Way{
					filter(scene.Hand, func() ([]world.Invoice, error) { return handMember(all, set), nil }),
					filter(scene.Ours+", compiled", func() ([]world.Invoice, error) { return matcher.Filter(all), nil }),
					filter(scene.Ours+", In and Filter", func() ([]world.Invoice, error) {
						return spec.Filter(spec.In("account_id", list...), all)
					}),
				}
				if n <= 1000 { // it takes too long for more
					ways = append(ways, filter("slices.Contains", func() ([]world.Invoice, error) { return handContains(all, list), nil }))
				}
				return ways, nil
			}}, nil
		},
	}
}

func values(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "value-" + strconv.Itoa(i)
	}
	return list
}

//go:noinline
func handMember(all []world.Invoice, set map[string]struct{}) (visible []world.Invoice) {
	for i := range all {
		if _, ok := set[all[i].AccountID]; ok {
			visible = append(visible, all[i])
		}
	}
	return visible
}

//go:noinline
func handContains(all []world.Invoice, list []string) (visible []world.Invoice) {
	for i := range all {
		if slices.Contains(list, all[i].AccountID) {
			visible = append(visible, all[i])
		}
	}
	return visible
}
