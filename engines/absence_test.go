package engines

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestPromised(t *testing.T) {
	for _, c := range []struct {
		environment map[string]string
		want        bool
	}{
		{nil, false},
		{map[string]string{"CI": "true"}, true},
		{map[string]string{"CI": "1"}, true},
		{map[string]string{"CI": "woodpecker"}, true},
		{map[string]string{"CI": "false"}, false},
		{map[string]string{"ROLESPEC_REQUIRE_ENGINES": "1"}, true},
		{map[string]string{"ROLESPEC_REQUIRE_ENGINES": "0"}, false},
		{map[string]string{"ROLESPEC_REQUIRE_ENGINES": "0", "CI": "true"}, false},
		{map[string]string{"ROLESPEC_REQUIRE_ENGINES": "1", "CI": "false"}, true},
		{map[string]string{"X_DSN": "somewhere"}, true},
		{map[string]string{"X_DSN": "somewhere", "ROLESPEC_REQUIRE_ENGINES": "0"}, true},
		{map[string]string{"Y_DSN": "somewhere"}, false},
	} {
		if got := promised("X_DSN", func(name string) string { return c.environment[name] }); got != c.want {
			t.Errorf("promised in %v is %v", c.environment, got)
		}
	}
}

// ended is a test that remembers how it was ended.
type ended struct {
	testing.TB
	how string
}

func (*ended) Helper()          {}
func (e *ended) Skip(a ...any)  { e.how = "skipped: " + fmt.Sprint(a...) }
func (e *ended) Fatal(a ...any) { e.how = "failed: " + fmt.Sprint(a...) }

func TestMissingEngine(t *testing.T) {
	const advice = "x: xd: not installed: install the package x-server, or set X_DSN, and run with -count=1"
	absent := func() (*private, string, error) { return nil, "", fmt.Errorf("xd: %w", errNotInstalled) }
	for _, c := range []struct {
		require, how, report string
	}{
		{"0", "skipped: " + advice, "x SKIPPED " + strings.TrimPrefix(advice, "x: ")},
		{"1", "failed: " + advice, "x MISSING " + strings.TrimPrefix(advice, "x: ")},
	} {
		t.Setenv("ROLESPEC_REQUIRE_ENGINES", c.require)
		e := &engine{name: "x", variable: "X_DSN", packages: "x-server", start: absent}
		if e.report() != "" {
			t.Errorf("reported before any test asked for it: %s", e.report())
		}
		test := &ended{}
		if e.server(test); test.how != c.how {
			t.Errorf("the test is %q, want %q", test.how, c.how)
		}
		c.report = strings.Replace(c.report, "xd", "(xd", 1) + ")"
		if e.report() != c.report {
			t.Errorf("the report is %q, want %q", e.report(), c.report)
		}
	}
}

// A server that was named is never passed over in silence.
func TestUnreachableServer(t *testing.T) {
	t.Setenv("ROLESPEC_REQUIRE_ENGINES", "0")
	for variable, dsn := range map[string]string{
		"ROLESPEC_POSTGRES_DSN": "postgres://nobody@/nothing?host=/nowhere",
		"ROLESPEC_MARIADB_DSN":  "nobody@unix(/nowhere/socket)/nothing",
	} {
		t.Setenv(variable, dsn)
		e := map[string]*engine{postgres.variable: postgres, mariadb.variable: mariadb}[variable]
		e = &engine{name: e.name, variable: variable, driver: e.driver, version: e.version}
		test := &ended{}
		e.server(test)
		if !strings.HasPrefix(test.how, "failed: ") || !strings.Contains(test.how, variable) {
			t.Errorf("%s: the test is %q", e.name, test.how)
		}
	}
}

// A server that does not come up says why in the words of its log.
func TestLogOfFailedStart(t *testing.T) {
	p, err := newPrivate("broken", "KILL", "nobody")
	if err != nil {
		t.Skip(err)
	}
	e := &engine{driver: "pgx", version: "SELECT 1", start: func() (*private, string, error) {
		return p, "postgres:///?host=" + p.dir, p.serve("/bin/sh", "-c", "seq 100; echo no luck >&2; exit 3")
	}}
	_, err = e.connect("")
	if err == nil {
		t.Fatal("no error")
	}
	text := err.Error()
	if !strings.Contains(text, "exited before it was ready") || !strings.Contains(text, "\t100\n\tno luck") {
		t.Error(text)
	}
	if strings.Contains(text, "\t80\n") {
		t.Errorf("more than the end of the log: %s", text)
	}
}

func TestFind(t *testing.T) {
	if _, err := find(nil, "no-such-program", "nor-this-one"); !errors.Is(err, errNotInstalled) ||
		!strings.Contains(err.Error(), "no-such-program or nor-this-one") {
		t.Errorf("error %v", err)
	}
}
