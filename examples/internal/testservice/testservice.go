// Package testservice runs a service in tests as it is run: its flags, its migrations, a
// listener, real requests, and on each of the databases.
//
//	func TestMain(m *testing.M) { engines.Main(m) }
//
//	func TestGroups(t *testing.T) {
//		testservice.Each(t, func(t *testing.T, dsn string) {
//			s := testservice.Start(t, groups(), dsn)
//			admin := s.Client(token).Against(document)
//			admin.Do(t, "POST", "/group", map[string]any{"name": "a"}).Want(t, 200)
//		})
//	}
package testservice

import (
	"bytes"
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/service"
)

// Each runs a test on an empty database of each kind, in parallel.
func Each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, filepath.Join(t.TempDir(), "service.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, engines.PostgresURL(t))
	})
}

// Server is a service that runs until the test ends.
type Server struct {
	*service.Running
	Log *Lines // what it has logged so far, as JSON
	Out *Lines // what it has printed
}

// Start starts a service with a database and further arguments, and stops it when the
// test ends, which fails where it does not stop well.
func Start(t testing.TB, s service.Service, dsn string, args ...string) *Server {
	t.Helper()
	server := &Server{Log: &Lines{}, Out: &Lines{}}
	args = append([]string{"-addr", "127.0.0.1:0", "-db", dsn, "-log-format", "json"}, args...)
	running, err := s.Start(context.Background(), args, server.Out, server.Log)
	if err != nil {
		t.Fatalf("it does not start: %v\n%s", err, server.Log)
	}
	server.Running = running
	t.Cleanup(func() {
		if err := running.Stop(); err != nil {
			t.Errorf("it does not stop well: %v", err)
		}
		if t.Failed() {
			t.Logf("the log of the service:\n%s", server.Log)
		}
	})
	return server
}

// Lines is a text that several goroutines write and read.
type Lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the text.
func (l *Lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String returns what was written so far.
func (l *Lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
