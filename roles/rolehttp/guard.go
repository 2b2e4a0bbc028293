package rolehttp

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"

	"github.com/rolespec/rolespec/roles"
)

// Verifier turns a token into the claims of its bearer. A *payload.Verifier is one.
//
// An error that wraps payload.ErrInvalid says that the token is not valid (401). Any
// other, and payload.ErrKeysUnavailable, says that this could not be found out, because
// a server did not answer, for instance (503). Its text may be logged, so it should not
// hold the token.
type Verifier[C any] interface {
	Verify(ctx context.Context, token string) (C, error)
}

// Policy says what a caller may do. A *roles.Service is one, and so is a *policy.Live.
//
// The two methods answer alike. Permission is what a request costs; Decide, which
// looks at every role, is asked instead where an audit wants to know who decided.
type Policy[C any] interface {
	Permission(claims C, endpoint, method string) (roles.Permission, error)
	Decide(claims C, endpoint, method string) roles.Decision
}

// Declarer says what a policy declares, for the check of [Routes.Handler]. A
// *roles.Service is one.
type Declarer interface {
	Declarations() iter.Seq[roles.Declaration]
}

// ErrConfig is wrapped by the errors of [New] and of [Routes.Handler]: what the program
// put together cannot be used. The text names everything that is wrong.
var ErrConfig = errors.New("rolehttp: bad configuration")

// Guard lets a request through to a handler if its token is valid and the policy
// permits it. It is made by [New], never changes, and may be used by any number of
// goroutines at once. The nil and the zero Guard let nothing through.
type Guard[C roles.Payload] struct {
	settings
	verifier Verifier[C]
	policy   Policy[C]
	subject  func(*C) string
}

// New returns the guard of a verifier and a policy. C is inferred from them.
//
//	guard, err := rolehttp.New(verifier, policy, rolehttp.WithRealm("tasks"))
//
// The error wraps [ErrConfig]: a verifier or a policy that is nil, an option that is
// nil or out of range.
func New[C roles.Payload](verifier Verifier[C], policy Policy[C], opts ...Option) (*Guard[C], error) {
	g := &Guard[C]{settings: defaults(), verifier: verifier, policy: policy}
	var problems []error
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if isNil(verifier) {
		problem("the verifier is nil")
	}
	if isNil(policy) {
		problem("the policy is nil")
	}
	for i, opt := range opts {
		if opt == nil {
			problem("option %d is nil", i)
			continue
		}
		if err := opt(&g.settings); err != nil {
			problems = append(problems, err)
		}
	}
	g.subject = subjectOf[C]()
	if f := g.settings.subject; f != nil {
		own, ok := f.(func(C) string)
		if !ok {
			problem("WithSubject: the function is a %T, the claims are a %v", f, reflect.TypeFor[C]())
		}
		g.subject = func(claims *C) string { return own(*claims) }
	}
	if g.declarer == nil && !isNil(policy) {
		g.declarer, _ = policy.(Declarer)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return g, nil
}

// usable reports whether the guard was made by New.
func (g *Guard[C]) usable() bool { return g != nil && g.verifier != nil && g.policy != nil }

// isNil reports whether there is nothing in an interface, or a nil pointer.
func isNil(v any) bool {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
		return r.IsNil()
	}
	return false
}
