package policytest

import (
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// callersOf reads who asks.
func (l *loader) callersOf(n *document.Node) []caller {
	switch {
	case n.Kind == document.Text && n.Text == everyone:
		if len(l.suite.callers) == 0 {
			l.problem(l.main, n.Pos, "", "no caller has a name")
		}
		return l.suite.callers
	case n.Kind != document.List:
		return l.oneCaller(nil, n)
	case len(n.Items) == 0:
		l.problem(l.main, n.Pos, "", "the case names no caller")
	}
	var callers []caller
	for _, item := range n.Items {
		callers = l.oneCaller(callers, item)
	}
	return callers
}

// oneCaller appends a caller that has a name, or claims in place.
func (l *loader) oneCaller(callers []caller, n *document.Node) []caller {
	if n.Kind == document.Map {
		return append(callers, caller{fmt.Sprintf("the caller at %d:%d", n.Line, n.Column), l.claims(n)})
	}
	if n.Kind != document.Text {
		l.problem(l.main, n.Pos, "", "%v stands where the name of a caller or claims are wanted", n.Kind)
		return callers
	}
	named := func(c caller) bool { return c.name == n.Text }
	i := slices.IndexFunc(l.suite.callers, named)
	switch {
	case i < 0 && !l.full():
		l.problem(l.main, n.Pos, nearest(n.Text, l.callerNames()), "there is no caller %q", n.Text)
	case i < 0:
	case slices.ContainsFunc(callers, named):
		l.problem(l.main, n.Pos, "", "%q stands here twice", n.Text)
	default:
		callers = append(callers, l.suite.callers[i])
	}
	return callers
}

func (l *loader) callerNames() []string {
	names := make([]string, len(l.suite.callers))
	for i, c := range l.suite.callers {
		names[i] = c.name
	}
	return names
}
