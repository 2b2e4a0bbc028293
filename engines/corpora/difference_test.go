package corpora_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// difference is one class of cases in which we do not do what the others do, or
// a reason for which a case cannot be written as a specification.
type difference struct {
	name   string
	reason string
	count  int // exactly so many; a change in either direction wants a look
}

// checkCounts compares what was found with what is listed, and prints the table
// with -v. Whatever is found and not listed is an error.
func checkCounts(t *testing.T, title string, listed []difference, found map[string][]string) {
	t.Helper()
	var table strings.Builder
	seen, total := map[string]bool{}, 0
	for _, d := range listed {
		if seen[d.name] || d.reason == "" {
			t.Fatalf("class %q needs a name of its own and a reason", d.name)
		}
		seen[d.name] = true
		total += len(found[d.name])
		if len(found[d.name]) != d.count {
			t.Errorf("%s: %s: have %d, want %d: %q", title, d.name, len(found[d.name]), d.count, found[d.name])
		}
		fmt.Fprintf(&table, "%6d  %-42s %s\n", len(found[d.name]), d.name, d.reason)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if !seen[name] {
			t.Errorf("%s: %d in class %q, which is not listed: %q", title, len(found[name]), name, found[name])
		}
	}
	t.Logf("%s, %d:\n%s", title, total, table.String())
}

// inexpressible is the reason why a case cannot be written as a specification:
// the name of a class.
type inexpressible string

func (r inexpressible) Error() string { return "no specification says it: " + string(r) }

// unsaid returns the reason, and "" for what is no such error.
func unsaid(err error) string {
	var reason inexpressible
	if !errors.As(err, &reason) {
		return ""
	}
	return string(reason)
}
