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
	Considered    []Consideration    // every role of the service, in order
	Err           error              // a *ForbiddenError, nil where allowed
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
// [Service.Verify] returns, so one call is enough. It
// looks at every role, so it is for debugging and audits rather than for every
// request.
func (s *Service[P]) Decide(payload P, endpoint, method string) Decision {
	d := Decision{Endpoint: endpoint, Method: method}
	names, reason := s.held(payload)
	held := slices.Clone(names) // a rule may change what the payload gave
	d.Specification, d.Err = s.verify(held, reason, &payload, endpoint, method)
	if s == nil {
		return d
	}
	d.Method = canonicalMethod(method)
	if d.Err == nil {
		d.Roles = s.deciding(held, endpoint, d.Method)
	}
	var failed *ForbiddenError
	errors.As(d.Err, &failed)
	for _, role := range s.roles {
		c := Consideration{Role: role, Outcome: NoGrant}
		e := s.entry(role, endpoint, d.Method)
		if e != nil {
			c.Where = e.where
		}
		switch {
		case !slices.Contains(held, role):
			c.Outcome = NotHeld
		case e == nil:
		case e.evaluate == nil:
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
		d.Considered = append(d.Considered, c)
	}
	return d
}

func (s *Service[P]) deciding(held []string, endpoint, method string) (names []string) {
	if !s.union {
		return []string{s.first(held, endpoint, method).role}
	}
	for _, e := range s.granted(held, endpoint, method) {
		names = append(names, e.role)
	}
	return names
}
