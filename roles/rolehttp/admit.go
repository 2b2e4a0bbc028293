package rolehttp

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/rolespec/rolespec/roles"
)

// Admit verifies a token and asks the policy whether its bearer may use the method of
// the endpoint. It is what the middleware does once it has the token, for other
// transports. The context it returns carries what [Specification], [Permission] and
// [Claims] read.
//
// Every error is a *[DeniedError] and comes with a context that shows nothing.
func (g *Guard[C]) Admit(ctx context.Context, token, endpoint, method string) (context.Context, error) {
	return g.admit(ctx, func() (question, *DeniedError) { return question{token, endpoint, method}, nil })
}

// AdmitHeader is [Guard.Admit] with a token that is looked for, for transports that have
// headers like HTTP. The sources of [WithTokenFrom] see a request that has these
// headers, their names in the form of http.CanonicalHeaderKey, and nothing else.
func (g *Guard[C]) AdmitHeader(ctx context.Context, header http.Header, endpoint, method string) (context.Context, error) {
	return g.admit(ctx, func() (question, *DeniedError) {
		r := (&http.Request{Header: header, URL: &url.URL{}}).WithContext(ctx)
		token, denial := tokenOf(g.sources, r)
		return question{token, endpoint, method}, denial
	})
}

// question is what a guard is asked.
type question struct{ token, endpoint, method string }

// admit answers a question, or denies where it cannot be asked, and tells the audits.
func (g *Guard[C]) admit(ctx context.Context, ask func() (question, *DeniedError)) (context.Context, error) {
	e := Event{Time: time.Now()}
	next, denial := g.answer(ctx, ask, &e)
	if g != nil && len(g.audits) > 0 {
		e.Latency = time.Since(e.Time)
		e.conclude(denial)
		g.tell(ctx, e)
	}
	if denial != nil {
		return withState(ctx, nil), denial
	}
	return next, nil
}

// answer does the work. Whatever panics is a denial.
func (g *Guard[C]) answer(ctx context.Context, ask func() (question, *DeniedError), e *Event) (_ context.Context, denial *DeniedError) {
	defer func() {
		if recover() != nil { // its value may hold claims
			denial = denied(Failed, "something panicked")
		}
	}()
	if !g.usable() {
		return nil, denied(Failed, "the guard was not made by New")
	}
	q, denial := ask()
	e.Endpoint, e.Method = q.endpoint, q.method
	switch {
	case denial != nil:
		return nil, denial
	case q.token == "":
		return nil, denied(NoToken, "the request has no token")
	}
	caller, denial := g.identify(ctx, q.token)
	if denial != nil {
		return nil, denial
	}
	if len(g.audits) > 0 {
		e.Subject = g.subjectOf(caller)
	}
	permission, denial := g.decide(caller.claims, q, e)
	if denial != nil {
		return nil, denial
	}
	ctx = context.WithValue(ctx, callerKey[C]{g}, caller)
	return withState(ctx, &state{permission, &caller.claims, g.write}), nil
}

// caller is who bears a token.
type caller[C any] struct {
	token  string
	claims C
}

// callerKey is where a context keeps the caller that a guard has verified. Another
// guard has another verifier, and has to see for itself.
type callerKey[C roles.Payload] struct{ guard *Guard[C] }

// identify verifies the token, once for a request however often it is guarded. That it
// is the same token is looked at, because a program may serve one request within the
// context of another.
func (g *Guard[C]) identify(ctx context.Context, token string) (*caller[C], *DeniedError) {
	if known, ok := ctx.Value(callerKey[C]{g}).(*caller[C]); ok && known.token == token {
		return known, nil
	}
	claims, err := g.verifier.Verify(ctx, token)
	if err != nil {
		return nil, refused(err)
	}
	return &caller[C]{token, claims}, nil
}

// decide asks the policy. With an audit it asks for the whole decision.
func (g *Guard[C]) decide(claims C, q question, e *Event) (roles.Permission, *DeniedError) {
	switch {
	case q.endpoint == "":
		return roles.Permission{}, denied(Forbidden, "the request is of no endpoint")
	case len(g.audits) == 0:
		permission, err := g.policy.Permission(claims, q.endpoint, q.method)
		if err != nil {
			return roles.Permission{}, forbidden(err)
		}
		return permission, nil
	}
	d, version := g.decision(claims, q)
	e.Version = version
	if !d.Allowed() || d.CheckErr != nil { // as Permission has it
		return roles.Permission{}, forbidden(cmp.Or(d.Err, d.CheckErr))
	}
	e.Roles = d.Roles
	return roles.Permission{Rows: d.Specification, Check: d.Check, Columns: d.Columns}, nil
}

// decision returns a decision and the version of the policy it is of. Where the policy
// changed meanwhile it is asked again; where it goes on changing, the version is "".
func (g *Guard[C]) decision(claims C, q question) (d roles.Decision, version string) {
	versioned, ok := g.policy.(interface{ Version() string })
	if !ok {
		return g.policy.Decide(claims, q.endpoint, q.method), ""
	}
	for range 3 {
		version = versioned.Version()
		d = g.policy.Decide(claims, q.endpoint, q.method)
		if version == versioned.Version() {
			return d, version
		}
	}
	return d, ""
}
