package load

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"text/tabwriter"
	"time"
)

// errViolated is what must not happen.
var errViolated = errors.New("an answer was not what it has to be")

// maxShown is how many violations are shown.
const maxShown = 10

// kinds are all that a run has to have asked about.
var kinds = []string{"list", "show", "create", "change", "delete", "of another account",
	"move to another account", "not there", "forbidden", string(Expired), string(Foreign), string(Forged), "no token"}

// report counts what was asked and what was wrong. Its methods may be called by any
// number of goroutines at once.
type report struct {
	mu         sync.Mutex
	asked      map[string]int
	rows       int
	violations int
	shown      []string
}

func newReport() *report { return &report{asked: map[string]int{}} }

func (r *report) count(kind string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[kind]++
}

func (r *report) checked(rows int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows += rows
}

func (r *report) violation(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.violations++; r.violations <= maxShown {
		r.shown = append(r.shown, fmt.Sprintf(format, args...))
	}
}

// print says what became of it. What was never asked is not proven, so it is an error
// as well.
func (r *report) print(out io.Writer, took time.Duration) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	total := 0
	var never []string
	for _, kind := range kinds {
		n := r.asked[kind]
		total += n
		if n == 0 {
			never = append(never, kind)
		}
		fmt.Fprintf(table, "%s\t%d\t%.0f/s\t\n", kind, n, float64(n)/took.Seconds())
	}
	fmt.Fprintf(table, "all\t%d\t%.0f/s\t\n", total, float64(total)/took.Seconds())
	if err := table.Flush(); err != nil {
		return err
	}
	for _, v := range slices.Sorted(slices.Values(r.shown)) {
		fmt.Fprintln(out, "violation:", v)
	}
	fmt.Fprintf(out, "%d answers, %d rows in them, %d violations\n", total, r.rows, r.violations)
	switch {
	case r.violations > 0:
		return errViolated
	case len(never) > 0:
		return fmt.Errorf("not asked: %q", never)
	}
	return nil
}
