package policytest_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policytest"
)

// Whatever a suite says, it is refused with places that are in its files, or it has
// results, which can be printed.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(base), []byte(`{"id": "1", "name": null}`))
	f.Add([]byte(read(f, "tasks.test.yaml")), []byte(read(f, "users.ndjson")))
	f.Add([]byte(strings.Replace(base, `[{id: "1", name: Ann}]`, "users.ndjson", 1)), []byte("{\"id\": \"x\"}\n\n{\"name\": 1e999}"))
	f.Add([]byte(`{"policy": "policy.yaml", "cases": [{"caller": {"sub": 1}, "endpoint": "tasks", "methods": "GET", "visible": []}]}`), []byte("- 1"))
	for _, fault := range faults {
		f.Add([]byte(strings.Replace(base, fault.old, fault.new, 1)), []byte(fault.new))
	}
	f.Fuzz(func(t *testing.T, suite, rows []byte) {
		fsys := files(usersAndTasks, string(suite))
		fsys["users.ndjson"] = &fstest.MapFile{Data: rows}
		fsys["tasks.yaml"] = fsys["policy.yaml"]
		s, err := policytest.LoadFS(fsys, "policy.test.yaml")
		if err != nil {
			checkPlaces(t, fsys, s, err)
			return
		}
		r := s.Run()
		if len(r.Results) == 0 || r.String() == "" || r.OK() != (r.Passed() == len(r.Results)) {
			t.Errorf("have %v", r)
		}
		for _, result := range r.Results {
			if result.Passed != (len(result.Failures) == 0) || strings.ContainsAny(result.String(), "\x00\x1b\r\u202e\u2028") {
				t.Errorf("have %q", result.String())
			}
		}
	})
}

func checkPlaces(t *testing.T, fsys fstest.MapFS, s *policytest.Suite, err error) {
	t.Helper()
	var (
		all      policytest.Errors
		ofPolicy policy.Errors
	)
	if errors.As(err, &ofPolicy) {
		return // a suite can name itself
	}
	if s != nil || !errors.As(err, &all) || len(all) == 0 || len(all) > 100 {
		t.Fatalf("have %v", err)
	}
	for _, e := range all {
		lines := strings.Split(string(fsys[e.File].Data), "\n")
		if e.Line > len(lines) || e.Line > 0 && e.Column > len([]rune(lines[e.Line-1]))+1 || e.Line > 0 && e.Column < 1 || e.Reason == "" {
			t.Errorf("%v: there is no such place", e)
		}
		_ = e.Detail()
	}
}
