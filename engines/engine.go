package engines

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

var errNotInstalled = errors.New("not installed")

// An engine is a kind of server and, once a test has asked for it, the server
// that all tests of the process share, or why there is none.
type engine struct {
	name     string
	variable string // the environment variable that names a server to use
	packages string // what to install for a private one

	driver                string                                     // of database/sql
	dsn                   func(dsn, database string) (string, error) // another database of the same server
	start                 func() (p *private, dsn string, err error) // a private server
	version, create, drop string                                     // SQL; the last two with the name of a database

	once    sync.Once
	running *server
	err     error
}

// server returns the server. Without one it ends the test: see [promised].
func (e *engine) server(tb testing.TB) *server {
	tb.Helper()
	e.once.Do(func() { e.running, e.err = e.connect(os.Getenv(e.variable)) })
	switch {
	case e.err == nil:
	case promised(e.variable, os.Getenv):
		tb.Fatal(e.absence())
	default:
		tb.Skip(e.absence())
	}
	return e.running
}

// connect returns the server at dsn, or a private one if dsn is empty.
func (e *engine) connect(dsn string) (*server, error) {
	if dsn != "" {
		return newServer(e, dsn, e.variable, nil)
	}
	begin := time.Now()
	p, dsn, err := e.start()
	if err != nil {
		return nil, err
	}
	s, err := newServer(e, dsn, "private server", p)
	if err != nil {
		return nil, p.abandon(err)
	}
	s.origin += fmt.Sprintf(" ready in %.1fs", time.Since(begin).Seconds())
	return s, nil
}

// absence says why there is no server, and what to do about it.
func (e *engine) absence() string {
	if errors.Is(e.err, errNotInstalled) {
		return fmt.Sprintf("%s: %v: install the package %s, or set %s, and run with -count=1",
			e.name, e.err, e.packages, e.variable)
	}
	return fmt.Sprintf("%s: %v", e.name, e.err)
}

// report says in a few words what became of the engine, or nothing if no test
// asked for it.
func (e *engine) report() string {
	switch {
	case e.running != nil:
		return fmt.Sprintf("%s %s (%s)", e.name, e.running.version, e.running.origin)
	case e.err != nil:
		outcome := "SKIPPED"
		if promised(e.variable, os.Getenv) {
			outcome = "MISSING"
		}
		reason, _, _ := strings.Cut(e.absence(), "\n")
		return fmt.Sprintf("%s %s (%s)", e.name, outcome, strings.TrimPrefix(reason, e.name+": "))
	}
	return ""
}
