package roles_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// declared is one grant of a random policy.
type declared struct {
	everything       bool
	endpoint, method string // the method in upper case, or *
	rule             string // a name to show; or one of the words below
}

// What a grant can be instead of a rule that shows rows by its name.
const (
	isExcept  = "except"
	doesPanic = "panics"
	noClaim   = "reads a claim that is missing"
	anyClaim  = "reads a claim that is there"
	doesError = "returns an error"
)

// policy is the roles of a service in order, and what each declares.
type policy struct {
	union  bool
	names  []string
	grants map[string][]declared
}

var (
	roleNames = []string{"admin", "user", "guest", "Admin"}
	endpoints = []string{"tasks", "tasks", "notes", "Tasks"}
	methods   = []string{"GET", "POST", "HEAD"}
)

func pick[V any](random *rand.Rand, from ...V) V { return from[random.IntN(len(from))] }

func randomPolicy(random *rand.Rand) policy {
	p := policy{union: random.IntN(3) > 0, grants: map[string][]declared{}}
	for _, i := range random.Perm(len(roleNames))[:1+random.IntN(len(roleNames))] {
		name := roleNames[i]
		p.names = append(p.names, name)
		seen := map[string]bool{}
		for n := range random.IntN(10) {
			g := declared{endpoint: pick(random, endpoints...), method: pick(random, append(methods, "*", "*")...)}
			if g.everything = random.IntN(5) == 0; g.everything {
				g.endpoint, g.method = "", ""
			}
			g.rule = fmt.Sprint(name, n)
			if random.IntN(6) == 0 {
				g.rule = pick(random, anyClaim, anyClaim, noClaim, doesPanic, doesError)
			}
			if !g.everything && random.IntN(4) == 0 {
				g.rule = isExcept
			}
			if target := g.endpoint + " " + g.method; !seen[target] {
				seen[target] = true
				p.grants[name] = append(p.grants[name], g)
			}
		}
	}
	return p
}

// service writes the policy with the grants of the package.
func (p policy) service(t *testing.T) *roles.Service[user] {
	var parts []roles.Part
	for _, name := range p.names {
		var grants []roles.Grant
		for _, g := range p.grants[name] {
			grants = append(grants, g.grant())
		}
		parts = append(parts, roles.New(name, grants...))
	}
	if p.union {
		parts = append(parts, roles.Union())
	}
	return mustService[user](t, parts...)
}

func (g declared) grant() roles.Grant {
	method := strings.ToLower(g.method)
	where := spec.Eq("account_id", spec.Var(map[string]string{anyClaim: "account", noClaim: "sub"}[g.rule]))
	isTemplate := g.rule == anyClaim || g.rule == noClaim
	switch {
	case g.rule == isExcept:
		return roles.Except(g.endpoint, method)
	case isTemplate && g.everything:
		return roles.AllowAllWhere(where)
	case isTemplate:
		return roles.AllowWhere(g.endpoint, method, where)
	case g.everything:
		return roles.AllowAll(g.function())
	}
	return roles.Allow(g.endpoint, method, g.function())
}

func (g declared) function() func(user) spec.Specification {
	switch g.rule {
	case doesPanic:
		return panics
	case doesError:
		return tooDeep
	}
	return shows(g.rule)
}

// rows is what the rule shows, not ok where it fails.
func (g declared) rows(u user) (spec.Specification, bool) {
	switch g.rule {
	case doesPanic, doesError, noClaim:
		return spec.Specification{}, false
	case anyClaim:
		return spec.Eq("account_id", u.Account), true
	}
	return shownBy(g.rule), true
}

// answer is what the reference says: forbidden where no role permits, failed
// where the rule of failing does not work.
type answer struct {
	permitting []string
	failing    string
	rows       []spec.Specification
}

// reference resolves a question by reading the policy from top to bottom, as the
// documentation of the package says it, with nothing looked up or prepared.
func (p policy) reference(u user, endpoint, method string) (a answer) {
	if endpoint == "" || method == "" || method == "*" {
		return answer{}
	}
	for _, name := range p.names {
		if !slices.Contains(u.Roles, name) {
			continue
		}
		g := mostSpecific(p.grants[name], endpoint, strings.ToUpper(method))
		if g == nil || g.rule == isExcept {
			continue
		}
		s, ok := g.rows(u)
		if !ok {
			return answer{failing: name}
		}
		a.permitting, a.rows = append(a.permitting, name), append(a.rows, s)
		if !p.union {
			break
		}
	}
	return a
}

func mostSpecific(grants []declared, endpoint, method string) (found *declared) {
	best := 0
	for i, g := range grants {
		rank := 0
		switch {
		case g.everything:
			rank = 1
		case g.endpoint == endpoint && g.method == "*":
			rank = 2
		case g.endpoint == endpoint && g.method == method:
			rank = 3
		}
		if rank > best {
			best, found = rank, &grants[i]
		}
	}
	return found
}

func TestRandomPolicies(t *testing.T) {
	const policies, questions = 1000, 20
	random := rand.New(rand.NewPCG(7, 11))
	outcomes := map[string]int{}
	for i := range policies {
		p := randomPolicy(random)
		s := p.service(t)
		for range questions {
			u := randomUser(random)
			endpoint := pick(random, append(endpoints, "tasks", "tasks", "tasks", "notes", "x", "")...)
			method := pick(random, append(methods, "get", "Post", "hEAD", "PUT", "*", "")...)
			want := p.reference(u, endpoint, method)
			outcomes[checkAnswer(t, s, u, endpoint, method, want)]++
			if want.failing != "" || len(want.permitting) > 0 {
				checkGranted(t, p, u, endpoint, method)
			}
			if t.Failed() {
				t.Fatalf("policy %d: %+v\nasked by %q: %s %q, want %+v", i, p, u.Roles, method, endpoint, want)
			}
		}
	}
	t.Log(outcomes)
	for _, outcome := range []string{"forbidden", "failed", "by 1", "by 2", "by 3"} {
		if outcomes[outcome] < 100 {
			t.Errorf("only %d questions are %s: %v", outcomes[outcome], outcome, outcomes)
		}
	}
}

func randomUser(random *rand.Rand) user {
	u := user{Account: "a1"} // no sub
	for range random.IntN(8) {
		u.Roles = append(u.Roles, pick(random, append(roleNames, roleNames[0], roleNames[1], "nobody", "USER", "")...))
	}
	return u
}

// checkAnswer holds Verify and Decide against the reference, also for the roles
// in another order, twice, and with roles that nobody knows.
func checkAnswer(t *testing.T, s *roles.Service[user], u user, endpoint, method string, want answer) string {
	t.Helper()
	others := u
	others.Roles = append(append([]string{"unknown"}, u.Roles...), u.Roles...)
	slices.Reverse(others.Roles)
	for _, u := range []user{u, others} {
		if len(want.permitting) > 0 {
			checkAllowed(t, s, u, endpoint, method, spec.Or(want.rows...), want.permitting...)
			continue
		}
		why := checkDenied(t, s, u, endpoint, method)
		var failed *roles.ForbiddenError
		if why.Role != want.failing || !errors.As(why, &failed) {
			t.Errorf("role %q failed, want %q", why.Role, want.failing)
		}
	}
	switch {
	case want.failing != "":
		return "failed"
	case len(want.permitting) == 0:
		return "forbidden"
	}
	return fmt.Sprint("by ", len(want.permitting))
}

// checkGranted holds the reference itself to the one rule above all: somebody
// wrote a grant for it, in a role that the caller holds.
func checkGranted(t *testing.T, p policy, u user, endpoint, method string) {
	t.Helper()
	for _, name := range u.Roles {
		for _, g := range p.grants[name] {
			if g.rule != isExcept && (g.everything || g.endpoint == endpoint && (g.method == "*" || strings.EqualFold(g.method, method))) {
				return
			}
		}
	}
	t.Error("allowed, and no role grants it")
}
