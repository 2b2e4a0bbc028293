package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	for _, c := range []struct{ name, events, counts, shown string }{
		{"nothing", "", "0 0 0", ""},
		{"passes are quiet", `
			{"Action":"start","Package":"p"}
			{"Action":"run","Package":"p","Test":"TestA"}
			{"Action":"output","Package":"p","Test":"TestA","Output":"noise"}
			{"Action":"pass","Package":"p","Test":"TestA/sub"}
			{"Action":"pass","Package":"p","Test":"TestA"}
			{"Action":"pass","Package":"p","Elapsed":1.5}`, "2 0 0", "ok p 1.5s"},
		{"failures are shown", `
			{"Action":"run","Package":"p","Test":"TestA"}
			{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
			{"Action":"output","Package":"p","Test":"TestA","Output":"a_test.go:1: wrong\n"}
			{"Action":"fail","Package":"p","Test":"TestA"}
			{"Action":"fail","Package":"p"}`, "0 1 0", "failed: p a_test.go:1: wrong FAIL p 0.0s"},
		{"skips are shown", `
			{"Action":"output","Package":"p","Test":"TestA","Output":"a_test.go:1: no engine\n"}
			{"Action":"skip","Package":"p","Test":"TestA"}
			{"Action":"pass","Package":"p"}`, "0 0 1", "skipped: p a_test.go:1: no engine ok p 0.0s"},
		{"a package that does not build", `
			{"ImportPath":"p","Action":"build-output","Output":"p.go:1: undefined\n"}
			{"ImportPath":"p","Action":"build-fail"}
			{"Action":"start","Package":"p"}
			{"Action":"output","Package":"p","Output":"FAIL p [build failed]\n"}
			{"Action":"fail","Package":"p","FailedBuild":"p"}`, "0 1 0", "p.go:1: undefined FAIL p [build failed] FAIL p 0.0s"},
		{"a test that never ends", `
			{"Action":"start","Package":"p"}
			{"Action":"run","Package":"p","Test":"TestA"}
			{"Action":"output","Package":"p","Test":"TestA","Output":"halfway\n"}
			{"Action":"pass","Package":"p"}`, "0 1 0", "failed: p never ended: TestA halfway ok p 0.0s"},
		{"a run that breaks off", `
			{"Action":"start","Package":"p"}`, "0 1 0", "the run broke off FAIL p 0.0s"},
		{"a package without tests", `
			{"Action":"start","Package":"p"}
			{"Action":"skip","Package":"p"}`, "0 0 0", "no tests p 0.0s"},
		{"output that looks like an event", `
			{"Action":"run","Package":"p","Test":"TestA"}
			{"Action":"output","Package":"p","Test":"TestA","Output":"{\"Action\":\"pass\",\"Test\":\"TestB\"}\n"}
			{"Action":"pass","Package":"p","Test":"TestA"}`, "1 0 0", ""},
		{"no event at all", "go: some words", "0 0 0", "go: some words"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var shown strings.Builder
			s := newSummary(&shown)
			if err := s.read(strings.NewReader(strings.ReplaceAll(c.events, "\t", ""))); err != nil {
				t.Fatal(err)
			}
			if counts := fmt.Sprint(s.passed, s.failed, s.skipped); counts != c.counts {
				t.Errorf("counts %s, want %s", counts, c.counts)
			}
			if got := strings.Join(strings.Fields(shown.String()), " "); got != c.shown {
				t.Errorf("shown %q, want %q", got, c.shown)
			}
		})
	}
}
