package chart

import "math"

// A scale puts numbers onto a stretch of pixels by their logarithm. It begins and
// ends at a tick.
type scale struct {
	low, high float64 // numbers
	from, to  float64 // pixels: of low, of high
	ticks     []float64
	between   []float64 // where a line without a number helps the eye
}

// steps are the numbers within a decade that have a tick, from few to many.
var steps = [][]float64{
	{1},
	{1, 3},
	{1, 2, 5},
	{1, 1.5, 2, 3, 5, 7},
	{1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9},
	{1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4, 2.6, 2.8, 3,
		3.25, 3.5, 3.75, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5},
}

// enough is how many ticks an axis has at least, and filled the share of it that has
// points, where the finest steps give as much.
const (
	enough = 3
	filled = 0.6
)

// newScale returns the scale for numbers between low and high.
func newScale(low, high, from, to float64) scale {
	s := scale{from: from, to: to}
	for _, within := range steps {
		s.ticks = ticks(low, high, within)
		span := math.Log(s.ticks[len(s.ticks)-1] / s.ticks[0])
		if len(s.ticks) >= enough && math.Log(high/low) >= filled*span {
			break
		}
	}
	s.ticks = thinned(s.ticks)
	s.low, s.high = s.ticks[0], s.ticks[len(s.ticks)-1]
	s.between = inside(s.ticks)
	return s
}

// ticks returns the numbers of the steps from the last that is not above low to the
// first that is not below high: two at least.
func ticks(low, high float64, within []float64) []float64 {
	var all []float64
	first, last := math.Floor(math.Log10(low))-1, math.Ceil(math.Log10(high))+1
	for decade := first; decade <= last; decade++ {
		for _, step := range within {
			all = append(all, step*math.Pow(10, decade))
		}
	}
	const slack = 1e-9 // of what a decade is off by
	begin, end := 0, len(all)-1
	for begin+1 < len(all) && all[begin+1] <= low*(1+slack) {
		begin++
	}
	for end > begin+1 && all[end-1] >= high*(1-slack) {
		end--
	}
	return all[begin : end+1]
}

// thinned leaves out ticks, from the second on, until there is room for their
// numbers. It extends the scale where that would leave out the last.
func thinned(ticks []float64) []float64 {
	const room = 12
	every := (len(ticks) + room - 1) / room
	if every == 1 {
		return ticks
	}
	var kept []float64
	for i := 0; i < len(ticks); i += every {
		kept = append(kept, ticks[i])
	}
	if last := len(kept) - 1; kept[last] < ticks[len(ticks)-1] {
		kept = append(kept, kept[last]*kept[1]/kept[0])
	}
	return kept
}

// inside returns 2 to 9 times each tick, where ticks are decades apart.
func inside(ticks []float64) []float64 {
	var between []float64
	for i := range len(ticks) - 1 {
		if math.Abs(ticks[i+1]/ticks[i]-10) > 1e-6 {
			return nil
		}
		for times := 2.0; times < 10; times++ {
			between = append(between, times*ticks[i])
		}
	}
	return between
}

// at returns the pixel of a number.
func (s scale) at(v float64) float64 {
	share := math.Log(v/s.low) / math.Log(s.high/s.low)
	return s.from + min(max(share, 0), 1)*(s.to-s.from)
}
