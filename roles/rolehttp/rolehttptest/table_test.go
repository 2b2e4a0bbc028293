package rolehttptest_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/roles/rolehttp/rolehttptest"
)

// recorder is a test that fails without failing this one.
type recorder struct {
	testing.TB
	failed string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failed = fmt.Sprintf(format, args...)
}

type fatal struct{}

func (r *recorder) Fatalf(format string, args ...any) {
	r.failed = fmt.Sprintf(format, args...)
	panic(fatal{})
}
func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

type nobody struct{}

func (nobody) Verify(context.Context, string) (policy.Claims, error) { return nil, os.ErrPermission }

func newGuard(t *testing.T, grants ...roles.Grant) rolehttp.Guardian {
	t.Helper()
	g, err := rolehttp.New(nobody{}, roles.MustService[policy.Claims](roles.New("user", grants...)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func table(rs *rolehttp.Routes, g rolehttp.Guardian, path string) (failed string) {
	r := &recorder{}
	defer func() {
		if problem := recover(); problem != nil {
			failed = r.failed
		}
	}()
	rolehttptest.Table(r, rs, g, path)
	return r.failed
}

func TestTable(t *testing.T) {
	t.Setenv(rolehttptest.Update, "")
	var rs rolehttp.Routes
	rs.Handle("GET /tasks", "tasks", http.NotFoundHandler(), rolehttp.HeadAsGet())
	granted := newGuard(t, roles.Allow("tasks", roles.Get, roles.Everything))
	path := filepath.Join(t.TempDir(), "testdata", "routes.txt")

	if failed := table(&rs, granted, path); !strings.Contains(failed, rolehttptest.Update) {
		t.Errorf("have %q, want that there is no file and how it is written", failed)
	}
	t.Setenv(rolehttptest.Update, "1")
	if failed := table(&rs, granted, path); failed != "" {
		t.Errorf("have %q, want that the file is written", failed)
	}
	t.Setenv(rolehttptest.Update, "")
	text, err := os.ReadFile(path)
	if want := "GET   /tasks  tasks  user\nHEAD  /tasks  tasks  user\n"; err != nil || string(text) != want {
		t.Errorf("have %q and error %v, want %q", text, err, want)
	}
	if failed := table(&rs, granted, path); failed != "" {
		t.Errorf("have %q, want that it is the same", failed)
	}
	if failed := table(&rs, newGuard(t), path); !strings.Contains(failed, "nobody") || !strings.Contains(failed, "user") {
		t.Errorf("have %q, want both tables", failed)
	}
	if failed := table(&rs, nil, path); !strings.Contains(failed, "the guard is nil") {
		t.Errorf("have %q, want that there is no guard", failed)
	}
}
