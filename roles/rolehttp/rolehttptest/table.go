// Package rolehttptest helps tests of services that use rolehttp.
package rolehttptest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Update is the environment variable that makes [Table] write its file instead of
// comparing with it.
const Update = "ROLEHTTP_UPDATE"

// Table holds the table of the routes (see [rolehttp.Routes.Table]) against a file, so
// that who may call what is read in reviews and does not change unseen. The test fails
// where they differ, and where the file is not there. To write it:
//
//	ROLEHTTP_UPDATE=1 go test ./...
func Table(t testing.TB, routes *rolehttp.Routes, guard rolehttp.Guardian, path string) {
	t.Helper()
	have, err := routes.Table(guard)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv(Update) != "" {
		write(t, path, have)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (to write it, set %s=1)", err, Update)
	}
	if have != string(want) {
		t.Errorf("who may call what is not what %s says (to write it, set %s=1): have\n%s\nwant\n%s", path, Update, have, want)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
