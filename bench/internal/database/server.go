package database

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
)

// ErrNoServer: no PostgreSQL is named or installed. Its text says what to do.
var ErrNoServer = errors.New("database: no server")

// Server returns the URL of an empty PostgreSQL database, and what drops it again. The
// server is found or started as package engines does it for tests: the one of
// ROLESPEC_POSTGRES_DSN, or a private one that ends with the process.
func Server() (url string, stop func(), err error) {
	var p program
	found := make(chan struct{})
	go func() { // which a failure ends
		defer close(found)
		url = engines.PostgresURL(&p)
	}()
	<-found
	if p.err != nil {
		p.stop()
		return "", nil, p.err
	}
	return url, p.stop, nil
}

// A program stands for a test where there is none.
type program struct {
	testing.TB // nil: nothing else is called
	cleanups   []func()
	err        error
}

func (*program) Helper() {}

func (p *program) Cleanup(f func()) { p.cleanups = append(p.cleanups, f) }

func (p *program) Skip(args ...any) { p.end(fmt.Errorf("%w: %s", ErrNoServer, fmt.Sprint(args...))) }

func (p *program) Fatal(args ...any) { p.end(errors.New(fmt.Sprint(args...))) }

func (p *program) Fatalf(format string, args ...any) { p.end(fmt.Errorf(format, args...)) }

// Errorf is about what is left behind at the end, on a server that goes away too.
func (*program) Errorf(string, ...any) {}

func (p *program) end(err error) {
	p.err = err
	runtime.Goexit()
}

func (p *program) stop() {
	for _, f := range slices.Backward(p.cleanups) {
		f()
	}
	p.cleanups = nil
}
