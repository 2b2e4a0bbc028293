package scale

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/chart"
	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// Time returns the chart of what the ways take. The control is not in it.
func (s Series) Time() chart.Chart {
	label := "time"
	if s.Curve.Per != "" {
		label += " for a " + s.Curve.Per
	}
	names := slices.DeleteFunc(s.names(), func(name string) bool { return name == pair.Control })
	return s.chart(s.Curve.Title, chart.Axis{Label: label, Unit: chart.Nanoseconds}, names,
		func(step Step, f pair.Figure) float64 { return f.Ns / s.Curve.count(step.Size) })
}

// Ratio returns the chart of the ratios to the hand-written way.
func (s Series) Ratio() chart.Chart {
	names := slices.DeleteFunc(s.names(), func(name string) bool { return name == scene.Hand })
	return s.chart(s.Curve.Title+": ratios",
		chart.Axis{Label: "times what the hand-written way takes", Unit: chart.Ratio}, names,
		func(_ Step, f pair.Figure) float64 { return f.Ratio.Median })
}

func (s Series) chart(title string, y chart.Axis, names []string, figure func(Step, pair.Figure) float64) chart.Chart {
	c := chart.Chart{
		Title: title,
		Note:  strings.TrimSpace(s.Curve.Note + " " + s.Cut),
		X:     chart.Axis{Label: s.Curve.Size},
		Y:     y,
	}
	for _, name := range names {
		line := chart.Line{Name: name, Dashed: name == scene.Hand || name == pair.Control}
		for _, step := range s.Steps {
			if f, ok := step.Result.Figure(name); ok {
				line.Points = append(line.Points, chart.Point{X: float64(step.Size), Y: figure(step, f)})
			}
		}
		c.Lines = append(c.Lines, line)
	}
	return c
}

// count returns what the time of a size is divided by.
func (c Curve) count(size int) float64 {
	switch {
	case c.Per == "":
		return 1
	case c.units != nil:
		return c.units(size)
	}
	return float64(size)
}
