package roles

import (
	"errors"
	"log/slog"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Decision is what Verify found and why, for logs and for people who ask. The
// zero Decision forbids.
type Decision struct {
	Endpoint      string
	Method        string
	Roles         []string           // that decided: one, with Union one or more, none where forbidden
	Specification spec.Specification // of the visible rows; the zero one where forbidden
	Check         spec.Specification // of rows as they are written, see [Permission]; None where CheckErr says why
	Columns       FieldSet           // the fields that may be read or written, see [Permission]
	Restrictions  []string           // file and line of the restrictions that stand over it
	Considered    []Consideration    // every role of the service, in order
	Err           error              // a *ForbiddenError, nil where allowed
	CheckErr      error              // a *ForbiddenError where it is allowed and the rule of the check failed
}

// Consideration says what one role had to say.
type Consideration struct {
	Role    string
	Where   string // file and line of the grant that spoke, empty if none did
	Outcome Outcome
}

// Outcome is what became of a role in a decision.
type Outcome string

// The outcomes.
const (
	NotHeld  Outcome = "not held by the caller"
	NoGrant  Outcome = "has no grant for it"
	Excepted Outcome = "excepts it"
	Decided  Outcome = "decided"
	Outrun   Outcome = "permits it, but an earlier role decided"
	Failed   Outcome = "its rule failed"
	Moot     Outcome = "permits it, but the rule of another role failed"
	Denied   Outcome = "denies it, or some of its rows"
)

// Allowed reports whether the caller may do it, if only on no row.
func (d Decision) Allowed() bool { return d.Err == nil && len(d.Roles) > 0 }

// LogValue implements [slog.LogValuer]: endpoint, method, roles and outcome; no
// claims and no specification, which may hold some.
func (d Decision) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("endpoint", d.Endpoint),
		slog.String("method", d.Method),
		slog.Bool("allowed", d.Allowed()),
		slog.Any("roles", d.Roles),
	}
	var forbidden *ForbiddenError
	if errors.As(d.Err, &forbidden) {
		attrs = append(attrs, slog.String("reason", forbidden.Reason))
	}
	return slog.GroupValue(attrs...)
}

// Decide returns the whole decision. Its Specification and Err are what
// [Service.Verify] returns, so one call is enough. It looks at every role, so it
// is for debugging and audits rather than for every request.
func (s *Service[P]) Decide(payload P, endpoint, method string) Decision {
	d := Decision{Endpoint: endpoint, Method: method}
	names, reason := s.held(payload)
	held := slices.Clone(names) // a rule may change what the payload gave
	asked := request[P]{&payload, endpoint, method}
	p, err := s.permission(held, reason, asked, false)
	d.Specification, d.Columns, d.Err = p.Rows, p.Columns, err
	if err == nil {
		p, d.CheckErr = s.permission(held, reason, asked, true)
		d.Check = p.Check
	}
	if s == nil {
		return d
	}
	d.Method = canonicalMethod(method)
	if d.Err == nil {
		for _, e := range s.deciding(nil, held, endpoint, d.Method) {
			d.Roles = append(d.Roles, e.role)
		}
	}
	s.restrictions.each(endpoint, d.Method, func(limits []*limit[P]) {
		for _, l := range limits {
			d.Restrictions = append(d.Restrictions, l.where)
		}
	})
	for _, role := range s.roles {
		d.Considered = append(d.Considered, s.consider(&d, held, role))
	}
	return d
}

// consider says what one role had to say.
func (s *Service[P]) consider(d *Decision, held []string, role string) Consideration {
	c := Consideration{Role: role, Outcome: NoGrant}
	e := s.entry(role, d.Endpoint, d.Method)
	if e != nil {
		c.Where = e.where
	}
	var denial *limit[P]
	s.denials.each(d.Endpoint, d.Method, func(denials map[string]*limit[P]) {
		if denial == nil {
			denial = denials[role]
		}
	})
	var failed *ForbiddenError
	errors.As(d.Err, &failed)
	switch {
	case !slices.Contains(held, role):
		c.Outcome = NotHeld
	case denial != nil:
		c.Where, c.Outcome = denial.where, Denied
	case e == nil:
	case e.rule == nil:
		c.Outcome = Excepted
	case failed != nil && failed.Role == role:
		c.Outcome = Failed
	case d.Err == nil && slices.Contains(d.Roles, role):
		c.Outcome = Decided
	case failed != nil:
		c.Outcome = Moot
	default:
		c.Outcome = Outrun
	}
	return c
}
