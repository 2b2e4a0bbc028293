package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The walk goes through, and notices where it does not.
func TestWalk(t *testing.T) {
	for _, program := range []string{"sh", "curl", "sed"} {
		switch _, err := exec.LookPath(program); {
		case err != nil && os.Getenv("CI") == "true":
			t.Fatal(err)
		case err != nil:
			t.Skip(err)
		}
	}
	each(t, func(t *testing.T, w *world) {
		walk := func(password string) (string, error) {
			cmd := exec.CommandContext(t.Context(), "sh", "walk.sh")
			cmd.Env = append(os.Environ(), "BASE="+w.URL, "SUPER_EMAIL=root@example.com", "SUPER_PASSWORD="+password)
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		for range 2 {
			if out, err := walk(password); err != nil || !strings.Contains(out, "# All as it should be.") {
				t.Fatalf("%v\n%s", err, out)
			}
		}
		if out, err := walk("wrong"); err == nil {
			t.Errorf("a wrong password is no error:\n%s", out)
		}
	})
}
