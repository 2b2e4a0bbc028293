// Package chart draws lines over two logarithmic axes as SVG, and writes their numbers
// as a Markdown table.
//
//	c := chart.Chart{
//		Title: "Verify by the number of grants",
//		X:     chart.Axis{Label: "grants", Unit: chart.Count},
//		Y:     chart.Axis{Label: "time", Unit: chart.Nanoseconds},
//		Lines: []chart.Line{{Name: "ours", Points: points}},
//	}
//	svg, err := c.SVG()
//
// A cost that is the same at every size is a level line there, one in proportion to
// the size rises at a fixed angle, and a ratio is a distance.
//
// The same chart gives the same bytes. A chart that cannot be drawn is an error that
// wraps [ErrChart]: no points, too many lines, a coordinate that has no logarithm.
package chart
