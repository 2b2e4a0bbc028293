// Package table prints what scenes gave, as text for a terminal or as Markdown.
package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// headings of the columns.
var headings = []string{"way", "time", "x hand", "quartiles", "allocs", "bytes", "goal", ""}

// rows of a scene: one for each way, and one more for each further goal of it.
func rows(r *scene.Result) [][]string {
	var table [][]string
	for _, f := range r.Measured.Figures {
		quartiles := ""
		if f.Name != scene.Hand {
			quartiles = number(f.Ratio.Low) + "-" + number(f.Ratio.High)
		}
		cells := []string{
			f.Name, duration(f.Ns / float64(r.Units)), number(f.Ratio.Median), quartiles,
			count(f.Allocs), count(f.Bytes),
		}
		goals := judged(r.Verdicts, f.Name)
		if len(goals) == 0 {
			goals = [][]string{{"", ""}}
		}
		for _, goal := range goals {
			table = append(table, slices.Concat(cells, goal))
			cells = make([]string, len(cells))
		}
	}
	return table
}

// judged returns the goals about a way, each with what became of it.
func judged(verdicts []scene.Verdict, way string) [][]string {
	var goals [][]string
	for _, v := range verdicts {
		if v.Goal.Subject() == way {
			goals = append(goals, []string{v.Goal.String(), verdict(v)})
		}
	}
	return goals
}

// verdict says what became of a goal.
func verdict(v scene.Verdict) string {
	text := "not reached"
	switch {
	case v.Stretch:
		text = "reached, stretch too"
	case v.Reached:
		text = "reached"
	}
	if v.Close {
		text += ", within the error"
	}
	return text
}

// measured is the figure that a goal was judged by, in its own terms.
func measured(v scene.Verdict) string {
	if v.Goal.IsCount() {
		return count(v.Figure)
	}
	return number(v.Figure) + "x"
}

// about is a line of what the figures of a scene are worth.
func about(r *scene.Result) string {
	per := ""
	if r.Scene.Per != "" {
		per = "times are per " + r.Scene.Per + "; "
	}
	if r.Size == scene.Small {
		per += "on small data; "
	}
	return fmt.Sprintf("%sthe control is off by %s, in %d rounds", per, deviation(r.Measured), r.Measured.Rounds)
}

func deviation(r *pair.Result) string {
	return strconv.FormatFloat(100*r.Deviation(), 'f', 1, 64) + "%"
}

// number prints a figure with three digits that count.
func number(x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case x >= 99.95:
		return thousands(x)
	case x >= 9.995:
		return strconv.FormatFloat(x, 'f', 1, 64)
	case x >= 0.0995:
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'g', 2, 64)
}

// count prints how many there are each time: mostly a whole number.
func count(x float64) string {
	if r := math.Round(x); math.Abs(x-r) < 0.05 || x >= 100 {
		return thousands(r)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

func thousands(x float64) string {
	digits := strconv.FormatFloat(math.Round(math.Abs(x)), 'f', 0, 64)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if x <= -0.5 {
		return "-" + digits
	}
	return digits
}

func duration(ns float64) string {
	for _, unit := range []struct {
		name string
		ns   float64
	}{{"s", 1e9}, {"ms", 1e6}, {"us", 1e3}} {
		if ns >= unit.ns {
			return number(ns/unit.ns) + " " + unit.name
		}
	}
	return number(ns) + " ns"
}
