package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

var crashes = flag.Int("crashes", 3, "how often the service is killed while it writes")

// process is the program itself.
type process struct {
	*exec.Cmd
	url    string
	stderr *bytes.Buffer
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), "GROUPS_MAIN=1")
	return cmd
}

func startProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: command(t, append([]string{"-addr", "127.0.0.1:0", "-log", "error"}, args...)...), stderr: &bytes.Buffer{}}
	p.Stderr = p.stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		p.kill()
		t.Fatalf("it does not start: %v\n%s", err, p.stderr)
	}
	go io.Copy(io.Discard, out)
	_, p.url, _ = strings.Cut(strings.TrimSpace(first), ": ")
	return p
}

// kill ends the process with no warning.
func (p *process) kill() {
	if p.ProcessState == nil {
		_ = p.Process.Kill()
		_ = p.Wait()
	}
}

// send is the status of an answer, 0 where none came.
func (p *process) send(method, path, body string) int {
	r, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0
	}
	return answer.StatusCode
}

// batchSize is how many users are attached by one request.
const batchSize = 20

// diary is what was asked of a service, and what of it was acknowledged.
type diary struct {
	sync.Mutex
	asked, attached, detaching, detached map[string]bool // by the name of the batch
}

// What was acknowledged before the service was killed is there, and of each batch there
// is all or nothing.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		d := diary{asked: map[string]bool{}, attached: map[string]bool{}, detaching: map[string]bool{}, detached: map[string]bool{}}
		p := startProcess(t, "-db", dsn)
		if status := p.send("POST", "/group", `{"name":"a"}`); status != 200 {
			t.Fatalf("status %d", status)
		}
		for round := range *crashes {
			var writers sync.WaitGroup
			for writer := range 4 {
				writers.Go(func() { d.write(t, p, fmt.Sprintf("%d.%d", round, writer)) })
			}
			time.Sleep(time.Second)
			p.kill()
			writers.Wait()
			p = startProcess(t, "-db", dsn)
			d.check(t, dsn)
		}
		if len(d.attached) < *crashes || len(d.detached) < *crashes {
			t.Errorf("%d batches were attached and %d users detached: too few to tell", len(d.attached), len(d.detached))
		}
		t.Logf("%d batches acknowledged of %d, %d detached", len(d.attached), len(d.asked), len(d.detached))
	})
}

// write attaches batches, and detaches the first user of every third, until nobody
// answers.
func (d *diary) write(t *testing.T, p *process, name string) {
	for i := 0; ; i++ {
		batch := fmt.Sprintf("%s.%d", name, i)
		items := make([]string, batchSize)
		for n := range items {
			items[n] = fmt.Sprintf(`{"userId":"%s/%d"}`, batch, n)
		}
		d.note(d.asked, batch)
		status := p.send("POST", "/group/1/user", "["+strings.Join(items, ",")+"]")
		if status == 204 {
			d.note(d.attached, batch)
		}
		if status == 204 && i%3 == 0 {
			d.note(d.detaching, batch)
			if status = p.send("DELETE", "/group/1/user/"+batch+"%2F0", ""); status == 204 {
				d.note(d.detached, batch)
			}
		}
		if status == 0 {
			return
		}
		if status != 204 {
			t.Errorf("status %d", status)
			return
		}
	}
}

func (d *diary) note(in map[string]bool, batch string) {
	d.Lock()
	defer d.Unlock()
	in[batch] = true
}

// check holds what is stored against what was acknowledged.
func (d *diary) check(t *testing.T, dsn string) {
	t.Helper()
	db, err := database.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT user_id FROM memberships")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	stored, first := map[string]int{}, map[string]bool{}
	for rows.Next() {
		var user string
		if err := rows.Scan(&user); err != nil {
			t.Fatal(err)
		}
		batch, n, _ := strings.Cut(user, "/")
		stored[batch]++
		first[batch] = first[batch] || n == "0"
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for batch := range d.asked {
		switch n := stored[batch]; {
		case d.detached[batch] && first[batch]:
			t.Errorf("batch %s: a detached user is back", batch)
		case d.detached[batch] && n != batchSize-1, d.attached[batch] && !d.detaching[batch] && n != batchSize:
			t.Errorf("batch %s: it was acknowledged, and %d are stored", batch, n)
		case n != 0 && n != batchSize && !(d.detaching[batch] && n == batchSize-1):
			t.Errorf("batch %s: half of it is stored: %d", batch, n)
		case d.attached[batch] && n == 0:
			t.Errorf("batch %s: it was acknowledged and is lost", batch)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	out, err := command(t, "load", "-users", "500", "-resources", "100", "-groups", "50", "-rounds", "1", "-length", "200ms", "-workers", "2").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "service, no cache") {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		args   []string
		says   string
	}{
		{0, []string{"-help"}, "-cache-timeout"},
		{0, []string{"load", "-help"}, "-users"},
		{2, []string{"nonsense"}, `what is "nonsense"?`},
		{2, []string{"-keys", "x"}, "-issuer"},
		{2, []string{"-issuer", "x"}, "-keys"},
		{2, []string{"-cache", "x"}, "-cache is"},
		{2, []string{"-cache-timeout", "0s"}, "-cache-timeout"},
		{1, []string{"-keys", "/nonexistent", "-issuer", "x"}, "no such file"},
		{1, []string{"load", "-users", "0"}, "above 0"},
	} {
		out, err := command(t, test.args...).CombinedOutput()
		status := 0
		if err != nil {
			status = 1
			if exit, ok := err.(*exec.ExitError); ok {
				status = exit.ExitCode()
			}
		}
		if status != test.status || !strings.Contains(string(out), test.says) {
			t.Errorf("%q: status %d, %s", test.args, status, out)
		}
	}
}
