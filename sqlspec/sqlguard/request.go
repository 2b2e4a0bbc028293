package sqlguard

import (
	"context"
	"fmt"
	"sync"
)

// maxConditions is how many a request can record: a context that outlives its
// request is a mistake, and must not grow for ever.
const maxConditions = 1000

type requestKey struct{}

type unfilteredKey struct{}

// request holds the conditions that were compiled for one request.
type request struct {
	mu         sync.Mutex
	conditions []recorded
}

// recorded is a condition of a table under an alias.
type recorded struct {
	table, alias string
	tokens       []token
	args         []any
}

// With returns the context of a new request, which has no condition yet, whatever
// ctx has.
func With(ctx context.Context) context.Context {
	return context.WithValue(ctx, requestKey{}, &request{})
}

// Unfiltered returns a context with which statements are run as they are: for jobs
// and reports that are about everybody's rows. Without a reason it changes nothing.
func Unfiltered(ctx context.Context, reason string) context.Context {
	return context.WithValue(ctx, unfilteredKey{}, reason)
}

func record(ctx context.Context, c recorded) error {
	r, _ := ctx.Value(requestKey{}).(*request)
	if r == nil {
		return fmt.Errorf("%w: it is not from With", ErrContext)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.conditions) == maxConditions {
		return fmt.Errorf("%w: it has %d already", ErrContext, maxConditions)
	}
	r.conditions = append(r.conditions, c)
	return nil
}

// conditionsOf returns what was recorded so far.
func conditionsOf(ctx context.Context) []recorded {
	r, _ := ctx.Value(requestKey{}).(*request)
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.conditions[:len(r.conditions):len(r.conditions)]
}
