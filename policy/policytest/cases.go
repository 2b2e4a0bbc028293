package policytest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// check is a case for one caller, one endpoint and one method.
type check struct {
	name     string
	where    string // of the case
	caller   caller
	endpoint string
	method   string
	wanted   *wanted
}

// maxChecks is how many there may be: three lists of a case multiply.
const maxChecks = 100_000

func (l *loader) cases() {
	if len(l.file.Cases) == 0 {
		l.problem(l.main, l.main.file.Root.Value("cases").Pos, "", "the suite has no cases")
	}
	names := map[string]document.Pos{}
	for i := range l.file.Cases {
		c := &l.file.Cases[i]
		if first, twice := names[c.Name.Text]; twice && c.Name.Text != "" {
			l.problem(l.main, c.Name.Pos, "", "there is another case of this name, on line %d", first.Line)
		}
		names[c.Name.Text] = c.Name.Pos
		l.oneCase(c)
	}
}

func (l *loader) oneCase(c *caseFile) {
	callers := l.callersOf(c.Caller)
	if len(c.Endpoint) == 0 || len(c.Methods) == 0 {
		l.problem(l.main, c.Pos, "", "the case names no endpoint or no method")
	}
	l.checkMethods(c)
	each := len(callers) * len(c.Methods)
	if len(l.suite.checks)+each*len(c.Endpoint) > maxChecks {
		l.problem(l.main, c.Pos, "", "the suite asks more than %d questions", maxChecks)
		return
	}
	known, anyName := l.endpoints()
	for _, endpoint := range c.Endpoint {
		if !anyName && !slices.Contains(known, endpoint.Text) {
			l.problem(l.main, endpoint.Pos, nearest(endpoint.Text, known), "the policy has no endpoint %q", endpoint.Text)
			continue
		}
		w := l.wanted(c, l.tableOf(endpoint.Text))
		for _, from := range callers {
			for _, method := range c.Methods {
				l.suite.checks = append(l.suite.checks, check{
					name: nameOf(c, from, endpoint.Text, method.Text, each*len(c.Endpoint) > 1), where: l.main.where(c.Pos),
					caller: from, endpoint: endpoint.Text, method: strings.ToUpper(method.Text), wanted: w,
				})
			}
		}
	}
}

// nameOf names a check after its case, and after what is asked where the case has no
// name or asks more than one thing.
func nameOf(c *caseFile, from caller, endpoint, method string, several bool) string {
	asked := fmt.Sprintf("%s %s %s", from.name, strings.ToUpper(method), endpoint)
	switch {
	case c.Name.Text == "":
		return asked
	case several:
		return c.Name.Text + ": " + asked
	}
	return c.Name.Text
}
