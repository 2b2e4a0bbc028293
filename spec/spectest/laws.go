package spectest

import "github.com/rolespec/rolespec/spec"

// Law is something that holds of any specifications, whatever they mean.
type Law struct {
	Name   string
	Left   spec.Specification
	Right  spec.Specification
	Within bool // Left shows no row that Right does not; false: both show the same
}

// Laws returns the laws of logic for three specifications.
func Laws(a, b, c spec.Specification) []Law {
	return []Law{
		{Name: "De Morgan, and", Left: spec.And(a, b, c).Not(), Right: spec.Or(a.Not(), b.Not(), c.Not())},
		{Name: "De Morgan, or", Left: spec.Or(a, b, c).Not(), Right: spec.And(a.Not(), b.Not(), c.Not())},
		{Name: "double negation", Left: a.And(b).Not().Not(), Right: b.And(a)},
		{Name: "order of and", Left: spec.And(a, b, c), Right: spec.And(c, a, b)},
		{Name: "order of or", Left: spec.Or(a, b, c), Right: spec.Or(c, a, b)},
		{Name: "duplicates in and", Left: spec.And(a, b, a), Right: a.And(b)},
		{Name: "duplicates in or", Left: spec.Or(a, b, a, b), Right: a.Or(b)},
		{Name: "distribution", Left: a.And(b.Or(c)), Right: a.And(b).Or(a.And(c))},
		{Name: "absorption", Left: a.Or(a.And(b)), Right: a},
		{Name: "and adds no row", Left: a.And(b), Right: a, Within: true},
		{Name: "or removes no row", Left: a, Right: a.Or(b), Within: true},
		{Name: "nothing and its negation", Left: a.And(a.Not()), Right: spec.None()},
	}
}

// Holds reports whether the law holds of what its two sides show.
func (l Law) Holds(left, right []int64) bool {
	in := make(map[int64]bool, len(right))
	for _, id := range right {
		in[id] = true
	}
	for _, id := range left {
		if !in[id] {
			return false
		}
	}
	return l.Within || len(left) == len(right)
}

// Partitions reports whether every row is in one of the three, and in one only:
// shown by a specification, shown by its negation, or unknown to both.
func Partitions(rows []Row, shown, hidden, unknown []int64) bool {
	times := map[int64]int{}
	for _, ids := range [][]int64{shown, hidden, unknown} {
		for _, id := range ids {
			times[id]++
		}
	}
	for _, r := range rows {
		if times[ID(r)] != 1 {
			return false
		}
	}
	return len(times) == len(rows)
}
