package chart

import "fmt"

// colors and marks tell lines apart, also for those who see few colours and on paper
// that has none. The colours are Okabe and Ito's.
var (
	colors = [MaxLines]string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9", "#7f7f7f"}
	marks  = [MaxLines]string{
		"m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", // a circle
		"m-3.5 -3.5h7v7h-7z",                  // a square
		"m0 -4.5l4.5 8h-9z",                   // a triangle
		"m0 -5l5 5l-5 5l-5 -5z",               // a diamond
		"m-4 -4l8 8m0 -8l-8 8",                // a cross
		"m0 4.5l4.5 -8h-9z",                   // a triangle upside down
		"m-5 0h10m-5 -5v10",                   // a plus
		"m-1.5 -4.5h3v9h-3z",                  // a bar
	}
)

// line draws a line of the chart, with a mark at every point.
func (d *drawing) line(i int, line Line) {
	if len(line.Points) == 0 {
		return
	}
	d.printf(`<g class="line" stroke="%s" fill="%s" stroke-width="2">`+"\n", colors[i], colors[i])
	d.printf(`<polyline fill="none"%s points="`, dashes(line))
	for n, p := range line.Points {
		if n > 0 {
			d.printf(" ")
		}
		d.printf("%.1f,%.1f", d.x.at(p.X), d.y.at(p.Y))
	}
	d.printf(`"/>` + "\n")
	for _, p := range line.Points {
		d.printf(`<path d="M%.1f %.1f%s"/>`+"\n", d.x.at(p.X), d.y.at(p.Y), marks[i])
	}
	d.printf("</g>\n")
}

// entry writes a line's part of the legend at the height y, and returns that of the
// next.
func (d *drawing) entry(i int, line Line, y int) (next int) {
	d.printf(`<g class="legend" stroke="%s" fill="%s" stroke-width="2">`, colors[i], colors[i])
	d.printf(`<path d="M%d %dh26"%s/><path d="M%d %d%s"/></g>`+"\n",
		legend, y, dashes(line), legend+13, y, marks[i])
	const room, size = Width - legend - 34 - 8, 12
	for _, part := range wrapped(line.Name, room, size) {
		d.text(legend+34, y+4, `class="name"`, part, room, size)
		y += 15
	}
	return y + 7
}

func dashes(line Line) string {
	if !line.Dashed {
		return ""
	}
	return fmt.Sprintf(` stroke-dasharray="%d %d"`, 6, 4)
}
