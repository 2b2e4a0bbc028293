package pair

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"time"
)

// Control is the name of the first way where it is timed a second time.
const Control = "control"

// Options of a measurement. The zero Options are meant for figures that are kept.
type Options struct {
	// Budget is the time for the samples of all ways but those that are much
	// slower than the rest; zero is two seconds. A measurement takes longer where
	// there are such, or fewer than MinSamples fit in.
	Budget time.Duration
	// Sample is how long one sample takes at least; zero is 50 microseconds.
	Sample time.Duration
	// MinSamples is how many samples every way gets at least; zero is 15.
	MinSamples int
	// Seed of the order within the rounds.
	Seed uint64
	// Clock returns the time since some moment. Nil is the machine's own; a
	// test gives one that it moves itself.
	Clock func() time.Duration
}

func (o Options) withDefaults() Options {
	if o.Budget <= 0 {
		o.Budget = 2 * time.Second
	}
	if o.Sample <= 0 {
		o.Sample = 50 * time.Microsecond
	}
	if o.MinSamples <= 0 {
		o.MinSamples = 15
	}
	if o.Clock == nil {
		start := time.Now()
		o.Clock = func() time.Duration { return time.Since(start) }
	}
	return o
}

// runner is a way while it is measured.
type runner struct {
	Way
	repeat int           // of the work in a sample
	sample time.Duration // what that took at first
	litter bool          // it leaves much garbage
	every  int           // rounds, of which it takes part in one
	ns     []float64     // of one repetition, by round; NaN where it took no part
	took   int           // samples
}

// Measure times the ways against the first, which is timed once more as the
// control. A way that is much slower than the others takes part in some
// rounds only, so that it does not use up the budget.
//
// An error is a way that failed or, as an [AnswerError], answered wrongly: then
// there is no result.
func Measure(o Options, ways ...Way) (*Result, error) {
	o = o.withDefaults()
	if err := Check(ways...); err != nil {
		return nil, err
	}
	control := ways[0]
	control.name = Control
	ways = append([]Way{ways[0], control}, ways[1:]...)

	runners := make([]*runner, len(ways))
	for i, w := range ways {
		runners[i] = &runner{Way: w}
		if err := runners[i].calibrate(o); err != nil {
			return nil, err
		}
	}
	runners[1].repeat = runners[0].repeat // or the two are not the same
	share(o, runners)
	rounds, err := play(o, runners)
	if err != nil {
		return nil, err
	}
	if err := agree(ways); err != nil {
		return nil, fmt.Errorf("after it was timed: %w", err)
	}
	result := &Result{Rounds: rounds}
	for _, r := range runners {
		allocs, bytes, err := r.allocations()
		if err != nil {
			return nil, err
		}
		result.Figures = append(result.Figures, Figure{
			Name: r.name, Peer: r.peer,
			Ns: median(r.ns), Ratio: ratioOf(r.ns, runners[0].ns),
			Allocs: allocs, Bytes: bytes,
			Samples: r.took, Repeat: r.repeat,
			ns: r.ns,
		})
	}
	return result, nil
}

// calibrate finds how often the work fits into a sample, and warms up what the
// way needs.
func (r *runner) calibrate(o Options) error {
	const much = 4 << 20 // the heap at which a small program collects
	r.repeat = 1
	for {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		took, err := r.time(o, r.repeat)
		if err != nil {
			return err
		}
		runtime.ReadMemStats(&after)
		r.sample, r.litter = took, after.TotalAlloc-before.TotalAlloc > much
		if took >= o.Sample || r.repeat >= 1<<30 {
			return nil
		}
		// Aim a little beyond, in steps that a first, cold run does not mislead.
		grow := 1.2 * float64(o.Sample) / float64(max(took, 1))
		r.repeat = int(float64(r.repeat)*min(max(grow, 1.2), 10)) + 1
	}
}

// share gives slow ways fewer rounds, so that each takes no more of the time than
// a few of the others do. Powers of two, so that any two ways meet in the rounds of
// the rarer.
func share(o Options, runners []*runner) {
	longest := 3 * max(o.Sample, runners[0].sample)
	for i, r := range runners {
		r.every = 1
		for i > 1 && time.Duration(r.every)*longest < r.sample {
			r.every *= 2
		}
	}
}

func (r *runner) time(o Options, n int) (time.Duration, error) {
	begin := o.Clock()
	err := r.run(n)
	took := o.Clock() - begin
	if err != nil {
		return took, fmt.Errorf("%s: %w", r.name, err)
	}
	return took, nil
}

// play takes samples, round by round, until the budget is spent and every way
// has its least number. The first way and the control are in every round.
func play(o Options, runners []*runner) (rounds int, err error) {
	rng := rand.New(rand.NewPCG(o.Seed, 0x9e3779b97f4a7c15))
	var spent time.Duration // by those that take part in every round
	cold := false           // the way before was slow: the caches have what it needs
	for ; ; rounds++ {
		over := spent >= o.Budget
		missing := false
		for _, r := range runners {
			missing = missing || r.took < o.MinSamples
		}
		if over && !missing {
			return rounds, nil
		}
		for _, i := range rng.Perm(len(runners)) {
			r := runners[i]
			slow := r.every > 1
			// Past the budget, slow ways are what is missing, and all others
			// are there to be compared with.
			if slow && (over && r.took >= o.MinSamples || !over && rounds%r.every != 0) {
				r.ns = append(r.ns, math.NaN())
				continue
			}
			if cold && !slow {
				if _, err := r.time(o, r.repeat); err != nil {
					return rounds, err
				}
			}
			took, err := r.time(o, r.repeat)
			if err != nil {
				return rounds, err
			}
			r.ns = append(r.ns, float64(took.Nanoseconds())/float64(r.repeat))
			r.took++
			if r.litter { // and would make the others collect it
				runtime.GC()
			}
			if cold = slow; !slow {
				spent += took
			}
		}
	}
}
