package pair

import "runtime"

// allocations measures what one repetition allocates: how often, and how many
// bytes. Others on the machine do not disturb it, but goroutines of this program
// do; so it is the least of three series.
func (r *runner) allocations() (times, bytes float64, err error) {
	const series, longest = 3, 20e6 // nanoseconds for one of the series
	n := min(max(int(longest/max(median(r.ns), 1)), 1), 1000)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for i := range series {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := r.run(n); err != nil {
			return 0, 0, err
		}
		runtime.ReadMemStats(&after)
		t := float64(after.Mallocs-before.Mallocs) / float64(n)
		if i == 0 || t < times {
			times, bytes = t, float64(after.TotalAlloc-before.TotalAlloc)/float64(n)
		}
	}
	return times, bytes, nil
}
