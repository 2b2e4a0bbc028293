package scale

import (
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// Options of a measurement. The zero Options are what is meant for figures that are
// kept: with them all curves take some seven minutes, 2 GB of memory and 2 GB of disk.
type Options struct {
	// Largest is the largest size; zero is no limit.
	Largest int
	// Budget is the time for the samples of one size; zero is a second.
	Budget time.Duration
	// Bound is the time for a curve, with all that is made for it; zero is three
	// minutes. The first size is measured in any case.
	Bound time.Duration
	// Log is told what is being measured. It may be nil.
	Log func(format string, args ...any)
	// Clock returns the time since some moment. Nil is the machine's own; a test gives
	// one that it moves itself.
	Clock func() time.Duration
}

func (o Options) withDefaults() Options {
	if o.Budget <= 0 {
		o.Budget = time.Second
	}
	if o.Bound <= 0 {
		o.Bound = 3 * time.Minute
	}
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	if o.Clock == nil {
		start := time.Now()
		o.Clock = func() time.Duration { return time.Since(start) }
	}
	return o
}

func (o Options) pair() pair.Options { return pair.Options{Budget: o.Budget} }
