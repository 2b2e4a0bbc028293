package policy_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolespec/rolespec/policy"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestFile follows a file that is replaced, as one should, and that is missing,
// faulty, too long and no file.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.yaml")
	write(t, path, generation(1))
	l := watch(t, policy.File(path))
	reload := func(want int64, fails error) {
		t.Helper()
		err := l.Reload(t.Context())
		if have := shows(t, l); have != want || !errors.Is(err, fails) {
			t.Errorf("have generation %d and error %v, want %d and %v", have, err, want, fails)
		}
	}
	reload(1, nil)
	write(t, path+".new", generation(2))
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	reload(2, nil)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	reload(2, fs.ErrNotExist)
	write(t, path, generation(3)+strings.Repeat("\n", policy.MaxSize))
	reload(2, policy.ErrTooLarge)
	write(t, path, "")
	if err := l.Reload(t.Context()); err == nil || !strings.HasPrefix(err.Error(), path+":1:1: ") {
		t.Errorf("have error %v, want one at the first line", err)
	}
	write(t, path, generation(3))
	reload(3, nil)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if l.Reload(t.Context()) == nil {
		t.Error("a directory: have no error")
	}
	reload3 := shows(t, l)
	if reload3 != 3 {
		t.Errorf("have generation %d, want 3", reload3)
	}
}

// TestFileBehindLinks follows a file as Kubernetes mounts a ConfigMap: a link to a
// link to a directory, which is swapped.
func TestFileBehindLinks(t *testing.T) {
	dir := t.TempDir()
	publish := func(version string, n int) {
		t.Helper()
		if err := os.Mkdir(filepath.Join(dir, version), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, version, "policy.yaml"), generation(n))
		if err := os.Symlink(version, filepath.Join(dir, "next")); err != nil {
			t.Skip(err)
		}
		if err := os.Rename(filepath.Join(dir, "next"), filepath.Join(dir, "data")); err != nil {
			t.Fatal(err)
		}
	}
	publish("v1", 1)
	path := filepath.Join(dir, "policy.yaml")
	if err := os.Symlink(filepath.Join("data", "policy.yaml"), path); err != nil {
		t.Skip(err)
	}
	l := watch(t, policy.File(path))
	publish("v2", 2)
	if err := os.RemoveAll(filepath.Join(dir, "v1")); err != nil {
		t.Fatal(err)
	}
	if err := l.Reload(t.Context()); err != nil || shows(t, l) != 2 {
		t.Errorf("have generation %d and error %v, want 2", shows(t, l), err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "v2")); err != nil {
		t.Fatal(err)
	}
	if err := l.Reload(t.Context()); !errors.Is(err, fs.ErrNotExist) || shows(t, l) != 2 {
		t.Errorf("a link to nothing: have generation %d and error %v, want 2", shows(t, l), err)
	}
}

func TestFS(t *testing.T) {
	files := fstest.MapFS{"a/policy.json": {Data: []byte(`{"rolespec": 1, "roles": []}`)}}
	text, err := policy.FS(files, "a/policy.json").Read(t.Context(), "")
	if err != nil || text.Name != "a/policy.json" || string(text.Data) != `{"rolespec": 1, "roles": []}` || text.Tag == "" {
		t.Errorf("have %+v and error %v", text, err)
	}
	if _, err := policy.FS(files, "a/policy.json").Read(t.Context(), text.Tag); !errors.Is(err, policy.ErrUnchanged) {
		t.Errorf("the same again: have error %v, want that it is unchanged", err)
	}
	if _, err := policy.FS(files, "b").Read(t.Context(), text.Tag); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another file: have error %v, want that there is none", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := policy.FS(files, "a/policy.json").Read(ended, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("have error %v, want that the context has ended", err)
	}
}
