package chart

import (
	"fmt"
	"slices"
	"strings"
)

// Markdown returns the numbers of the chart as a table: a row for each X, a column
// for each line. Where a line has no point the cell is empty.
func (c Chart) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", cell(c.Title))
	b.WriteString("| " + cell(c.X.Label) + " |")
	for _, line := range c.Lines {
		b.WriteString(" " + cell(line.Name) + " |")
	}
	b.WriteString("\n| ---: |" + strings.Repeat(" ---: |", len(c.Lines)) + "\n")
	for _, x := range c.sizes() {
		b.WriteString("| " + c.X.Unit.Format(x) + " |")
		for _, line := range c.Lines {
			b.WriteString(" " + c.found(line, x) + " |")
		}
		b.WriteString("\n")
	}
	if c.Y.Label != "" {
		fmt.Fprintf(&b, "\nIn the cells: %s.\n", cell(c.Y.Label))
	}
	if c.Note != "" {
		fmt.Fprintf(&b, "\n%s\n", cell(c.Note))
	}
	return b.String()
}

// sizes returns every X of the chart once, ascending.
func (c Chart) sizes() []float64 {
	var all []float64
	for _, line := range c.Lines {
		for _, p := range line.Points {
			all = append(all, p.X)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// found returns what the line has at x.
func (c Chart) found(line Line, x float64) string {
	for _, p := range line.Points {
		if p.X == x {
			return c.Y.Unit.Format(p.Y)
		}
	}
	return ""
}

// cell makes a text fit into a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(printable(text))
}
