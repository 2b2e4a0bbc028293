package scale

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/chart"
	"github.com/rolespec/rolespec/bench/internal/database"
)

// Write measures curves and writes into the directory, which it makes, of each curve
// DATE-NAME.svg and DATE-NAME-ratio.svg, and of all of them DATE-charts.md with the
// numbers. Without names it is all curves.
//
// A curve that needs a server which is not there is left out, and the file says so.
// What has been measured before an error is written.
func Write(ctx context.Context, dir, date string, o Options, names ...string) error {
	curves, err := named(names)
	if err != nil {
		return err
	}
	o = o.withDefaults()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("scale: %w", err)
	}
	w := writer{dir: dir, date: date}
	fmt.Fprintf(&w.text, "# How costs grow, %s\n\n%s, %s/%s, %d cores. %s\n", date,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		"Every line of a table was measured in one loop over all its ways; lines are of different moments.")
	for _, c := range curves {
		if err = w.curve(ctx, c, o); err != nil {
			break
		}
	}
	return errors.Join(err, w.file("charts.md", []byte(w.text.String())))
}

// named returns the curves of the names, all without names.
func named(names []string) ([]Curve, error) {
	if len(names) == 0 {
		return Curves(), nil
	}
	known := map[string]Curve{}
	var all []string
	for _, c := range Curves() {
		known[c.Name] = c
		all = append(all, c.Name)
	}
	var curves []Curve
	for _, name := range names {
		c, ok := known[name]
		if !ok {
			return nil, fmt.Errorf("scale: there is no curve %q: they are %s", name, strings.Join(all, ", "))
		}
		curves = append(curves, c)
	}
	return curves, nil
}

// A writer writes the files of one date.
type writer struct {
	dir, date string
	text      strings.Builder
}

func (w *writer) curve(ctx context.Context, c Curve, o Options) error {
	series, err := c.Measure(ctx, o)
	if errors.Is(err, database.ErrNoServer) {
		o.Log("%s: %v", c.Name, err)
		fmt.Fprintf(&w.text, "\n## %s\n\nNot measured: %v\n", c.Title, err)
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.chart(c.Name, series.Time()); err != nil {
		return err
	}
	return w.chart(c.Name+"-ratio", series.Ratio())
}

func (w *writer) chart(name string, c chart.Chart) error {
	svg, err := c.SVG()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(&w.text, "\n%s\n![%s](%s)\n", c.Markdown(), name, w.name(name+".svg"))
	return w.file(name+".svg", svg)
}

func (w *writer) name(name string) string { return w.date + "-" + name }

func (w *writer) file(name string, text []byte) error {
	if err := os.WriteFile(filepath.Join(w.dir, w.name(name)), text, 0o644); err != nil {
		return fmt.Errorf("scale: %w", err)
	}
	return nil
}
