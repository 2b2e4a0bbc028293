package chart_test

import (
	"fmt"

	"github.com/rolespec/rolespec/bench/internal/chart"
)

func ExampleChart_Markdown() {
	c := chart.Chart{
		Title: "Filter by the number of rows",
		Note:  "One core.",
		X:     chart.Axis{Label: "rows"},
		Y:     chart.Axis{Label: "time of a call", Unit: chart.Nanoseconds},
		Lines: []chart.Line{
			{Name: "by hand", Points: []chart.Point{{X: 1, Y: 9}, {X: 1000, Y: 7300}}},
			{Name: "a|b", Points: []chart.Point{{X: 1000, Y: 3100}, {X: 1e6, Y: 9.1e6}}},
		},
	}
	fmt.Print(c.Markdown())
	// Output:
	// ## Filter by the number of rows
	//
	// | rows | by hand | a\|b |
	// | ---: | ---: | ---: |
	// | 1 | 9 ns |  |
	// | 1,000 | 7.3 µs | 3.1 µs |
	// | 1 M |  | 9.1 ms |
	//
	// In the cells: time of a call.
	//
	// One core.
}
