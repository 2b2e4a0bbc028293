package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

var errAbsent = errors.New("no server")

// planted is the command over scenes of no work.
func planted(t *testing.T, scenes ...scene.Scene) (p program, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return program{
		scenes: scenes, absent: []error{errAbsent}, stdout: stdout, stderr: stderr,
		now:     func() time.Time { return time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC) },
		results: filepath.Join(t.TempDir(), "results"),
	}, stdout, stderr
}

func answering(name string, answers ...string) scene.Scene {
	return scene.Scene{
		Name: name, Does: "nothing, " + name,
		Open: func(scene.Size) (*scene.Open, error) {
			open := &scene.Open{}
			for i, answer := range answers {
				name := []string{scene.Hand, scene.Ours, "third"}[i]
				open.Ways = append(open.Ways, pair.New(name, func(n int) (given string, err error) {
					for range n {
						given = strings.Clone(answer)
					}
					return given, nil
				}, pair.Print))
			}
			return open, nil
		},
		Goals: []scene.Goal{scene.AtMost(scene.Ours, 0.001, 0)}, // is not reached
	}
}

func TestRun(t *testing.T) {
	p, stdout, stderr := planted(t, answering("one/a", "x", "x"), answering("two", "x", "x", "x"))
	if code := p.run([]string{"-short"}); code != 0 {
		t.Errorf("exit code %d, though figures never fail: %s", code, stderr)
	}
	for _, want := range []string{"cores", "one/a: nothing, one/a", "two: nothing, two", "third", "goals: 0 of 2 reached", "not reached"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	stdout.Reset()
	if code := p.run([]string{"-budget=1ms", "-markdown", "-scene=one/.*"}); code != 0 || strings.Contains(stdout.String(), "two") ||
		!strings.Contains(stdout.String(), "### one/a\n") || !strings.Contains(stdout.String(), "## Goals: 0 of 1 reached\n") {
		t.Errorf("exit code %d: %s\n%s", code, stderr, stdout)
	}
}

// TestWrongAnswer: the run goes on, says which way was wrong, and fails in the end.
func TestWrongAnswer(t *testing.T) {
	p, stdout, stderr := planted(t, answering("wrong", "x", "x", "y"), answering("right", "x", "x"))
	if code := p.run([]string{"-short"}); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(stderr.String(), `wrong: third gave a wrong answer: "y" where the hand-written way has "x"`) {
		t.Error(stderr)
	}
	if strings.Contains(stdout.String(), "nothing, wrong") || !strings.Contains(stdout.String(), "nothing, right") {
		t.Error(stdout)
	}
}

func TestAbsent(t *testing.T) {
	absent := scene.Scene{Name: "absent", Open: func(scene.Size) (*scene.Open, error) {
		return nil, fmt.Errorf("%w: install one", errAbsent)
	}}
	p, _, stderr := planted(t, absent, answering("right", "x", "x"))
	if code := p.run([]string{"-short"}); code != 0 || !strings.Contains(stderr.String(), "left out: absent: no server: install one") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

func TestSave(t *testing.T) {
	p, _, stderr := planted(t, answering("one", "x", "x"))
	if code := p.run([]string{"-save", "-budget=1ms"}); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	saved, err := os.ReadFile(filepath.Join(p.results, "2026-03-04.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# rolespec, measured on 2026-03-04\n", machine(), "## Goals", "### one\n"} {
		if !strings.Contains(string(saved), want) {
			t.Errorf("no %q in\n%s", want, saved)
		}
	}
	p.scenes = []scene.Scene{answering("wrong", "x", "y")}
	p.now = func() time.Time { return time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC) }
	if code := p.run([]string{"-save", "-budget=1ms"}); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if _, err := os.Stat(filepath.Join(p.results, "2026-03-05.md")); err == nil {
		t.Error("a result with a wrong answer was saved")
	}
}

func TestCurves(t *testing.T) {
	p, stdout, stderr := planted(t, answering("one", "x", "x"))
	p.curves = []string{"rows", "roles", "lists"}
	var drawn []string
	p.draw = func(dir, date string, log func(string, ...any), names []string) error {
		log("measuring %d", len(names))
		drawn = append([]string{dir, date}, names...)
		return nil
	}
	if code := p.run([]string{"-curves", "-scene=ro.*"}); code != 0 || !slices.Equal(drawn, []string{p.results, "2026-03-04", "rows", "roles"}) {
		t.Errorf("exit code %d, drawn %q: %s", code, drawn, stderr)
	}
	if stderr.String() != "measuring 2\n" {
		t.Errorf("%q", stderr)
	}
	if code := p.run([]string{"-curves", "-list"}); code != 0 || strings.Count(stdout.String(), "\n") != 3 {
		t.Errorf("exit code %d: %s", code, stdout)
	}
	p.draw = func(string, string, func(string, ...any), []string) error { return errors.New("broken") }
	if code := p.run([]string{"-curves"}); code != 1 || !strings.Contains(stderr.String(), "broken") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{
		{"-nothing"}, {"argument"}, {"-scene=("}, {"-scene=nobody"}, {"-scene=on"}, {"-budget=0s"},
		{"-save", "-short"}, {"-save", "-scene=one"}, {"-curves", "-short"}, {"-curves", "-scene=one"},
	} {
		p, stdout, stderr := planted(t, answering("one", "x", "x"))
		if code := p.run(args); code != 2 || stderr.Len() == 0 || stdout.Len() > 0 {
			t.Errorf("%v: exit code %d: %s%s", args, code, stderr, stdout)
		}
	}
	p, stdout, stderr := planted(t, answering("one", "x", "x"), answering("two", "x", "x"))
	if code := p.run([]string{"-help"}); code != 0 || !strings.Contains(stderr.String(), "exit code") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	if code := p.run([]string{"-list", "-scene=t.*"}); code != 0 || !strings.HasPrefix(stdout.String(), "two ") {
		t.Errorf("exit code %d: %s", code, stdout)
	}
}

// TestScenes: the names are unlike, so that -scene can tell them apart.
func TestScenes(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scenes() {
		if s.Name == "" || s.Does == "" || s.Open == nil || seen[s.Name] {
			t.Errorf("scene %q: no name, no description, or twice", s.Name)
		}
		seen[s.Name] = true
	}
}
