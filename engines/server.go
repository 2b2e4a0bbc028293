package engines

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"
)

// patience is how long a server may take to answer for the first time.
const patience = 30 * time.Second

// A server is a running one, in which every test makes databases of its own.
type server struct {
	engine  *engine
	dsn     string
	admin   *sql.DB // makes and drops the databases
	private *private
	origin  string // where the server comes from, for people
	version string
}

// newServer returns the server at dsn once it answers. A private one may still
// be starting, and must stay alive meanwhile.
func newServer(e *engine, dsn, origin string, p *private) (*server, error) {
	admin, err := sql.Open(e.driver, dsn)
	if err != nil {
		return nil, err
	}
	admin.SetMaxOpenConns(2)
	s := &server{engine: e, dsn: dsn, admin: admin, private: p, origin: origin}
	if err := s.answer(); err != nil {
		admin.Close()
		return nil, fmt.Errorf("%s: %w", origin, err)
	}
	return s, nil
}

// answer waits until the server says its version.
func (s *server) answer() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		err := s.admin.QueryRowContext(ctx, s.engine.version).Scan(&s.version)
		if err == nil {
			s.version, _, _ = strings.Cut(s.version, " ") // the packager's name
			return nil
		}
		if s.private == nil {
			return err
		}
		select {
		case <-s.private.exited:
			return fmt.Errorf("exited before it was ready (%w)", err)
		case <-ctx.Done():
			return fmt.Errorf("not ready after %v (%w)", patience, err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// database makes a database, to be dropped when the test ends, and returns its
// DSN.
func (s *server) database(tb testing.TB) string {
	tb.Helper()
	name := "rolespec_" + strings.ToLower(rand.Text()[:16])
	dsn, err := s.engine.dsn(s.dsn, name)
	if err != nil {
		tb.Fatalf("%s: %s: %v", s.engine.name, s.origin, err)
	}
	if _, err := s.admin.Exec(fmt.Sprintf(s.engine.create, name)); err != nil {
		tb.Fatalf("%s: creating a database: %v", s.engine.name, err)
	}
	tb.Cleanup(func() {
		if _, err := s.admin.Exec(fmt.Sprintf(s.engine.drop, name)); err != nil {
			tb.Errorf("%s: dropping the test's database: %v", s.engine.name, err)
		}
	})
	return dsn
}

// close ends the server if it is private.
func (s *server) close() error {
	err := s.admin.Close()
	if s.private != nil {
		return s.private.end()
	}
	return err
}

// open opens the test's own database, and closes it when the test ends.
func open(tb testing.TB, driver, dsn string) *sql.DB {
	tb.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(8) // many tests run at a time
	return db
}
