package scale_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/bench/internal/chart"
	"github.com/rolespec/rolespec/bench/internal/database"
	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scale"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

const largest = 100

// quick measures small sizes for a moment. That all ways give the same answers is
// checked with every size, and a way that does not is an error.
func quick(t *testing.T) scale.Options {
	return scale.Options{Largest: largest, Budget: time.Millisecond, Log: t.Logf}
}

func TestCurves(t *testing.T) {
	t.Parallel()
	for _, c := range scale.Curves() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			series, err := c.Measure(t.Context(), quick(t))
			if errors.Is(err, database.ErrNoServer) {
				t.Skip(err)
			} else if err != nil {
				t.Fatal(err)
			}
			var have, want []int
			for _, step := range series.Steps {
				have = append(have, step.Size)
			}
			for i, size := range c.Sizes {
				if i == 0 || size <= largest {
					want = append(want, size)
				}
			}
			if !slices.Equal(have, want) {
				t.Errorf("measured at %v, want %v", have, want)
			}
			if cut := len(have) < len(c.Sizes); cut != (series.Cut != "") {
				t.Errorf("%d of %d sizes, and the note says %q", len(have), len(c.Sizes), series.Cut)
			}
			drawn(t, series.Time(), len(have), scene.Hand, pair.Control)
			drawn(t, series.Ratio(), len(have), pair.Control, scene.Hand)
		})
	}
}

// drawn checks that a chart has the lines that it should, at every size.
func drawn(t *testing.T, c chart.Chart, sizes int, with, without string) {
	t.Helper()
	if _, err := c.SVG(); err != nil {
		t.Error(err)
	}
	var names []string
	for _, line := range c.Lines {
		names = append(names, line.Name)
		if len(line.Points) != sizes {
			t.Errorf("%s of %q has %d points, want %d", line.Name, c.Title, len(line.Points), sizes)
		}
	}
	if !slices.Contains(names, with) || slices.Contains(names, without) || len(names) < 2 {
		t.Errorf("the lines of %q are %q", c.Title, names)
	}
}

// Where a size is one row, a way that takes as long for each row is level.
func TestPerRow(t *testing.T) {
	t.Parallel()
	i := slices.IndexFunc(scale.Curves(), func(c scale.Curve) bool { return c.Name == "rows" })
	series, err := scale.Curves()[i].Measure(t.Context(), quick(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range series.Time().Lines {
		for n, p := range line.Points {
			f, ok := series.Steps[n].Result.Figure(line.Name)
			if want := f.Ns / float64(series.Steps[n].Size); !ok || p.Y != want {
				t.Errorf("%s is at %v for %v rows, want %v", line.Name, p.Y, p.X, want)
			}
		}
	}
}

// A curve ends when its time is up, and says so.
func TestCut(t *testing.T) {
	t.Parallel()
	i := slices.IndexFunc(scale.Curves(), func(c scale.Curve) bool { return c.Name == "grants" })
	for bound, want := range map[time.Duration]int{
		// A size takes one second by this clock, with three around it, and the next is
		// expected to take ten.
		1 * time.Second:  1,
		13 * time.Second: 1,
		15 * time.Second: 2,
		18 * time.Second: 3,
	} {
		var now time.Duration
		series, err := scale.Curves()[i].Measure(t.Context(), scale.Options{Budget: time.Millisecond, Bound: bound, Largest: 1000,
			Clock: func() time.Duration { now += time.Second; return now }})
		if err != nil {
			t.Fatal(err)
		}
		if len(series.Steps) != want || !strings.HasPrefix(series.Cut, "Cut at ") || !strings.Contains(series.Cut, bound.String()) {
			t.Errorf("within %v: %d sizes, want %d; %q", bound, len(series.Steps), want, series.Cut)
		}
		if note := series.Time().Note; !strings.Contains(note, series.Cut) {
			t.Errorf("within %v: the note is %q", bound, note)
		}
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "results")
	if err := scale.Write(t.Context(), dir, "2026-01-02", quick(t), "grants", "list-sql"); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, e := range entries {
		have = append(have, e.Name())
	}
	want := []string{"2026-01-02-charts.md", "2026-01-02-grants-ratio.svg", "2026-01-02-grants.svg",
		"2026-01-02-list-sql-ratio.svg", "2026-01-02-list-sql.svg"}
	if !slices.Equal(have, want) {
		t.Errorf("the files are %q", have)
	}
	text, err := os.ReadFile(filepath.Join(dir, want[0]))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range append(want[1:], "| grants | hand-written |", "| 100 |", "\n## Verify by the grants of the policy\n",
		"\n## Verify by the grants of the policy: ratios\n", "| grants | control |", "squirrel's own Eq", "as it was asked for") {
		if !strings.Contains(string(text), part) {
			t.Errorf("the text does not say %q:\n%s", part, text)
		}
	}
}

func TestWriteUnknown(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "results")
	err := scale.Write(t.Context(), dir, "2026-01-02", quick(t), "grants", "lists")
	if err == nil || !strings.Contains(err.Error(), `"lists"`) || !strings.Contains(err.Error(), "caller-roles") {
		t.Errorf("have %v, want what there is", err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("something was written (%v)", err)
	}
}
