package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/effective"
	"github.com/rolespec/rolespec/roles"
)

// Check returns what the policy hardly means, in the order of the file. Callers are
// known ones, of the tests of the policy for example, whose roles it is held
// against; without any, nothing is said of who has which role.
//
// It takes time in proportion to the number of grants times that of roles, and a
// bounded time for each rule.
func Check(p *policy.Policy, callers ...policy.Claims) ([]Finding, error) {
	effective, err := effective.Of(p)
	if err != nil {
		return nil, err
	}
	l := &linter{Policy: effective}
	l.undeclared()
	for _, d := range l.Declared {
		switch d.Effect {
		case roles.Allows:
			l.allows(d)
		case roles.Excepts:
			l.excepts(d)
		case roles.Denies:
			l.denies(d)
		case roles.Restricts:
			l.restricts(d)
		}
	}
	l.order()
	l.roles()
	l.endpoints()
	l.claims()
	l.callers(callers)
	slices.SortStableFunc(l.findings, byPlace)
	return slices.Compact(l.findings), nil
}

// linter collects findings.
type linter struct {
	*effective.Policy
	findings []Finding
}

func (l *linter) found(code Code, where, format string, args ...any) {
	f := Finding{Code: code, Severity: code.severity(), Where: where, Text: fmt.Sprintf(format, args...)}
	f.Line, f.Column = place(where)
	l.findings = append(l.findings, f)
}

// targets returns the endpoints that a declaration is about and whose rows are
// known; for everything all of them.
func (l *linter) targets(d roles.Declaration) []string {
	if d.Endpoint != "" {
		return []string{d.Endpoint}
	}
	return l.Endpoints()
}

// method returns the method of a declaration, AnyMethod for everything.
func method(d roles.Declaration) string {
	if d.Endpoint == "" {
		return roles.AnyMethod
	}
	return d.Method
}

// about names what a declaration is about.
func about(endpoint, method string) string {
	switch {
	case endpoint == "":
		return "everything"
	case method == roles.AnyMethod:
		return strconv.Quote(endpoint)
	}
	return method + " " + strconv.Quote(endpoint)
}

// byPlace orders findings as the file is read; those about the whole come first.
func byPlace(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// place reads what a policy says of where a declaration is.
func place(where string) (line, column int) {
	parts := strings.Split(where, ":")
	if len(parts) < 3 {
		return 0, 0
	}
	line, _ = strconv.Atoi(parts[len(parts)-2])
	column, _ = strconv.Atoi(parts[len(parts)-1])
	return line, column
}
