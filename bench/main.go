// Bench measures what rolespec costs beside code that is written by hand and
// beside other libraries, on the same work.
//
//	go run .                        # all scenes, some minutes
//	go run . -scene 'filter/.*'     # some of them
//	go run . -short                 # all of them, roughly, in less than a minute:
//	                                # heavy ones on small data
//	go run . -save                  # a dated result in results/
//	go run . -curves                # how costs grow: charts in results/
//
// The README beside it says how to read what it prints.
package main

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/rolespec/rolespec/bench/internal/condition"
	"github.com/rolespec/rolespec/bench/internal/database"
	"github.com/rolespec/rolespec/bench/internal/decide"
	"github.com/rolespec/rolespec/bench/internal/filter"
	"github.com/rolespec/rolespec/bench/internal/scale"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// scenes are all that is measured, in the order of the table.
func scenes() []scene.Scene {
	return slices.Concat(
		decide.Scenes(),
		filter.Scenes(),
		condition.Scenes(),
		heavy(database.Scenes()),
	)
}

// heavy marks scenes that load a database before they are measured.
func heavy(scenes []scene.Scene) []scene.Scene {
	for i := range scenes {
		scenes[i].Heavy = true
	}
	return scenes
}

func draw(dir, date string, log func(string, ...any), names []string) error {
	return scale.Write(context.Background(), dir, date, scale.Options{Log: log}, names...)
}

func main() {
	p := program{
		scenes: scenes(), absent: []error{database.ErrNoServer},
		stdout: os.Stdout, stderr: os.Stderr, now: time.Now, results: "results",
		draw: draw,
	}
	for _, c := range scale.Curves() {
		p.curves = append(p.curves, c.Name)
	}
	os.Exit(p.run(os.Args[1:]))
}
