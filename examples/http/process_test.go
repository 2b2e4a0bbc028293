package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rolespec/rolespec/examples/http/internal/load"
	"github.com/rolespec/rolespec/payload"
)

// process is the program as a shell starts it, built as the tests are: with the race
// detector where they have it.
type process struct {
	*exec.Cmd
	url, db, tokens string
	stderr          *bytes.Buffer
	callers         load.File
}

// command is a run of the program, which is killed should it not end by itself.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), "HTTP_MAIN=1")
	return cmd
}

// start serves a demonstration and waits until it says so.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	folder := t.TempDir()
	p := &process{db: filepath.Join(folder, "tasks.db"), tokens: filepath.Join(folder, "tokens.json"), stderr: &bytes.Buffer{}}
	p.Cmd = command(t, append([]string{"-addr", "127.0.0.1:0", "-db", p.db, "-tokens", p.tokens, "-log", "error"}, args...)...)
	p.Stderr = p.stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.ProcessState == nil {
			_ = p.Process.Kill()
			_ = p.Wait()
		}
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = p.Wait()
		t.Fatalf("it did not start: %v\n%s", err, p.stderr)
	}
	go io.Copy(io.Discard, out)
	data, err := os.ReadFile(p.tokens)
	if err == nil {
		err = json.Unmarshal(data, &p.callers)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.url = p.callers.URL
	return p
}

// stop ends the process as an orchestrator does, and reports how it ended.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.ended(t)
}

func (p *process) ended(t *testing.T) {
	t.Helper()
	if err := p.Wait(); err != nil || p.stderr.Len() > 0 {
		t.Errorf("it ended with %v\n%s", err, p.stderr)
	}
}

// stored are the titles in the database, of the process that is over.
func (p *process) stored(t *testing.T) map[string]int {
	t.Helper()
	s, err := openStore(context.Background(), p.db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	titles := map[string]int{}
	for _, row := range s.rows(t) {
		titles[row.Title]++
	}
	return titles
}

func TestLoad(t *testing.T) {
	p := start(t)
	out, err := command(t, "load", "-tokens", p.tokens, "-seconds", "2").CombinedOutput()
	if err != nil || !strings.Contains(string(out), " 0 violations") {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	p.stop(t)
}

// What was acknowledged is there after the service was told to stop in the middle of
// it, once.
func TestShutdownLosesNothing(t *testing.T) {
	t.Parallel()
	p := start(t)
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	enough := make(chan struct{})
	var writers sync.WaitGroup
	for n := range 8 {
		writers.Go(func() {
			for i := 0; ; i++ {
				title := fmt.Sprintf("writer %d, task %d", n, i)
				status, err := p.post(title)
				if err != nil {
					return // it is gone
				}
				if status != http.StatusCreated {
					t.Errorf("%s: status %d", title, status)
				}
				mu.Lock()
				acknowledged[title] = true
				if len(acknowledged) == 100 {
					close(enough)
				}
				mu.Unlock()
			}
		})
	}
	<-enough
	p.stop(t)
	writers.Wait()
	stored := p.stored(t)
	for title := range acknowledged {
		if stored[title] != 1 {
			t.Errorf("%s is there %d times", title, stored[title])
		}
	}
}

func (p *process) post(title string) (status int, err error) {
	r, err := http.NewRequest("POST", p.url+"/tasks", strings.NewReader(fmt.Sprintf(`{"title":%q}`, title)))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+p.callers.Tokens[0].Token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

// A request that has begun when the service is told to stop is answered.
func TestShutdownFinishesWhatRuns(t *testing.T) {
	t.Parallel()
	p := start(t)
	address := strings.TrimPrefix(p.url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = `{"title":"slow"}`
	fmt.Fprintf(conn, "POST /tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", p.callers.Tokens[0].Token, len(body))
	answers := bufio.NewReader(conn)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") { // the handler reads
		t.Fatalf("%q %v", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until(t, "new connections are refused", func() bool {
		other, err := net.Dial("tcp", address)
		if err == nil {
			other.Close()
		}
		return err != nil
	})
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(answers, nil)
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("%v %v", answer, err)
	}
	p.ended(t)
	if p.stored(t)["slow"] != 1 {
		t.Error("it was acknowledged and is not there")
	}
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never was so that %s", what)
		}
	}
}

// The tokens of one run are worth nothing in the next.
func TestKeysAreOfOneRun(t *testing.T) {
	t.Parallel()
	one, two := start(t), start(t)
	one.callers.URL, one.url = two.url, two.url
	if status, err := one.post("x"); status != http.StatusUnauthorized {
		t.Errorf("%d %v", status, err)
	}
	if info, err := os.Stat(two.tokens); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the tokens: %v %v", info.Mode(), err)
	}
}

// With -keys there is no demonstration: only tokens of the issuer's keys are accepted.
func TestKeysFile(t *testing.T) {
	t.Parallel()
	demo, err := newDemo("https://login.example", "tasks")
	if err != nil {
		t.Fatal(err)
	}
	set, err := payload.PublicJWKS(demo.public)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, set, 0o600); err != nil {
		t.Fatal(err)
	}
	opts, err := parse([]string{"-keys", path, "-issuer", "https://login.example"}, io.Discard)
	if err != nil || opts.demo {
		t.Fatal(opts, err)
	}
	keys, none, err := opts.keySet()
	if err != nil || none != nil {
		t.Fatal(none, err)
	}
	verifier, err := newVerifier(keys, opts.issuer, opts.audience)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range demo.tokens {
		if _, err := verifier.Verify(context.Background(), token.Token); (err == nil) != (token.Kind == load.Valid) {
			t.Errorf("%s: %v", token.Kind, err)
		}
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		args   []string
		says   string
	}{
		{0, []string{"-help"}, "-policy"},
		{0, []string{"load", "-help"}, "-seconds"},
		{2, []string{"nonsense"}, `what is "nonsense"?`},
		{2, []string{"-demo=false"}, "there has to be a -keys"},
		{2, []string{"-demo", "-keys", "x"}, "a key of its own"},
		{2, []string{"-keys", "x"}, "-issuer"},
		{2, []string{"load", "-tokens", "/nonexistent"}, "running demonstration"},
		{2, []string{"load", "-seconds", "0"}, "above 0"},
		{1, []string{"-keys", "/nonexistent", "-issuer", "x"}, "no such file"},
		{1, []string{"-policy", "/nonexistent"}, "no such file"},
		{1, []string{"-db", os.TempDir()}, os.TempDir()},
	} {
		out, err := command(t, test.args...).CombinedOutput()
		status := 0
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			status = exit.ExitCode()
		}
		if status != test.status || !strings.Contains(string(out), test.says) {
			t.Errorf("%q: status %d, %s", test.args, status, out)
		}
	}
}
