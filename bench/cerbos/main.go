// Cerbos measures what a decision costs beside Cerbos, whose engine runs in the same
// process: no request goes over a network. It is a module of its own because Cerbos
// brings some hundred modules, which nobody else here needs.
//
//	go run .           # two minutes and a half, most of them for 100,000 policies
//	go run . -short    # small policies, for a moment
//
// The README of the module above says how to read what it prints.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/table"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the exit code: 1 where a way fails or gives a wrong answer, 2 where the
// flags are wrong.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("cerbos", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var (
		only     = flags.String("scene", "", "measure the scenes whose whole name matches this `regexp`")
		short    = flags.Bool("short", false, "small policies, measured for a moment only")
		markdown = flags.Bool("markdown", false, "print Markdown")
		budget   = flags.Duration("budget", 2*time.Second, "time for the samples of a scene")
	)
	if err := flags.Parse(args); err != nil {
		return 2
	}
	chosen, err := regexp.Compile("^(?:" + *only + ")$")
	if err != nil || flags.NArg() > 0 || *budget <= 0 {
		fmt.Fprintln(stderr, "cerbos: the flags are wrong")
		flags.Usage()
		return 2
	}
	size, options := scene.Full, pair.Options{Budget: *budget}
	if *short {
		size, options.Budget, options.MinSamples = scene.Small, *budget/20, 3
	}
	print, code := table.Text, 0
	if *markdown {
		print = func(w io.Writer, r *scene.Result) error { return table.Markdown(w, r) }
	}
	for _, s := range scenes() {
		if *only != "" && !chosen.MatchString(s.Name) {
			continue
		}
		result, err := s.Measure(size, options)
		if err == nil {
			err = print(stdout, result)
		}
		if err != nil {
			fmt.Fprintf(stderr, "cerbos: %v\n", err)
			code = 1
		}
	}
	return code
}
