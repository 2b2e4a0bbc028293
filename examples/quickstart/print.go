package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-isatty"
)

// printer writes the report.
type printer struct {
	out     io.Writer
	colours bool
}

// newPrinter uses colours on a terminal, unless NO_COLOR or a dumb terminal says
// otherwise (no-color.org).
func newPrinter(out io.Writer) printer {
	return printer{out, isTerminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// The codes of the styles.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	green  = "32"
	yellow = "33"
)

func (p printer) paint(style, s string) string {
	if !p.colours || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

func (p printer) line(format string, args ...any) { fmt.Fprintf(p.out, "  "+format+"\n", args...) }

func (p printer) heading(title string) { fmt.Fprintf(p.out, "\n%s\n", p.paint(bold, title)) }

// table writes aligned columns; a heading that begins with > aligns its column
// to the right.
func (p printer) table(headings []string, rows [][]string) {
	w := table.NewWriter()
	w.SetOutputMirror(p.out)
	w.SuppressTrailingSpaces()
	w.SetStyle(table.Style{Box: table.BoxStyle{PaddingLeft: "  "}})
	var first table.Row
	var configs []table.ColumnConfig
	for i, h := range headings {
		config := table.ColumnConfig{Number: i + 1}
		if h != "" && h[0] == '>' {
			h, config.Align = h[1:], text.AlignRight
		}
		first = append(first, p.paint(faint, h))
		configs = append(configs, config)
	}
	w.SetColumnConfigs(configs)
	w.AppendRow(first)
	for _, row := range rows {
		var cells table.Row
		for _, cell := range row {
			cells = append(cells, cell)
		}
		w.AppendRow(cells)
	}
	w.Render()
}

// paragraph writes text in lines of at most 98 characters, and at most so many
// of them.
func (p printer) paragraph(indent, style, s string, most int) {
	lines := strings.Split(text.WrapSoft(s, 94-len(indent)), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		last := i == most-1
		if last && len(lines) > most {
			line += " ..."
		}
		fmt.Fprintf(p.out, "%s%s\n", indent, p.paint(style, line))
		if last {
			return
		}
	}
}

// cellHeadings are the headings of the cells of a comparison.
var cellHeadings = []string{">rows in SQL", "", "in memory", ">SQL", ">memory"}

func (p printer) cells(c comparison) []string {
	return []string{
		humanize.Comma(int64(c.inSQL)), p.mark(c.equal), humanize.Comma(int64(c.inMemory)),
		milliseconds(c.timeInSQL), milliseconds(c.timeInMemory),
	}
}

func (p printer) mark(equal bool) string {
	if equal {
		return p.paint(green, "=")
	}
	return p.paint(red, "DIFFERENT")
}

func milliseconds(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", d.Seconds()*1000)
	}
	return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
