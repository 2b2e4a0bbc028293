// Package scene says what is measured: scenes with the ways to do their work,
// and the goals that are set for them.
package scene

import (
	"fmt"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// The names of the ways that are in every scene.
const (
	Hand = "hand-written" // the first
	Ours = "rolespec"     // the simple calls, as a program makes them
)

// Size is how large the data of a scene is.
type Size int

const (
	Full  Size = iota // what is measured
	Small             // what the tests check answers on, in milliseconds
)

// Scene is a piece of work, and several ways to do it.
type Scene struct {
	// Name is a path, as in "filter/equalities/1000", that chooses it on the
	// command line.
	Name string
	// Does says in a line what the work is.
	Does string
	// Per names what the times are for where they are not for the whole work:
	// "row". Open says how many there are.
	Per string
	// Open makes what the ways need, and them. The first is the hand-written
	// one. What they hold beyond memory is given back by Close.
	Open func(Size) (*Open, error)
	// Heavy scenes take many seconds at full size. Where there is no time for that
	// they are measured on small data.
	Heavy bool
	// Goals are asked of what was measured.
	Goals []Goal
	// Notes are printed below: peers that are not here, and why; what is unlike.
	Notes []string
}

// Open is a scene that is ready to be measured.
type Open struct {
	Ways  []pair.Way
	Units int          // how many of what Scene.Per names one piece of work has
	Close func() error // may be nil
}

// Result is what a scene gave.
type Result struct {
	Scene    Scene
	Size     Size
	Units    int // at least 1
	Measured *pair.Result
	Verdicts []Verdict
}

// Measure opens a scene, measures it and closes it.
func (s Scene) Measure(size Size, o pair.Options) (*Result, error) {
	var r *Result
	err := s.with(size, func(open *Open) error {
		measured, err := pair.Measure(o, open.Ways...)
		if err != nil {
			return err
		}
		r = &Result{Scene: s, Size: size, Units: max(open.Units, 1), Measured: measured}
		for _, g := range s.goals(open.Ways) {
			v, err := g.judge(measured)
			if err != nil {
				return err
			}
			r.Verdicts = append(r.Verdicts, v)
		}
		return nil
	})
	return r, err
}

// Check opens a scene and holds the answers of its ways against the first's.
// It times nothing, and asks that every goal is about ways that are there.
func (s Scene) Check(size Size) error {
	return s.with(size, func(open *Open) error {
		ways := open.Ways
		names := map[string]bool{}
		for _, w := range ways {
			names[w.Name()] = true
		}
		if !names[Hand] || ways[0].Name() != Hand {
			return fmt.Errorf("the first way is not %q", Hand)
		}
		for _, g := range s.Goals {
			if !names[g.Way] || !names[g.against()] {
				return fmt.Errorf("a goal is about %q and %q, and one is not there", g.Way, g.against())
			}
		}
		return pair.Check(ways...)
	})
}

func (s Scene) with(size Size, do func(*Open) error) (err error) {
	open, err := s.Open(size)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	if open.Close != nil {
		defer func() {
			if closing := open.Close(); err == nil && closing != nil {
				err = fmt.Errorf("%s: %w", s.Name, closing)
			}
		}()
	}
	if err := do(open); err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	return nil
}
