package pair_test

import (
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// planted is a clock that stands still but for the work that is done.
type planted struct{ now time.Duration }

func (p *planted) clock() time.Duration { return p.now }

// options that need no time of their own.
func (p *planted) options() pair.Options {
	return pair.Options{Budget: 20 * time.Millisecond, Clock: p.clock}
}

// way takes what cost says of its k-th run, each time.
func (p *planted) way(name, answer string, cost func(k int) time.Duration) pair.Way {
	k := 0
	return pair.New(name, func(n int) (string, error) {
		p.now += time.Duration(n) * cost(k)
		k++
		return answer, nil
	}, pair.Print)
}

func always(d time.Duration) func(int) time.Duration {
	return func(int) time.Duration { return d }
}

func measure(t *testing.T, o pair.Options, ways ...pair.Way) *pair.Result {
	t.Helper()
	r, err := pair.Measure(o, ways...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }

func TestPlantedRatios(t *testing.T) {
	var p planted
	r := measure(t, p.options(),
		p.way("hand", "a", always(10)),
		p.way("twice", "a", always(20)),
		p.way("half", "a", always(5)),
		p.way("slow", "a", always(40*time.Millisecond)).Peer())

	for _, want := range []struct {
		name      string
		ns, ratio float64
		peer      bool
	}{
		{"hand", 10, 1, false}, {pair.Control, 10, 1, false},
		{"twice", 20, 2, false}, {"half", 5, 0.5, false}, {"slow", 40e6, 4e6, true},
	} {
		f, ok := r.Figure(want.name)
		if !ok || !near(f.Ns, want.ns) || !near(f.Ratio.Median, want.ratio) || f.Peer != want.peer {
			t.Errorf("%s: %+v, want %v ns and ratio %v", want.name, f, want.ns, want.ratio)
		}
		if f.Samples < 15 {
			t.Errorf("%s: %d samples", want.name, f.Samples)
		}
		if f.Repeat > 1 && time.Duration(f.Ns*float64(f.Repeat)) < 50*time.Microsecond {
			t.Errorf("%s: a sample of %d repetitions is too short", want.name, f.Repeat)
		}
	}
	if got, ok := r.Ratio("twice", "half"); !ok || !near(got.Median, 4) {
		t.Errorf("twice against half: %v", got)
	}
	if got, ok := r.Ratio("slow", "twice"); !ok || !near(got.Median, 2e6) {
		t.Errorf("slow against twice: %v", got)
	}
	if _, ok := r.Ratio("twice", "nobody"); ok {
		t.Error("a ratio to a way that is not there")
	}
	if r.Deviation() != 0 {
		t.Errorf("the control is off by %v", r.Deviation())
	}
}

// TestDrift is the case that the doc argues with: the machine is at half speed for
// most of the time. Within a round all are as fast.
func TestDrift(t *testing.T) {
	var p planted
	drifting := func(base time.Duration) func(int) time.Duration {
		return func(int) time.Duration {
			if p.now/time.Millisecond%3 != 0 {
				return 2 * base
			}
			return base
		}
	}
	r := measure(t, p.options(), p.way("hand", "a", drifting(1000)), p.way("ours", "a", drifting(3000)))
	if f, _ := r.Figure("ours"); !near(f.Ratio.Median, 3) || r.Deviation() != 0 {
		t.Errorf("ratio %v, control off by %v", f.Ratio, r.Deviation())
	}
	if got, ok := r.Ratio(pair.Control, "ours"); !ok || !near(got.Median, 1./3) {
		t.Errorf("control against ours: %v", got)
	}
}

// TestInterruptions: every seventh sample takes a hundred times as long.
func TestInterruptions(t *testing.T) {
	var p planted
	interrupted := func(base time.Duration) func(int) time.Duration {
		return func(k int) time.Duration {
			if k%7 == 6 {
				return 100 * base
			}
			return base
		}
	}
	r := measure(t, p.options(), p.way("hand", "a", interrupted(1000)), p.way("ours", "a", interrupted(1500)))
	if f, _ := r.Figure("ours"); !near(f.Ratio.Median, 1.5) || !near(f.Ns, 1500) {
		t.Errorf("%v ns, ratio %v", f.Ns, f.Ratio)
	}
}

func TestSpread(t *testing.T) {
	var p planted
	uneven := func(k int) time.Duration { return []time.Duration{1000, 2000, 3000, 4000}[k%4] }
	r := measure(t, p.options(), p.way("hand", "a", always(1000)), p.way("ours", "a", uneven))
	f, _ := r.Figure("ours")
	if f.Ratio.Low > 2 || f.Ratio.High < 3 || f.Ratio.Low < 1 || f.Ratio.High > 4 {
		t.Errorf("quartiles of 1, 2, 3 and 4: %v", f.Ratio)
	}
}

// TestSlowWays: a slow way leaves most of the budget to the others.
func TestSlowWays(t *testing.T) {
	var p planted
	o := p.options()
	o.Budget, o.MinSamples = time.Second, 5
	r := measure(t, o, p.way("hand", "a", always(100)), p.way("slow", "a", always(50*time.Millisecond)))
	hand, _ := r.Figure("hand")
	slow, _ := r.Figure("slow")
	if slow.Samples < 5 || time.Duration(slow.Samples)*50*time.Millisecond > 2*o.Budget || hand.Samples < 200 {
		t.Errorf("hand has %d samples, slow %d", hand.Samples, slow.Samples)
	}
}

// TestColdCaches: a slow way makes the next run of another take ten times as
// long, which is not that other's cost.
func TestColdCaches(t *testing.T) {
	var p planted
	cold := false
	quick := func(base time.Duration) func(int) time.Duration {
		return func(int) time.Duration {
			if cold {
				cold = false
				return 10 * base
			}
			return base
		}
	}
	slow := func(int) time.Duration {
		cold = true
		return 100 * time.Millisecond
	}
	o := p.options()
	o.Budget, o.MinSamples = time.Microsecond, 5 // all rounds have the slow way in them
	r := measure(t, o, p.way("hand", "a", quick(1000)), p.way("ours", "a", quick(2000)), p.way("slow", "a", slow))
	for name, ns := range map[string]float64{"hand": 1000, pair.Control: 1000, "ours": 2000} {
		if f, _ := r.Figure(name); !near(f.Ns, ns) {
			t.Errorf("%s takes %v ns, want %v", name, f.Ns, ns)
		}
	}
	if got, ok := r.Ratio("slow", "ours"); !ok || !near(got.Median, 50_000) {
		t.Errorf("slow against ours: %v", got)
	}
}

func TestWrongAnswer(t *testing.T) {
	var p planted
	_, err := pair.Measure(p.options(), p.way("hand", "1,2,3", always(10)), p.way("right", "1,2,3", always(10)),
		p.way("wrong", "1,2,4", always(10)))
	var wrong *pair.AnswerError
	if !errors.As(err, &wrong) || wrong.Way != "wrong" || wrong.Got != "1,2,4" || wrong.Want != "1,2,3" {
		t.Fatal(err)
	}
	if !strings.Contains(err.Error(), "at byte 4") {
		t.Error("the error does not show where:", err)
	}
	if err := pair.Check(p.way("hand", "a", always(1)), p.way("wrong", "b", always(1))); !errors.As(err, &wrong) {
		t.Error(err)
	}
	if err := pair.Check(p.way("hand", "a", always(1)), p.way("right", "a", always(1))); err != nil {
		t.Error(err)
	}
}

// TestWrongAnswerLater: a way that is right at first, as one with a broken cache
// would be, is found out by what it gave in the end.
func TestWrongAnswerLater(t *testing.T) {
	var p planted
	runs := 0
	later := pair.New("later", func(n int) (string, error) {
		p.now += time.Duration(n) * 10
		if runs++; runs > 10 {
			return "b", nil
		}
		return "a", nil
	}, pair.Print)
	_, err := pair.Measure(p.options(), p.way("hand", "a", always(10)), later)
	var wrong *pair.AnswerError
	if !errors.As(err, &wrong) || wrong.Way != "later" {
		t.Fatal(err)
	}
}

func TestFailure(t *testing.T) {
	var p planted
	broken := errors.New("broken")
	fails := pair.New("fails", func(int) (string, error) { return "a", broken }, pair.Print)
	if _, err := pair.Measure(p.options(), p.way("hand", "a", always(10)), fails); !errors.Is(err, broken) {
		t.Error(err)
	}
	unprintable := pair.New("unprintable", func(int) (string, error) { return "a", nil },
		func(string) (string, error) { return "", broken })
	if err := pair.Check(p.way("hand", "a", always(10)), unprintable); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestNothingToMeasure(t *testing.T) {
	var p planted
	for name, ways := range map[string][]pair.Way{
		"none":      nil,
		"zero":      {{}},
		"same name": {p.way("a", "", always(1)), p.way("a", "", always(1))},
		"control":   {p.way("a", "", always(1)), p.way(pair.Control, "", always(1))},
	} {
		if _, err := pair.Measure(p.options(), ways...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

var kept [][]byte

func TestAllocations(t *testing.T) {
	allocate := func(each int) func(n int) (int, error) {
		return func(n int) (int, error) {
			for range n {
				kept = kept[:0]
				for range each {
					kept = append(kept, make([]byte, 64))
				}
			}
			return 0, nil
		}
	}
	kept = make([][]byte, 0, 8)
	r := measure(t, pair.Options{Budget: time.Millisecond},
		pair.New("none", allocate(0), pair.Print), pair.New("three", allocate(3), pair.Print))
	none, _ := r.Figure("none")
	three, _ := r.Figure("three")
	if math.Round(none.Allocs) != 0 || math.Round(three.Allocs) != 3 || math.Abs(three.Bytes-192) > 8 {
		t.Errorf("none: %v times, %v bytes; three: %v times, %v bytes", none.Allocs, none.Bytes, three.Allocs, three.Bytes)
	}
}

// TestGarbage: what a way leaves is collected before others are timed.
func TestGarbage(t *testing.T) {
	littering := func(n int) (int, error) {
		for range n {
			kept = [][]byte{make([]byte, 8<<20)}
		}
		return 0, nil
	}
	clean := func(int) (int, error) { return 0, nil }
	forced := func() uint32 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.NumForcedGC
	}
	var p planted
	tick := func(do func(int) (int, error)) func(int) (int, error) {
		return func(n int) (int, error) {
			p.now += time.Duration(n) * time.Millisecond
			return do(n)
		}
	}
	before := forced()
	r := measure(t, p.options(), pair.New("clean", tick(clean), pair.Print), pair.New("littering", tick(littering), pair.Print))
	f, _ := r.Figure("littering")
	if n := forced() - before; int(n) != f.Samples {
		t.Errorf("%d collections for %d samples that leave garbage", n, f.Samples)
	}
}

// TestRealClock: what takes longer by the machine's clock has the higher ratio.
func TestRealClock(t *testing.T) {
	spin := func(times int) func(n int) (int, error) {
		return func(n int) (sum int, err error) {
			for range n {
				sum = 0
				for i := range times {
					sum += i & 1
				}
			}
			return sum - times/2, nil
		}
	}
	r := measure(t, pair.Options{Budget: 30 * time.Millisecond},
		pair.New("hand", spin(1000), pair.Print), pair.New("longer", spin(20_000), pair.Print))
	f, _ := r.Figure("longer")
	if f.Ratio.Median < 4 || f.Ratio.Low > f.Ratio.Median || f.Ratio.High < f.Ratio.Median {
		t.Errorf("twenty times the work: %v", f.Ratio)
	}
}
