package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// An event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// A unit is a test, or a package if the test has no name.
type unit struct{ pkg, test string }

// A summary is what is known of a run so far.
type summary struct {
	out                     io.Writer
	passed, failed, skipped int
	running                 map[unit]*strings.Builder // with what they printed
	failures                map[string]int            // by package
}

func newSummary(out io.Writer) *summary {
	return &summary{out: out, running: map[unit]*strings.Builder{}, failures: map[string]int{}}
}

// read takes in a run to its end.
func (s *summary) read(r io.Reader) error {
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			s.line(line)
		}
		if err == io.EOF {
			s.end()
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// line takes in a line, which is shown if it is not an event.
func (s *summary) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		s.out.Write(line)
		return
	}
	u := unit{e.Package, e.Test}
	switch e.Action {
	case "start", "run":
		s.running[u] = new(strings.Builder)
	case "output":
		s.note(u, e.Output)
	case "build-output":
		io.WriteString(s.out, e.Output)
	case "pass", "fail", "skip":
		s.finish(u, e)
	}
}

// note remembers what a unit printed, apart from the marks of go test.
func (s *summary) note(u unit, output string) {
	if s.running[u] == nil {
		s.running[u] = new(strings.Builder)
	}
	if !strings.HasPrefix(output, "=== ") {
		s.running[u].WriteString(output)
	}
}

func (s *summary) finish(u unit, e event) {
	output := ""
	if b := s.running[u]; b != nil {
		output = b.String()
	}
	delete(s.running, u)
	if u.test == "" {
		s.finishPackage(u.pkg, e, output)
		return
	}
	switch e.Action {
	case "pass":
		s.passed++
	case "skip":
		s.skipped++
		fmt.Fprintf(s.out, "skipped: %s\n%s", u.pkg, output)
	case "fail":
		s.failed++
		s.failures[u.pkg]++
		fmt.Fprintf(s.out, "failed: %s\n%s", u.pkg, output)
	}
}

// finishPackage closes a package. One that failed although none of its tests
// did counts as a failure itself.
func (s *summary) finishPackage(pkg string, e event, output string) {
	s.unfinished(pkg)
	if e.Action == "fail" {
		io.WriteString(s.out, output)
		if s.failures[pkg] == 0 {
			s.failed++
		}
	}
	outcome := map[string]string{"pass": "ok", "fail": "FAIL", "skip": "no tests"}[e.Action]
	fmt.Fprintf(s.out, "%-8s %s %.1fs\n", outcome, pkg, e.Elapsed)
}

// unfinished counts the tests of a package that began and never ended.
func (s *summary) unfinished(pkg string) {
	for _, u := range slices.Collect(maps.Keys(s.running)) {
		if u.pkg == pkg && u.test != "" {
			fmt.Fprintf(s.out, "failed: %s never ended: %s\n%s", pkg, u.test, s.running[u])
			s.failed++
			s.failures[pkg]++
			delete(s.running, u)
		}
	}
}

// end counts the packages that the run left open.
func (s *summary) end() {
	for _, u := range slices.Collect(maps.Keys(s.running)) {
		if u.test == "" {
			s.finishPackage(u.pkg, event{Action: "fail"}, s.running[u].String()+"the run broke off\n")
		}
	}
}
