package pair

import (
	"math"
	"slices"
)

// Result is what a measurement gave: the first way, the control, then the
// others in their order.
type Result struct {
	Figures []Figure
	Rounds  int
}

// Figure is what one way costs.
type Figure struct {
	Name    string
	Peer    bool
	Ns      float64 // nanoseconds, the median
	Ratio   Ratio   // to the first way
	Allocs  float64 // allocations each time
	Bytes   float64 // bytes allocated each time
	Samples int     // how many there were
	Repeat  int     // how often a sample repeats the work

	ns []float64 // by round, NaN where it took no part
}

// Ratio of what two ways cost: the median over the rounds in which both took
// part, and the quartiles.
type Ratio struct {
	Median    float64
	Low, High float64
}

// Figure returns the figure of a way by its name.
func (r *Result) Figure(name string) (Figure, bool) {
	i := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Name == name })
	if i < 0 {
		return Figure{}, false
	}
	return r.Figures[i], true
}

// Ratio returns what a way costs, measured by another; false where there is no
// such way, or the two were never in one round.
func (r *Result) Ratio(way, against string) (Ratio, bool) {
	a, ok := r.Figure(way)
	b, found := r.Figure(against)
	if !ok || !found {
		return Ratio{}, false
	}
	ratio := ratioOf(a.ns, b.ns)
	return ratio, !math.IsNaN(ratio.Median)
}

// Deviation returns what the control is off the first way: 0.02 is two percent.
// Ratios that are nearer to each other than this are not different.
func (r *Result) Deviation() float64 {
	c, _ := r.Figure(Control)
	return math.Abs(c.Ratio.Median - 1)
}

// ratioOf compares two ways over the rounds in which both took part; without
// one, all is NaN.
func ratioOf(a, b []float64) Ratio {
	var ratios []float64
	for i := range min(len(a), len(b)) {
		if x := a[i] / b[i]; !math.IsNaN(x) && !math.IsInf(x, 0) {
			ratios = append(ratios, x)
		}
	}
	slices.Sort(ratios)
	return Ratio{Median: quantile(ratios, 0.5), Low: quantile(ratios, 0.25), High: quantile(ratios, 0.75)}
}

func median(ns []float64) float64 {
	taken := slices.DeleteFunc(slices.Clone(ns), math.IsNaN)
	slices.Sort(taken)
	return quantile(taken, 0.5)
}

// quantile of sorted values, between two of them in proportion; NaN of none.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
