package spec_test

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// AppendTexts gives what append gives, whatever room there is, and keeps what it was
// given before.
func TestAppendTexts(t *testing.T) {
	for before := range 3 {
		for room := range 12 {
			for n := range 11 {
				args, want := make([]any, 0, before+room), []any{}
				texts := make([]string, n)
				for i := range before {
					args, want = append(args, i), append(want, i)
				}
				for i := range texts {
					texts[i] = strings.Repeat("x", i)
					want = append(want, strings.Repeat("x", i))
				}
				have := spec.AppendTexts(args, texts...)
				for i := range texts { // which are the caller's again
					texts[i] = "changed"
				}
				runtime.GC()
				if !reflect.DeepEqual(have, want) || fmt.Sprint(have...) != fmt.Sprint(want...) {
					t.Fatalf("%d texts to %d arguments with room for %d: have %v, want %v", n, before, room, have, want)
				}
				if _, ok := any(append(have, 1.5)).([]any); !ok || !reflect.DeepEqual(have, want) {
					t.Fatalf("what is appended changes what was there: %v", have)
				}
			}
		}
	}
}
