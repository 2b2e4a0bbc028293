package chart_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/bench/internal/chart"
)

var powers = chart.Chart{
	Title: "Powers",
	X:     chart.Axis{Label: "rows"},
	Y:     chart.Axis{Label: "time", Unit: chart.Nanoseconds},
	Lines: []chart.Line{
		{Name: "linear", Points: []chart.Point{{1, 1}, {10, 10}, {100, 100}, {1000, 1000}}},
		{Name: "square", Dashed: true, Points: []chart.Point{{1, 1}, {10, 100}, {100, 10_000}}},
		{Name: "level", Points: []chart.Point{{10, 50}, {1000, 50}}},
	},
}

func TestPoints(t *testing.T) {
	t.Parallel()
	p := draw(t, powers)
	if len(p.lines) != 3 {
		t.Fatalf("have %d lines, want 3", len(p.lines))
	}
	for i, line := range p.lines {
		if have, want := len(line), len(powers.Lines[i].Points); have != want {
			t.Errorf("line %d has %d points, want %d", i, have, want)
		}
	}
	// A point stands at the ticks that have its numbers.
	for n, want := range []chart.Point{
		{p.xTicks["1"], p.yTicks["1 ns"]}, {p.xTicks["10"], p.yTicks["10 ns"]},
		{p.xTicks["100"], p.yTicks["100 ns"]}, {p.xTicks["1,000"], p.yTicks["1 µs"]},
	} {
		near(t, p.lines[0][n], want)
	}
	near(t, p.lines[1][2], chart.Point{X: p.xTicks["100"], Y: p.yTicks["10 µs"]})
	if level := p.lines[2]; level[0].Y != level[1].Y {
		t.Errorf("a level line is at %v and %v", level[0].Y, level[1].Y)
	}
	middle := (p.yTicks["1 ns"] + p.yTicks["10 µs"]) / 2
	if half := p.lines[0][2].Y; math.Abs(half-middle) > 0.11 {
		t.Errorf("100 is at %v, want the middle %v between 1 and 10,000", half, middle)
	}
	if !slices.Equal(p.names, []string{"linear", "square", "level"}) {
		t.Errorf("the legend is %q", p.names)
	}
}

func near(t *testing.T, have, want chart.Point) {
	t.Helper()
	if math.Abs(have.X-want.X) > 0.11 || math.Abs(have.Y-want.Y) > 0.11 {
		t.Errorf("a point is at %v, want %v", have, want)
	}
}

// Whatever the numbers are, all points are in the frame, greater ones further to the
// right and higher up, and every axis has ticks that can be told apart.
func TestRandom(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		span := math.Pow(10, random.Float64()*12-3) // of a hair's breadth to many decades
		c := chart.Chart{Title: "t", Y: chart.Axis{Unit: chart.Unit(random.IntN(4))}}
		base := math.Pow(10, random.Float64()*6)
		for range 1 + random.IntN(chart.MaxLines) {
			line := chart.Line{Name: "n"}
			x := 1 + random.Float64()*base
			for range 1 + random.IntN(6) {
				line.Points = append(line.Points, chart.Point{X: x, Y: base * (1 + random.Float64()*span)})
				x *= 1 + span*random.Float64() + 1e-9
			}
			c.Lines = append(c.Lines, line)
		}
		p := draw(t, c)
		check(t, c, p)
		if t.Failed() {
			t.Fatalf("of %+v", c)
		}
	}
}

func check(t *testing.T, c chart.Chart, p picture) {
	t.Helper()
	var all, drawn []chart.Point
	for i, line := range p.lines {
		drawn = append(drawn, line...)
		all = append(all, c.Lines[i].Points...)
	}
	for i, a := range drawn {
		if !p.frame.has(a) {
			t.Errorf("%v is outside of %v", a, p.frame)
		}
		for j, b := range drawn {
			if (all[i].X > all[j].X && a.X < b.X) || (all[i].Y > all[j].Y && a.Y > b.Y) {
				t.Errorf("%v and %v are drawn at %v and %v", all[i], all[j], a, b)
			}
		}
	}
	if n := len(p.xTicks); n < 2 || n > 13 {
		t.Errorf("%d different numbers below the chart: %v", n, p.xTicks)
	}
	if n := len(p.yTicks); n < 2 || n > 13 {
		t.Errorf("%d different numbers beside the chart: %v", n, p.yTicks)
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, err := powers.SVG()
	if err != nil {
		t.Fatal(err)
	}
	again, err := powers.SVG()
	if err != nil || string(first) != string(again) {
		t.Errorf("two pictures of one chart differ (error %v)", err)
	}
}

// Names come out of programs and versions: nothing in them is markup, and none of
// them reaches beyond the picture.
func TestTexts(t *testing.T) {
	t.Parallel()
	point := []chart.Point{{1, 1}, {10, 10}}
	for _, name := range []string{
		`<script>alert("1")</script>`, "a & b", `"quoted" 'twice'`, "a\x00b", "bad \xff text", "\ufffe", "%d %s",
		strings.Repeat("long ", 50), strings.Repeat("ü", 500), "",
	} {
		p := draw(t, chart.Chart{Title: name, Note: name, X: chart.Axis{Label: name}, Y: chart.Axis{Label: name},
			Lines: []chart.Line{{Name: name, Points: point}}})
		for _, text := range p.texts {
			if n := len([]rune(text)); n > 110 {
				t.Errorf("a text of %d letters is written: %q", n, text)
			}
		}
		shown := strings.Join(p.names, "")
		if len(name) < 20 && strings.ToValidUTF8(name, "\ufffd") == name && !strings.ContainsAny(name, "\x00\ufffe") && shown != name {
			t.Errorf("%q is written as %q", name, shown)
		}
		if len(p.names) > 2 {
			t.Errorf("%q takes %d lines", name, len(p.names))
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	line := func(points ...chart.Point) chart.Chart { return chart.Chart{Lines: []chart.Line{{Points: points}}} }
	for name, c := range map[string]chart.Chart{
		"zero":           {},
		"no points":      line(),
		"zero X":         line(chart.Point{X: 0, Y: 1}),
		"zero Y":         line(chart.Point{X: 1, Y: 0}),
		"negative":       line(chart.Point{X: 1, Y: -1}),
		"NaN":            line(chart.Point{X: 1, Y: math.NaN()}),
		"infinite":       line(chart.Point{X: math.Inf(1), Y: 1}),
		"out of order":   line(chart.Point{X: 2, Y: 1}, chart.Point{X: 1, Y: 1}),
		"twice":          line(chart.Point{X: 2, Y: 1}, chart.Point{X: 2, Y: 1}),
		"too many lines": {Lines: make([]chart.Line, chart.MaxLines+1)},
	} {
		if svg, err := c.SVG(); !errors.Is(err, chart.ErrChart) || svg != nil {
			t.Errorf("%s: have %v and %d bytes, want ErrChart", name, err, len(svg))
		}
	}
	for _, v := range []float64{1e-100, 1e100, 1} {
		draw(t, line(chart.Point{X: v, Y: v}))
	}
}
