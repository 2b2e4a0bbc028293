package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestUsageErrors(t *testing.T) {
	runCases(t, []commandCase{
		{name: "no command", exit: 2, stderr: "no command given"},
		{name: "unknown command", args: []string{"evall"}, exit: 2, stderr: `unknown command "evall"; did you mean eval?`},
		{name: "unknown command like none", args: []string{"frobnicate"}, exit: 2, stderr: "unknown command \"frobnicate\"\n"},
		{name: "unknown flag", args: []string{"eval", "--fromat", "csv"}, exit: 2, stderr: `unknown flag "--fromat"; did you mean --format?`},
		{name: "unknown flag before the command", args: []string{"--versoin"}, exit: 2, stderr: `unknown flag "--versoin"`},
		{name: "flag without its value", args: []string{"eval", "--spec"}, exit: 2, stderr: "--spec needs a value"},
		{name: "value outside a closed set", args: []string{"eval", "--truth", "ture"}, exit: 2, stderr: "none of true, false, unknown; did you mean true?"},
		{name: "switch with another value", args: []string{"eval", "--count=perhaps"}, exit: 2, stderr: "neither true nor false"},
		{name: "number that is none", args: []string{"fmt", "--width", "x"}, exit: 2, stderr: `"x" is not a number`},
		{name: "no specification", args: []string{"eval"}, exit: 2, stderr: "which specification?"},
		{name: "two specifications", args: []string{"eval", "--spec", "#", "--policy", "p"}, exit: 2, stderr: "not both"},
		{name: "two files", args: []string{"eval", "--spec", "#", "a", "b"}, exit: 2, stderr: "takes one file, not 2"},
		{name: "an endpoint without a policy", args: []string{"eval", "--spec", "#", "--endpoint", "x"}, exit: 2, stderr: "are for --policy"},
		{name: "help of what is no command", args: []string{"help", "tset"}, exit: 2, stderr: "did you mean test?"},
		{name: "a shell that is none", args: []string{"completion", "bsh"}, exit: 2, stderr: "did you mean bash?"},
	})
}

func TestFlagsStandAnywhere(t *testing.T) {
	path := file(t, "rows.ndjson", `{"a":1}`+"\n")
	for _, args := range [][]string{
		{"eval", "--spec", "a == 1", "--count", path},
		{"eval", path, "--count", "--spec", "a == 1"},
		{"eval", "-count", path, "-spec=a == 1"},
		{"eval", "--count=true", "--spec=a == 1", "--", path},
	} {
		if have := rolespec("", args...); have.exit != 0 || have.stdout != "1\n" {
			t.Errorf("%q: have %+v", args, have)
		}
	}
	if have := rolespec("", "eval", "--spec", "#", "--", "--count"); !strings.Contains(have.stderr, "open --count") {
		t.Errorf("what comes behind -- is a file: have %+v", have)
	}
}

// Every command says what it does, and --help is the same as help.
func TestHelp(t *testing.T) {
	for _, c := range commands() {
		have := rolespec("", "help", c.name)
		if have.exit != 0 || !strings.HasPrefix(have.stdout, "rolespec "+c.name+" - "+c.summary) {
			t.Errorf("help %s: have %+v", c.name, have)
		}
		for _, flag := range []string{"--help", "-h"} {
			if other := rolespec("", c.name, flag); other != have {
				t.Errorf("%s %s: have %+v", c.name, flag, other)
			}
		}
		if len(c.examples) == 0 {
			t.Errorf("%s has no example", c.name)
		}
	}
	for _, args := range [][]string{{"help"}, {"--help"}, {"-h"}} {
		if have := rolespec("", args...); have.exit != 0 || have.stdout != overview() {
			t.Errorf("%q: have %+v", args, have)
		}
	}
}

// What help says for programs is the table of commands.
func TestHelpJSON(t *testing.T) {
	for args, want := range map[string]int{"help --json": len(commands()), "help --json sql": 1} {
		have := rolespec("", strings.Fields(args)...)
		var described struct{ Commands []commandHelp }
		if err := json.Unmarshal([]byte(have.stdout), &described); err != nil || len(described.Commands) != want {
			t.Errorf("%s: have %+v", args, have)
		}
		for _, c := range described.Commands {
			if c.Summary == "" || len(c.Flags) < 2 {
				t.Errorf("%s: have %+v", args, c)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"--version"}} {
		if have := rolespec("", args...); have.exit != 0 || !strings.HasPrefix(have.stdout, "rolespec ") {
			t.Errorf("%q: have %+v", args, have)
		}
	}
	var version map[string]string
	have := rolespec("", "version", "--json")
	if err := json.Unmarshal([]byte(have.stdout), &version); err != nil || version["go"] == "" {
		t.Errorf("as JSON: have %+v", have)
	}
}

// With --json an error is one object, with its kind and its place.
func TestErrorsAsJSON(t *testing.T) {
	bad := file(t, "bad.ndjson", "{\"a\":1}\n{\"a\":1,\"a\":2}\n")
	policy := file(t, "p.yaml", "rolespec: 1\nroles:\n  - name: a\n    alow: []\n")
	for _, c := range []struct {
		name string
		args []string
		want failure
	}{
		{"usage", []string{"eval", "--sepc", "#", "--json"}, failure{Kind: "usage"}},
		{"syntax", []string{"eval", "--spec", "a = 1", "--json"}, failure{Kind: "syntax", Line: 1, Column: 3}},
		{"decode", []string{"eval", "--spec", `{"op":"and","specs":[{"op":"x"}]}`, "--json"}, failure{Kind: "decode", Path: "$.specs[0].op"}},
		{"variable", []string{"eval", "--spec", "a == $b", "--json"}, failure{Kind: "variable"}},
		{"field", []string{"eval", "--spec", "a == 1", "--fields", "b:int", "--json"}, failure{Kind: "field", Field: "a"}},
		{"file", []string{"eval", "--spec", "#", "--json", "/nowhere"}, failure{Kind: "file", File: "/nowhere"}},
		{"input", []string{"eval", "--spec", "#", "--json", bad}, failure{Kind: "input", File: bad, Line: 2, Column: 8}},
		{"policy", []string{"verify", "--policy", policy, "--caller", "{}", "--endpoint", "x", "--method", "GET", "--json"}, failure{Kind: "policy", File: policy, Line: 4, Column: 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			have := rolespec("", c.args...)
			var f failure
			if err := json.Unmarshal([]byte(have.stderr), &f); err != nil || have.exit != 2 || f.Error == "" {
				t.Fatalf("have %+v", have)
			}
			f.Error, f.Offset = "", nil
			if f != c.want {
				t.Errorf("have %+v, want %+v", f, c.want)
			}
		})
	}
}

// A reader who has read enough is no error.
func TestClosedPipe(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		if _, err := bufio.NewReader(r).ReadString('\n'); err != nil {
			t.Error(err)
		}
		r.Close()
	}()
	var stderr strings.Builder
	rows := strings.NewReader(strings.Repeat("{\"a\":1}\n", 100_000))
	exit := run(context.Background(), []string{"eval", "--spec", "a == 1"}, rows, w, &stderr)
	if exit != exitPipe || stderr.Len() > 0 {
		t.Errorf("have exit code %d and %q", exit, stderr.String())
	}
}

func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	var stderr strings.Builder
	exit := run(context.Background(), []string{"help"}, strings.NewReader(""), full, &stderr)
	if exit != exitFailed || !strings.Contains(stderr.String(), "standard output") {
		t.Errorf("have exit code %d and %q", exit, stderr.String())
	}
}

// A command that waits for its input ends all the same.
func TestInterruptedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	out, stdout := io.Pipe()
	done := make(chan int)
	var stderr strings.Builder
	go func() { done <- run(ctx, []string{"eval", "--spec", "#"}, r, stdout, &stderr) }()
	if _, err := io.WriteString(w, "{\"a\":1}\n{\"a\":"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "{\"a\":1}\n" {
		t.Errorf("a row is not printed before the next comes: %q, %v", line, err)
	}
	cancel()
	if exit := <-done; exit != exitInterrupted || stderr.Len() > 0 {
		t.Errorf("have exit code %d and %q", exit, stderr.String())
	}
}

func TestInterruptedProcess(t *testing.T) {
	cmd := exec.Command(os.Args[0], "eval", "--spec", "#")
	cmd.Env = append(os.Environ(), beProgram+"=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(stdin, "{}\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(stdout).ReadString('\n'); err != nil { // it runs now
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip("no signals here")
	}
	_ = cmd.Wait()
	if exit := cmd.ProcessState.ExitCode(); exit != exitInterrupted || stderr.Len() > 0 {
		t.Errorf("have exit code %d and %q", exit, stderr.String())
	}
}
