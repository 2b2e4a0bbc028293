package policytest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/internal/suggest"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/document"
)

// loader makes a suite of a file, and notes what is wrong with it.
type loader struct {
	origin origin
	main   source
	file   suiteFile
	suite  *Suite
	shapes shapes
	errs   Errors
	seen   map[string]bool // what was noted
}

// maxErrors is how many errors are told: who has more has one.
const maxErrors = 100

func load(o origin) (*Suite, error) {
	data, err := o.read(o.name, document.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSuite, err)
	}
	l := loader{origin: o, main: source{name: o.name, file: document.Read(data)}, shapes: shapes{}, seen: map[string]bool{}}
	l.main.file.Decode(&l.file)
	if l.note(l.main); len(l.errs) > 0 {
		return nil, l.sorted() // what is missing would be reported again
	}
	if err := l.policy(); err != nil {
		return nil, err
	}
	l.callers()
	l.rows()
	l.cases()
	if len(l.errs) > 0 {
		return nil, l.sorted()
	}
	return l.suite, nil
}

// note takes what reading a text has found.
func (l *loader) note(s source) {
	for _, p := range s.file.Problems {
		l.add(s.error(p))
	}
}

// full reports whether more errors would not be told.
func (l *loader) full() bool { return len(l.errs) >= maxErrors }

func (l *loader) add(e *Error) {
	if text := e.Error(); !l.full() && !l.seen[text] {
		l.seen[text] = true
		l.errs = append(l.errs, e)
	}
}

func (l *loader) problem(s source, at document.Pos, advice, format string, args ...any) {
	l.add(s.error(document.Problem{Pos: at, Reason: fmt.Sprintf(format, args...), Advice: advice}))
}

// sorted returns the errors of the suite in the order of the file, then those of
// its files of rows, which were noted in their order.
func (l *loader) sorted() Errors {
	var own, others Errors
	for _, e := range l.errs {
		if e.File == l.main.name {
			own = append(own, e)
		} else {
			others = append(others, e)
		}
	}
	slices.SortStableFunc(own, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return append(own, others...)
}

// policy reads the policy. What is wrong with it is told in its own terms, and
// nothing else can be said of the suite.
func (l *loader) policy() error {
	at, name := l.file.Policy.Pos, l.origin.join(l.file.Policy.Text)
	data, err := l.origin.read(name, policy.MaxSize)
	if err != nil {
		l.add(l.main.error(document.Problem{Pos: at, Reason: fmt.Sprintf("the policy cannot be read: %s", cause(err)), Err: err}))
		return l.errs
	}
	p, err := policy.Parse(name, data)
	if err != nil {
		return err
	}
	service, err := policy.NewService[policy.Claims](p)
	if err != nil {
		return err
	}
	l.suite = &Suite{name: l.origin.name, policy: p, service: service, declared: slices.Collect(service.Declarations())}
	return nil
}

// nearest is the advice for a name that is not among those that there are.
func nearest(name string, candidates []string) string {
	if near := suggest.Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	if len(candidates) > 0 && len(candidates) <= 12 {
		return "there are " + strings.Join(candidates, ", ")
	}
	return ""
}
