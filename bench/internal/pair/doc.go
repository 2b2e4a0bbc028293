// Package pair times several ways to do the same work against one of them, the
// hand-written one, on a machine that does other things at the same time.
//
//	result, err := pair.Measure(pair.Options{Budget: time.Second},
//		pair.New("hand", func(n int) (r int, err error) {
//			for range n {
//				r = byHand(rows)
//			}
//			return r, nil
//		}, pair.Print),
//		pair.New("rolespec", ...),
//	)
//
// # How it is done
//
// All ways run in one loop. A round takes one sample of each, in a random order,
// so that whatever else the machine does falls on all alike. A sample repeats the
// work until it takes some 50 microseconds; how often is found out beforehand.
// The first way is in twice, the second time as the [Control]: what the ratio of
// the two is off 1 is the error of the measurement.
//
// # Which ratio
//
// The ratio of a way is the median of the ratios within the rounds, not the
// ratio of the medians. The samples of a round lie within moments of each other,
// so a clock that slows down or a neighbour that comes and goes is in all of them
// and divides out. The medians of two series forget which samples belong together:
// where a machine is at half speed for half of the time, each median may come from
// another half, and their ratio is off by two. One interrupted sample spoils one
// ratio, of which the median takes no notice.
//
// The quartiles of the ratios go with it. They are what one round differs from
// another, so the median is known better than they tell.
//
// # What the loop costs
//
// The loop is the way's own: it calls the work directly, not through a function
// value, and hands out what the last repetition gave. For work of few nanoseconds
// the call would be a good part of the figure, and would flatter every ratio.
//
// # Garbage, and caches
//
// Little garbage is collected whenever it is, in the time of any way. A way whose
// sample leaves megabytes is followed by a collection that is nobody's time: that
// it allocates counts, and that others would have had to collect it does not. How
// much is allocated is measured apart.
//
// Ways that are much slower than the first take part in some rounds only. The way
// after one of them does its work once untimed, as it would find the caches cold.
//
// # Answers
//
// Every way has to give the answer of the first, before it is timed and in the
// last repetition that was timed. One that does not fails the measurement: see
// [AnswerError].
package pair
