package table

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/rolespec/rolespec/bench/internal/scene"
)

// Text prints a scene for a terminal.
func Text(w io.Writer, r *scene.Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Scene.Name, r.Scene.Does)
	aligned(&b, headings, rows(r))
	fmt.Fprintf(&b, "  %s\n", about(r))
	for _, note := range r.Scene.Notes {
		fmt.Fprintf(&b, "  note: %s\n", note)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// TextGoals prints all goals of the scenes, and what became of them.
func TextGoals(w io.Writer, results []*scene.Result) error {
	var b strings.Builder
	reached, all := tally(results)
	fmt.Fprintf(&b, "goals: %d of %d reached\n", reached, all)
	aligned(&b, goalHeadings, goalRows(results))
	_, err := io.WriteString(w, b.String())
	return err
}

func aligned(b *strings.Builder, headings []string, rows [][]string) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{headings}, rows...) {
		fmt.Fprintf(w, "  %s\n", strings.Join(row, "\t"))
	}
	_ = w.Flush() // into memory
	for line := range strings.Lines(table.String()) {
		b.WriteString(strings.TrimRight(line, " \n"))
		b.WriteByte('\n')
	}
}
