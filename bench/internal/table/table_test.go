package table_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/table"
)

var update = flag.Bool("update", false, "write the golden files")

// results are of scenes whose ways take the time that is planted.
func results(t *testing.T) []*scene.Result {
	t.Helper()
	var now time.Duration
	way := func(name string, ns time.Duration) pair.Way {
		return pair.New(name, func(n int) (bool, error) {
			now += time.Duration(n) * ns
			return true, nil
		}, pair.Print)
	}
	scenes := []scene.Scene{
		{
			Name: "filter/small", Does: "filter rows: `a | b` and <c>", Per: "row",
			Open: func(scene.Size) (*scene.Open, error) {
				return &scene.Open{Units: 10, Ways: []pair.Way{
					way(scene.Hand, 100), way("hand-written, exact size", 250), way(scene.Ours, 55),
					way("a peer", 2_345_678).Peer(), way("another", 549).Peer(),
				}}, nil
			},
			Goals: []scene.Goal{
				scene.AtMost(scene.Ours, 0.5, 0.4),
				scene.AtMostOf(scene.Ours, "hand-written, exact size", 0.5, 0.3),
				scene.Allocs(scene.Ours, 1),
			},
			Notes: []string{"a note", "and another"},
		},
		{
			Name: "long", Does: "something that takes long",
			Open: func(scene.Size) (*scene.Open, error) {
				return &scene.Open{Ways: []pair.Way{
					way(scene.Hand, 1_500*time.Millisecond), way(scene.Ours, 3*time.Second), way("third", 45*time.Second),
				}}, nil
			},
			Goals: []scene.Goal{
				scene.AtMost(scene.Ours, 2.5, 1.5), scene.Faster(scene.Ours, "third", 20), scene.MoreAllocs("third", scene.Ours, 2),
			},
		},
	}
	var results []*scene.Result
	for i, s := range scenes {
		r, err := s.Measure(scene.Size(i), pair.Options{Clock: func() time.Duration { return now }})
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Measured.Figures { // of which a test under the race detector has more
			r.Measured.Figures[i].Allocs, r.Measured.Figures[i].Bytes = 2.5*float64(i), 1234.4*float64(i)
		}
		results = append(results, r)
	}
	return results
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	all := results(t)
	for _, r := range all {
		if err := table.Text(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.TextGoals(&b, all); err != nil {
		t.Fatal(err)
	}
	golden(t, "table.txt", b.Bytes())
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	all := results(t)
	if err := table.MarkdownGoals(&b, all); err != nil {
		t.Fatal(err)
	}
	if err := table.Markdown(&b, all...); err != nil {
		t.Fatal(err)
	}
	golden(t, "table.md", b.Bytes())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what was printed (-update writes it):\n%s", path, got)
	}
}
