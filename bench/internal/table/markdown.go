package table

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/scene"
)

// Markdown prints scenes, under a heading each.
func Markdown(w io.Writer, results ...*scene.Result) error {
	var b strings.Builder
	for _, r := range results {
		fmt.Fprintf(&b, "### %s\n\n%s.\n\n", r.Scene.Name, capital(r.Scene.Does))
		grid(&b, headings, rows(r))
		fmt.Fprintf(&b, "\n%s.\n", capital(about(r)))
		for i, note := range r.Scene.Notes {
			if i == 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "- %s\n", note)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// MarkdownGoals prints all goals of the scenes, and what became of them.
func MarkdownGoals(w io.Writer, results []*scene.Result) error {
	var b strings.Builder
	reached, all := tally(results)
	fmt.Fprintf(&b, "## Goals: %d of %d reached\n\n", reached, all)
	grid(&b, goalHeadings, goalRows(results))
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

func grid(b *strings.Builder, headings []string, rows [][]string) {
	line := func(cells []string) {
		escaped := make([]string, len(cells))
		for i, cell := range cells {
			escaped[i] = strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(cell)
		}
		fmt.Fprintf(b, "| %s |\n", strings.Join(escaped, " | "))
	}
	line(headings)
	fmt.Fprintf(b, "|%s\n", strings.Repeat(" --- |", len(headings)))
	for _, row := range rows {
		line(row)
	}
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
