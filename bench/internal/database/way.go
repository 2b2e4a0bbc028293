package database

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/world"
)

// A reader reads the rows that a caller may see into rows, and returns them.
type reader func(c world.Claims, rows []Row) ([]Row, error)

// answer is what a reader gave.
type answer struct {
	caller world.Claims
	rows   []Row
}

// way makes a way of a reader, which is asked for another caller each time.
//
// Each way has an order of callers of its own: were it the same for all, the way that
// is ahead would find the rows for those behind it, and they would be in the caches.
//
// That the rows are as many as they have to be is seen every time, that they are the
// caller's when the way is compared with the others.
func (n Size) way(name string, read reader) pair.Way {
	order, rows := newOrder(name, n), make([]Row, 0, perUser)
	return pair.New(name, func(times int) (a answer, err error) {
		for range times {
			a.caller = callerAt(order.next())
			if a.rows, err = read(a.caller, rows[:0]); err != nil {
				return a, err
			}
			if len(a.rows) != perUser {
				return a, n.checkRows(a.caller, a.rows)
			}
		}
		return a, nil
	}, func(a answer) (string, error) {
		return fmt.Sprintf("the %d rows of the caller", len(a.rows)), n.checkRows(a.caller, a.rows)
	})
}

// An order goes through all callers, and again.
type order struct {
	callers []int
	at      int
}

// newOrder returns the order of a name, the same at every call.
func newOrder(name string, n Size) *order {
	h := fnv.New64a()
	h.Write([]byte(name))
	return &order{callers: rand.New(rand.NewPCG(h.Sum64(), 0)).Perm(n.callers())}
}

func (o *order) next() int {
	o.at++
	return o.callers[o.at%len(o.callers)]
}

// warm asks each way as often as engines and drivers need to choose their plans.
func warm(ways []pair.Way) error {
	for range 12 {
		if err := pair.Check(ways...); err != nil {
			return err
		}
	}
	return nil
}
