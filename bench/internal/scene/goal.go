package scene

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// Goal is a bound on what a way costs. It is made by [AtMost], [AtMostOf],
// [Faster], [Allocs] or [MoreAllocs].
type Goal struct {
	Way     string
	Against string // the other way of a ratio; empty for the hand-written one
	Bound   float64
	Stretch float64 // what would be better still; zero for nothing
	kind    kind
}

type kind int

const (
	ratio kind = iota
	faster
	allocs
	moreAllocs
)

// AtMost bounds the ratio of a way to the hand-written one.
func AtMost(way string, ratio, stretch float64) Goal {
	return Goal{Way: way, Bound: ratio, Stretch: stretch}
}

// AtMostOf bounds the ratio of a way to another.
func AtMostOf(way, against string, bound, stretch float64) Goal {
	return Goal{Way: way, Against: against, Bound: bound, Stretch: stretch}
}

// Faster asks that a way takes at most 1/times of what another takes.
func Faster(way, than string, times float64) Goal {
	return Goal{Way: way, Against: than, Bound: times, kind: faster}
}

// Allocs bounds the allocations of a way.
func Allocs(way string, most float64) Goal {
	return Goal{Way: way, Bound: most, kind: allocs}
}

// MoreAllocs bounds how many more allocations a way makes than another.
func MoreAllocs(way, than string, most float64) Goal {
	return Goal{Way: way, Against: than, Bound: most, kind: moreAllocs}
}

// ahead is by how much our way has to be faster than the ways of peers.
const ahead = 10

// goals adds to those of the scene that our way is ahead of every peer, where a
// scene does not say another figure for it.
func (s Scene) goals(ways []pair.Way) []Goal {
	goals := s.Goals
	said := map[string]bool{}
	ours := false
	for _, g := range goals {
		said[g.Against] = said[g.Against] || g.kind == faster
	}
	for _, w := range ways {
		ours = ours || w.Name() == Ours
	}
	for _, w := range ways {
		if ours && w.IsPeer() && !said[w.Name()] {
			goals = append(goals[:len(goals):len(goals)], Faster(Ours, w.Name(), ahead))
		}
	}
	return goals
}

func (g Goal) against() string {
	if g.Against == "" {
		return Hand
	}
	return g.Against
}

// String says what is asked: "<= 5x", "rolespec 10x faster", "<= 0 allocs".
func (g Goal) String() string {
	switch g.kind {
	case faster:
		return fmt.Sprintf("%s %gx faster", g.Way, g.Bound)
	case allocs:
		return fmt.Sprintf("<= %g allocs", g.Bound)
	case moreAllocs:
		return fmt.Sprintf("<= %g allocs more", g.Bound)
	}
	of := ""
	if g.Against != "" {
		of = " of " + strings.TrimPrefix(g.Against, Hand+", ")
	}
	if g.Stretch != 0 {
		return fmt.Sprintf("<= %gx%s, stretch %gx", g.Bound, of, g.Stretch)
	}
	return fmt.Sprintf("<= %gx%s", g.Bound, of)
}

// Subject returns the way beside which the goal is printed.
func (g Goal) Subject() string {
	if g.kind == faster {
		return g.Against
	}
	return g.Way
}

// Verdict is what became of a goal.
type Verdict struct {
	Goal    Goal
	Figure  float64 // what was measured, in the goal's own terms
	Reached bool
	Stretch bool // the stretch is reached too
	// Close says that the bound is nearer than the measurement is exact, as
	// its control has it: another run may find otherwise.
	Close bool
}

// judge compares a goal with what was measured.
func (g Goal) judge(r *pair.Result) (Verdict, error) {
	v := Verdict{Goal: g}
	way, ok := r.Figure(g.Way)
	other, found := r.Figure(g.against())
	against, met := r.Ratio(g.Way, g.against())
	if !ok || !found || !met {
		return v, fmt.Errorf("goal %q: there is no %q or no %q to judge", g, g.Way, g.against())
	}
	// An allocation that happens once in hundreds of times is not the way's own.
	const stray = 0.05
	switch g.kind {
	case allocs:
		v.Figure = way.Allocs
		v.Reached = v.Figure <= g.Bound+stray
	case moreAllocs:
		v.Figure = way.Allocs - other.Allocs
		v.Reached = v.Figure <= g.Bound+stray
	case faster:
		v.Figure = 1 / against.Median
		v.Reached = v.Figure >= g.Bound
		v.Close = near(v.Figure, g.Bound, r.Deviation())
	default:
		v.Figure = against.Median
		v.Reached = v.Figure <= g.Bound
		v.Stretch = g.Stretch != 0 && v.Figure <= g.Stretch
		v.Close = near(v.Figure, g.Bound, r.Deviation())
	}
	return v, nil
}

func near(figure, bound, deviation float64) bool {
	return figure >= bound*(1-deviation) && figure <= bound*(1+deviation)
}

// IsCount reports whether the goal is about allocations, not about time.
func (g Goal) IsCount() bool { return g.kind == allocs || g.kind == moreAllocs }
