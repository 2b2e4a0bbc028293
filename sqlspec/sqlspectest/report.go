package sqlspectest

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec/spectest"
)

// Report counts what was asked of an engine, and what came of it.
type Report struct {
	Specifications  int // each with its negation
	Verdicts        int // rows judged: one each for a specification and a row
	Shown           int // those that were true
	Refusals        int // specifications that package sqlspec would not compile, cases that cannot be stored
	Divergences     int // specifications for which engine and memory differ
	PartitionMisses int // a row in two of: shown, shown by the negation, unknown; or in none
	Laws            int // laws asked, of the engine alone
	LawMisses       int // laws that did not hold

	Failures []Failure // the first few, reduced
}

// Failed reports whether anything was not as it should be.
func (r Report) Failed() bool { return r.Divergences+r.PartitionMisses+r.LawMisses > 0 }

// String returns a line.
func (r Report) String() string {
	return fmt.Sprintf("%d specifications, %d verdicts (%d shown), %d divergences, %d partition misses, %d of %d laws missed, %d refusals",
		r.Specifications, r.Verdicts, r.Shown, r.Divergences, r.PartitionMisses, r.LawMisses, r.Laws, r.Refusals)
}

// Add returns the sum of two reports.
func (r Report) Add(s Report) Report {
	r.Specifications += s.Specifications
	r.Verdicts += s.Verdicts
	r.Shown += s.Shown
	r.Refusals += s.Refusals
	r.Divergences += s.Divergences
	r.PartitionMisses += s.PartitionMisses
	r.Laws += s.Laws
	r.LawMisses += s.LawMisses
	for _, f := range s.Failures {
		r.fail(f)
	}
	return r
}

// maxFailures is how many failures a report keeps.
const maxFailures = 5

func (r *Report) fail(f Failure) {
	if len(r.Failures) < maxFailures {
		r.Failures = append(r.Failures, f)
	}
}

// Failure is a specification for which an engine is not as memory.
type Failure struct {
	Engine    string
	Problem   string        // what is wrong, with the condition that the engine was given
	Case      spectest.Case // what to ask to see it
	Have, Say []int64       // the ids that the engine shows, those that memory shows
}

// String returns the failure with its case as Go.
func (f Failure) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", f.Engine, f.Problem)
	fmt.Fprintf(&b, "  shows %v\n memory %v\n", f.Have, f.Say)
	fmt.Fprintf(&b, "%#v", f.Case)
	return b.String()
}

// count counts the verdicts on a specification and on its negation.
func (r *Report) count(v verdict, rows int) {
	r.Verdicts += 2 * rows
	r.Shown += len(v.shown) + len(v.hidden)
}
