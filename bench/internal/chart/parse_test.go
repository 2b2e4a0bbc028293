package chart_test

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/bench/internal/chart"
)

// picture is what a test reads out of the SVG again.
type picture struct {
	frame  box
	lines  [][]chart.Point    // in pixels
	xTicks map[string]float64 // the number as it is written, and its pixel
	yTicks map[string]float64
	names  []string // the legend, line by line
	texts  []string // everything that is written
}

type box struct{ left, top, right, bottom float64 }

func (b box) has(p chart.Point) bool {
	const rounding = 0.051
	return p.X >= b.left-rounding && p.X <= b.right+rounding && p.Y >= b.top-rounding && p.Y <= b.bottom+rounding
}

// draw draws a chart and reads the picture, which has to be XML.
func draw(t *testing.T, c chart.Chart) picture {
	t.Helper()
	svg, err := c.SVG()
	if err != nil {
		t.Fatal(err)
	}
	p := picture{xTicks: map[string]float64{}, yTicks: map[string]float64{}}
	type element struct {
		XMLName  xml.Name
		Attrs    []xml.Attr `xml:",any,attr"`
		Text     string     `xml:",chardata"`
		Children []element  `xml:",any"`
	}
	var root element
	if err := xml.Unmarshal(svg, &root); err != nil {
		t.Fatalf("not XML: %v\n%s", err, svg)
	}
	var visit func(element)
	visit = func(e element) {
		attr := func(name string) string {
			for _, a := range e.Attrs {
				if a.Name.Local == name {
					return a.Value
				}
			}
			return ""
		}
		number := func(name string) float64 {
			f, err := strconv.ParseFloat(attr(name), 64)
			if err != nil {
				t.Fatalf("%s of %s: %v", name, e.XMLName.Local, err)
			}
			return f
		}
		switch class := attr("class"); {
		case class == "frame":
			p.frame = box{number("x"), number("y"), number("x") + number("width"), number("y") + number("height")}
		case e.XMLName.Local == "polyline":
			var points []chart.Point
			for _, pair := range strings.Fields(attr("points")) {
				var q chart.Point
				if _, err := fmt.Sscanf(pair, "%f,%f", &q.X, &q.Y); err != nil {
					t.Fatalf("%q: %v", pair, err)
				}
				points = append(points, q)
			}
			p.lines = append(p.lines, points)
		case class == "tick" && attr("text-anchor") == "middle":
			p.xTicks[e.Text] = number("x")
		case class == "tick":
			p.yTicks[e.Text] = number("y") - 4 // the base line of the number is below its tick
		case class == "name":
			p.names = append(p.names, e.Text)
		}
		if e.XMLName.Local == "text" {
			p.texts = append(p.texts, e.Text)
			if x, y := number("x"), number("y"); x < 0 || x > chart.Width || y < 0 || y > chart.Height {
				t.Errorf("%q is written at (%v, %v)", e.Text, x, y)
			}
		}
		for _, child := range e.Children {
			visit(child)
		}
	}
	visit(root)
	return p
}
