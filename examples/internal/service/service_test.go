package service_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

// TestMain lets the tests run a program, with its signals and exit status.
func TestMain(m *testing.M) {
	if os.Getenv("SERVICE_MAIN") != "" {
		sample(nil).Main()
	}
	engines.Main(m)
}

var migrations fs.FS = fstest.MapFS{
	"sqlite/00001_t.sql":   {Data: []byte("-- +goose Up\nCREATE TABLE t (id INTEGER PRIMARY KEY);\n")},
	"postgres/00001_t.sql": {Data: []byte("-- +goose Up\nCREATE TABLE t (id BIGINT PRIMARY KEY);\n")},
}

// sample is a service that counts its rows, and waits where it is told to.
func sample(slow <-chan struct{}, change ...func(*service.Env)) service.Service {
	var greeting string
	return service.Service{
		Name: "sample", Help: "Counts rows.", Migrations: migrations, TrimSlash: true,
		Flags: func(f *flag.FlagSet) { f.StringVar(&greeting, "greeting", "hello", "what it says") },
		Check: func() error {
			if greeting == "" {
				return errors.New("-greeting has to be something")
			}
			return nil
		},
		Build: func(_ context.Context, env *service.Env) (http.Handler, error) {
			for _, f := range change {
				f(env)
			}
			mux := http.NewServeMux()
			mux.HandleFunc("GET /rows", func(w http.ResponseWriter, r *http.Request) {
				var n int
				if err := env.DB.QueryRowContext(r.Context(), "SELECT count(*) FROM t").Scan(&n); err != nil {
					panic(err)
				}
				env.Log.InfoContext(r.Context(), "counted")
				_, _ = io.WriteString(w, greeting)
			})
			mux.HandleFunc("GET /slow", func(w http.ResponseWriter, _ *http.Request) {
				<-slow
				_, _ = io.WriteString(w, "late")
			})
			return mux, nil
		},
	}
}

func TestServes(t *testing.T) {
	testservice.Each(t, func(t *testing.T, dsn string) {
		s := testservice.Start(t, sample(nil, func(*service.Env) {}), dsn, "-greeting", "welcome")
		client := s.Client("")
		if got := client.Do(t, "GET", "/rows/", nil).Want(t, 200); got.Body != "welcome" {
			t.Error(got.Body)
		}
		client.Do(t, "GET", "/healthz", nil).Want(t, 204)
		client.Do(t, "HEAD", "/healthz", nil).Want(t, 204)
		client.Do(t, "POST", "/healthz", nil).IsProblem(t, 405)
		client.Do(t, "GET", "/nowhere", nil).IsProblem(t, 404)
		client.Do(t, "GET", "/readyz", nil).Want(t, 204)
		metrics := client.Do(t, "GET", "/metrics", nil).Want(t, 200).Body
		for _, want := range []string{
			`http_requests_total{code="200",method="GET",route="/rows"} 1`,
			`http_requests_total{code="204",method="GET",route="/readyz"} 1`,
			`go_sql_open_connections{db_name="sample"}`, "go_goroutines", "http_request_duration_seconds_bucket",
		} {
			if !strings.Contains(metrics, want) {
				t.Errorf("%s is not in the metrics", want)
			}
		}
		if want := "sample: " + s.URL + "\n"; s.Out.String() != want {
			t.Errorf("%q is printed, want %q", s.Out, want)
		}
		if log := s.Log.String(); !strings.Contains(log, `"msg":"counted","request":"`) || !strings.Contains(log, `"path":"/rows"`) {
			t.Error(log)
		}
		s.DB.DB.Close()
		client.Do(t, "GET", "/readyz", nil).IsProblem(t, 503)
		client.Do(t, "GET", "/healthz", nil).Want(t, 204)
		client.Do(t, "GET", "/rows", nil).IsProblem(t, 500)
	})
}

// A service that stops answers what has begun, takes nothing new, and closes what it has
// opened in the right order.
func TestStops(t *testing.T) {
	t.Parallel()
	slow, begun := make(chan struct{}), make(chan struct{})
	var closed []string
	s := testservice.Start(t, sample(slow, func(env *service.Env) {
		env.OnClose(func() error {
			closed = append(closed, "first")
			return env.DB.PingContext(context.Background()) // is closed last
		})
		env.OnClose(func() error { closed = append(closed, "second"); return nil })
	}), "")
	answer := make(chan string, 1)
	go func() {
		close(begun)
		got, err := http.Get(s.URL + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer got.Body.Close()
		body, _ := io.ReadAll(got.Body)
		answer <- string(body)
	}()
	<-begun
	until(t, "the request has begun", func() bool {
		return strings.Contains(s.Client("").Do(t, "GET", "/metrics", nil).Body, "http_requests_in_flight 2")
	})
	stopped := make(chan error, 1)
	go func() { stopped <- s.Stop() }()
	until(t, "nothing new is taken", func() bool {
		got, err := http.Get(s.URL + "/healthz")
		if err == nil {
			got.Body.Close()
		}
		return err != nil
	})
	if len(closed) > 0 {
		t.Error("closed before the last answer")
	}
	close(slow)
	if got := <-answer; got != "late" {
		t.Errorf("what had begun got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if strings.Join(closed, " ") != "second first" {
		t.Errorf("closed: %v", closed)
	}
}

// What does not finish in time is an error, and is cut off.
func TestDrainEnds(t *testing.T) {
	t.Parallel()
	slow := make(chan struct{})
	defer close(slow)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := sample(slow).Start(ctx, []string{"-addr", "127.0.0.1:0", "-drain", "50ms", "-log", "error"}, io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	go http.Get(r.URL + "/slow") //nolint:bodyclose // it is cut off
	until(t, "the request has begun", func() bool {
		families, err := r.Registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() == "http_requests_in_flight" {
				return f.GetMetric()[0].GetGauge().GetValue() == 1
			}
		}
		return false
	})
	cancel()
	if err := r.Wait(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not in time: %s", what)
		}
	}
}

// A service that does not start says why, and leaves nothing open.
func TestDoesNotStart(t *testing.T) {
	t.Parallel()
	taken := testservice.Start(t, sample(nil), "")
	closed := false
	failing := sample(nil)
	failing.Build = func(_ context.Context, env *service.Env) (http.Handler, error) {
		env.OnClose(func() error { closed = true; return nil })
		return nil, errors.New("no handler today")
	}
	empty := sample(nil)
	empty.Build = func(context.Context, *service.Env) (http.Handler, error) { return nil, nil }
	broken := sample(nil)
	broken.Migrations = fstest.MapFS{"sqlite/00001_t.sql": {Data: []byte("-- +goose Up\nCREATE nothing;\n")}}
	for _, c := range []struct {
		s     service.Service
		args  []string
		want  string
		usage bool
	}{
		{sample(nil), []string{"-nonsense"}, "nonsense", true},
		{sample(nil), []string{"word"}, `what is "word"`, true},
		{sample(nil), []string{"-log-format", "xml"}, "-log-format", true},
		{sample(nil), []string{"-log", "loud"}, "loud", true},
		{sample(nil), []string{"-drain", "0s"}, "-drain", true},
		{sample(nil), []string{"-greeting", ""}, "-greeting", true},
		{sample(nil), []string{"-addr", strings.TrimPrefix(taken.URL, "http://")}, "-addr", false},
		{sample(nil), []string{"-db", "mysql://x"}, "-db", false},
		{failing, nil, "no handler today", false},
		{empty, nil, "no handler", false},
		{broken, nil, "migrations", false},
	} {
		args := append([]string{"-addr", "127.0.0.1:0"}, c.args...)
		err := c.s.Run(t.Context(), args, io.Discard, io.Discard)
		var usage *service.UsageError
		if err == nil || !strings.Contains(err.Error(), c.want) || errors.As(err, &usage) != c.usage {
			t.Errorf("%v: %v", c.args, err)
		}
	}
	if !closed {
		t.Error("what was opened is left open")
	}
}

// The program ends as a shell and an orchestrator expect it to.
func TestProcess(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args           []string
		code           int
		stdout, stderr string
	}{
		{[]string{"-help"}, 0, "go run ./examples/sample [flags]", ""},
		{[]string{"-nonsense"}, 2, "", "sample: flag provided but not defined: -nonsense"},
		{[]string{"-db", "mysql://x"}, 1, "", "sample: -db: "},
	} {
		var stdout, stderr bytes.Buffer
		cmd := command(t, c.args...)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		_ = cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != c.code ||
			!strings.Contains(stdout.String(), c.stdout) || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("%v: %d\n%s\n%s", c.args, code, &stdout, &stderr)
		}
	}
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		cmd := command(t, "-addr", "127.0.0.1:0", "-log", "error")
		var stdout, stderr testservice.Lines
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "it serves", func() bool { return strings.HasSuffix(stdout.String(), "\n") })
		url := strings.TrimSpace(strings.TrimPrefix(stdout.String(), "sample: "))
		answer, err := http.Get(url + "/rows")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil || stderr.String() != "" || answer.StatusCode != 200 {
			t.Errorf("%v: %d, %v\n%s", signal, answer.StatusCode, err, &stderr)
		}
	}
}

// command is a run of the program, which is killed should it not end by itself.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), "SERVICE_MAIN=1")
	return cmd
}
