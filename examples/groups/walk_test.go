package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The walk is answered as README.md says.
func TestWalk(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("curl is not installed")
		}
		t.Skip("curl is not installed")
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```console\n")
	want, _, _ := strings.Cut(rest, "```")
	w := start(t, "")
	got, err := exec.Command("sh", "walk.sh", w.server.URL).CombinedOutput()
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant:\n%s", err, got, want)
	}
}
