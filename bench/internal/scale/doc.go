// Package scale measures how costs grow: with the grants of a policy, the roles of a
// caller, the rows in memory and in a table, the values of a list.
//
//	err := scale.Write(ctx, "results", "2026-12-01", scale.Options{})
//
// A [Curve] is measured size by size, all its ways together as package pair has it, and
// drawn as charts: the time, and the ratio to the hand-written way with the control
// beside it. [Write] makes a picture of each chart, and one file with all numbers.
//
// # What is cut
//
// A curve has a time bound. Sizes for which there is no time left are not measured,
// and neither are those above [Options.Largest]; the note below the chart says where
// it ends and why. A way that cannot do a size has no point there.
package scale
