package chart

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The places of things, in pixels.
const (
	Width, Height = 800, 500

	left, right = 84, 590 // of the frame
	top, bottom = 56, 412
	legend      = right + 18
)

// A drawing is SVG as it is written.
type drawing struct {
	strings.Builder
	chart Chart
	x, y  scale
}

// SVG returns the chart as a picture of [Width] by [Height] pixels, which needs
// nothing beside it. Names may hold any text.
func (c Chart) SVG() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	d := drawing{chart: c}
	d.x, d.y = c.scales()
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
		`font-family="'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif" font-size="12" fill="#222">`+"\n",
		Width, Height, Width, Height)
	d.printf(`<rect width="%d" height="%d" fill="#fff"/>`+"\n", Width, Height)
	d.text(left, 30, `font-size="17" font-weight="bold"`, c.Title, Width-left-16, 17)
	d.grid()
	d.labels()
	below := top + 8
	for i, line := range c.Lines {
		d.line(i, line)
		below = d.entry(i, line, below)
	}
	d.printf("</svg>\n")
	return []byte(d.String()), nil
}

// scales returns the axes over all points.
func (c Chart) scales() (x, y scale) {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{}
	for _, line := range c.Lines {
		for _, p := range line.Points {
			low = Point{min(low.X, p.X), min(low.Y, p.Y)}
			high = Point{max(high.X, p.X), max(high.Y, p.Y)}
		}
	}
	return newScale(low.X, high.X, left, right), newScale(low.Y, high.Y, bottom, top)
}

// grid draws the frame, and a line with a number at every tick.
func (d *drawing) grid() {
	d.printf(`<g class="grid" stroke="#eee">` + "\n")
	for _, v := range d.x.between {
		d.printf(`<path d="M%.1f %dV%d"/>`+"\n", d.x.at(v), top, bottom)
	}
	for _, v := range d.y.between {
		d.printf(`<path d="M%d %.1fH%d"/>`+"\n", left, d.y.at(v), right)
	}
	d.printf(`</g><g class="grid" stroke="#ccc">` + "\n")
	for _, v := range d.x.ticks {
		d.printf(`<path d="M%.1f %dV%d"/>`+"\n", d.x.at(v), top, bottom+5)
	}
	for _, v := range d.y.ticks {
		d.printf(`<path d="M%d %.1fH%d"/>`+"\n", left-5, d.y.at(v), right)
	}
	d.printf("</g>\n")
	d.printf(`<rect class="frame" x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#666"/>`+"\n",
		left, top, right-left, bottom-top)
	for _, v := range d.x.ticks {
		d.printf(`<text class="tick" x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			d.x.at(v), bottom+20, html.EscapeString(d.chart.X.Unit.Format(v)))
	}
	for _, v := range d.y.ticks {
		d.printf(`<text class="tick" x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			left-9, d.y.at(v)+4, html.EscapeString(d.chart.Y.Unit.Format(v)))
	}
}

// labels writes what the axes are, and the note.
func (d *drawing) labels() {
	d.text((left+right)/2, bottom+42, `text-anchor="middle" font-size="13"`, d.chart.X.Label, right-left, 13)
	middle := (top + bottom) / 2
	d.text(22, middle, fmt.Sprintf(`text-anchor="middle" font-size="13" transform="rotate(-90 22 %d)"`, middle),
		d.chart.Y.Label, bottom-top, 13)
	for i, part := range wrapped(d.chart.Note, Width-left-16, 11) {
		d.text(left, Height-27+15*i, `font-size="11" fill="#666"`, part, Width-left-16, 11)
	}
}

// text writes a text, cut where it would be wider than there is room.
func (d *drawing) text(x, y int, attributes, text string, room, size float64) {
	d.printf(`<text x="%d" y="%d" %s>%s</text>`+"\n", x, y, attributes, html.EscapeString(fitted(text, room, size)))
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(d, format, args...) }
