package chart

import (
	"errors"
	"fmt"
	"math"
)

// ErrChart is wrapped by every error of the package.
var ErrChart = errors.New("chart: cannot be drawn")

// A Chart is what to draw. The zero Chart has no points, which is an error.
type Chart struct {
	Title string
	Note  string // below the axes: where and when it was measured, what was cut
	X, Y  Axis
	Lines []Line // at most [MaxLines], in the order of the legend
}

// An Axis says what its numbers are.
type Axis struct {
	Label string
	Unit  Unit
}

// A Line is one of several ways over the sizes it was measured at.
type Line struct {
	Name   string
	Dashed bool    // as a limit is drawn, or a goal, beside what is compared with it
	Points []Point // by ascending X
}

// A Point is one measurement. Both coordinates are above zero.
type Point struct{ X, Y float64 }

// MaxLines is how many lines can be told apart.
const MaxLines = 8

func (c Chart) check() error {
	if len(c.Lines) > MaxLines {
		return fmt.Errorf("%w: %d lines, of at most %d", ErrChart, len(c.Lines), MaxLines)
	}
	points := 0
	for _, line := range c.Lines {
		for i, p := range line.Points {
			switch {
			case !drawable(p.X), !drawable(p.Y):
				return fmt.Errorf("%w: %q has the point (%v, %v)", ErrChart, line.Name, p.X, p.Y)
			case i > 0 && p.X <= line.Points[i-1].X:
				return fmt.Errorf("%w: the points of %q are not in order at %v", ErrChart, line.Name, p.X)
			}
		}
		points += len(line.Points)
	}
	if points == 0 {
		return fmt.Errorf("%w: it has no points", ErrChart)
	}
	return nil
}

// drawable reports whether a coordinate has a place on a logarithmic axis. The bounds
// leave room for the ticks around it.
func drawable(v float64) bool { return v >= 1e-100 && v <= 1e100 && !math.IsNaN(v) }
