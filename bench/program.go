package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/table"
)

// program is the command, with what it reads and writes.
type program struct {
	scenes         []scene.Scene
	absent         []error // of scenes for which something that they need is not there
	stdout, stderr io.Writer
	now            func() time.Time
	results        string // the directory of dated results

	curves []string // names
	// draw measures the curves of the names and writes them into a directory.
	draw func(dir, date string, log func(string, ...any), names []string) error
}

const usage = `Usage: go run . [flags]

Measures rolespec beside hand-written code and other libraries: all ways to do
the same work in random order in one loop, the hand-written way twice. Prints a
table for each scene, then the goals. Figures never make it fail: the exit code is
1 where a way gives a wrong answer or fails, and 2 where the flags are wrong.

`

// run runs the command and returns its exit code.
func (p program) run(args []string) int {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(p.stderr)
	var (
		list     = flags.Bool("list", false, "print the names of the scenes, and measure nothing")
		only     = flags.String("scene", "", "measure the scenes whose whole name matches this `regexp`")
		short    = flags.Bool("short", false, "measure for a moment only, heavy scenes on small data: every answer is checked, the figures are rough")
		markdown = flags.Bool("markdown", false, "print Markdown")
		save     = flags.Bool("save", false, "write Markdown to results/YYYY-MM-DD.md too; for all scenes, at length")
		curves   = flags.Bool("curves", false, "measure how costs grow instead, some ten minutes: charts in results/; -scene chooses among them")
		budget   = flags.Duration("budget", 2*time.Second, "time for the samples of a scene")
	)
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), usage)
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	chosen, err := p.choose(*only, *curves)
	switch {
	case err != nil:
	case flags.NArg() > 0:
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case *curves && (*save || *short || *markdown):
		err = errors.New("-curves goes with -scene alone")
	case *save && (*short || *only != ""):
		err = errors.New("-save is for all scenes, at length: not with -short or -scene")
	case *budget <= 0:
		err = errors.New("-budget has to be more than nothing")
	}
	if err != nil {
		fmt.Fprintf(p.stderr, "bench: %v\n", err)
		return 2
	}
	switch {
	case *list:
		for _, s := range chosen.scenes {
			fmt.Fprintf(p.stdout, "%-24s %s\n", s.Name, s.Does)
		}
		for _, name := range chosen.curves {
			fmt.Fprintf(p.stdout, "%-24s a curve\n", name)
		}
		return 0
	case *curves:
		log := func(format string, args ...any) { fmt.Fprintf(p.stderr, format+"\n", args...) }
		if err := p.draw(p.results, p.today(), log, chosen.curves); err != nil {
			return p.fail(err)
		}
		return 0
	}
	run := measurement{program: p, short: *short, markdown: *markdown, options: pair.Options{Budget: *budget}}
	if *short {
		run.options = pair.Options{Budget: 100 * time.Millisecond, Sample: 20 * time.Microsecond, MinSamples: 3}
	}
	if err := run.all(chosen.scenes); err != nil {
		return p.fail(err)
	}
	if run.failed { // and is not worth saving
		return 1
	}
	if *save {
		if err := p.save(run.measured); err != nil {
			return p.fail(err)
		}
	}
	return 0
}

func (p program) fail(err error) int {
	fmt.Fprintf(p.stderr, "bench: %v\n", err)
	return 1
}

// choice is what a run is about: scenes or curves.
type choice struct {
	scenes []scene.Scene
	curves []string
}

// choose returns the scenes, or the curves, whose whole name matches.
func (p program) choose(expression string, curves bool) (choice, error) {
	re, err := regexp.Compile("^(?:" + expression + ")$")
	if err != nil {
		return choice{}, fmt.Errorf("-scene: %w", err)
	}
	other := func(name string) bool { return expression != "" && !re.MatchString(name) }
	var chosen choice
	if curves {
		chosen.curves = slices.DeleteFunc(slices.Clone(p.curves), other)
	} else {
		chosen.scenes = slices.DeleteFunc(slices.Clone(p.scenes), func(s scene.Scene) bool { return other(s.Name) })
	}
	if len(chosen.scenes)+len(chosen.curves) == 0 {
		return choice{}, fmt.Errorf("nothing is named %q: see -list", expression)
	}
	return chosen, nil
}

func (p program) today() string { return p.now().Format(time.DateOnly) }

// measurement is the run over the scenes.
type measurement struct {
	program
	short, markdown bool
	options         pair.Options
	measured        []*scene.Result
	failed          bool // a scene failed, or had a wrong answer
}

// all measures and prints scene after scene, then the goals. A scene that fails
// does not keep the others from being measured; the error is that of writing.
func (m *measurement) all(scenes []scene.Scene) error {
	title, goals := "%s\n\n", table.TextGoals
	if m.markdown {
		title, goals = "# rolespec, measured\n\n%s.\n\n", table.MarkdownGoals
	}
	if _, err := fmt.Fprintf(m.stdout, title, machine()); err != nil {
		return err
	}
	for _, s := range scenes {
		r, err := m.one(s)
		switch {
		case err == nil:
		case slices.ContainsFunc(m.absent, func(absent error) bool { return errors.Is(err, absent) }):
			fmt.Fprintf(m.stderr, "bench: left out: %v\n", err)
			continue
		default:
			m.fail(err)
			m.failed = true
			continue
		}
		m.measured = append(m.measured, r)
		if err := m.print(r); err != nil {
			return err
		}
	}
	return goals(m.stdout, m.measured)
}

func (m *measurement) one(s scene.Scene) (*scene.Result, error) {
	size := scene.Full
	if m.short && s.Heavy {
		size = scene.Small
	}
	runtime.GC() // of what the scene before has left
	return s.Measure(size, m.options)
}

func (m *measurement) print(r *scene.Result) error {
	if m.markdown {
		return table.Markdown(m.stdout, r)
	}
	return table.Text(m.stdout, r)
}

// save writes a dated result.
func (p program) save(results []*scene.Result) (err error) {
	if err := os.MkdirAll(p.results, 0o755); err != nil {
		return err
	}
	day := p.today()
	f, err := os.Create(filepath.Join(p.results, day+".md"))
	if err != nil {
		return err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	if _, err := fmt.Fprintf(f, "# rolespec, measured on %s\n\n%s.\nThe README of this module says how to read it.\n\n", day, machine()); err != nil {
		return err
	}
	if err := table.MarkdownGoals(f, results); err != nil {
		return err
	}
	if _, err := io.WriteString(f, "## Scenes\n\n"); err != nil {
		return err
	}
	return table.Markdown(f, results...)
}
