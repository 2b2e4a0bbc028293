package rolehttp

import (
	"context"
	"net/http"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// state is what a guard leaves for the handler.
type state struct {
	permission roles.Permission
	claims     any // a *C
	write      func(http.ResponseWriter, *http.Request, Problem)
}

type stateKey struct{}

// withState returns a context with what a guard decided; with nil it shows nothing,
// whatever another guard decided before.
func withState(ctx context.Context, s *state) context.Context {
	return context.WithValue(ctx, stateKey{}, s)
}

// stateOf returns what the innermost guard decided; the zero state outside of any.
func stateOf(ctx context.Context) state {
	if ctx != nil {
		if s, ok := ctx.Value(stateKey{}).(*state); ok && s != nil {
			return *s
		}
	}
	return state{}
}

// Specification returns the rows on which the caller may do what the request asks. In
// a handler that no guard stands before it is spec.None, which matches no row.
//
//	rows, err := spec.Filter(rolehttp.Specification(r.Context()), tasks)
func Specification(ctx context.Context) spec.Specification { return stateOf(ctx).permission.Rows }

// Permission returns the same with what is needed to write rows: what a row has to
// satisfy as it is written, and which fields the caller may read or write. Without a
// guard it is the zero Permission, which permits nothing.
func Permission(ctx context.Context) roles.Permission { return stateOf(ctx).permission }

// Claims returns the verified claims of the caller. Without a guard, or where they are
// of another type than C, it returns the zero C and false.
func Claims[C any](ctx context.Context) (C, bool) {
	if claims, ok := stateOf(ctx).claims.(*C); ok {
		return *claims, true
	}
	var none C
	return none, false
}

// Without returns a context in which no guard decided anything, for what is open to
// anybody within something that is guarded.
func Without(ctx context.Context) context.Context { return withState(ctx, nil) }
