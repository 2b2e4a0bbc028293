package pgclaims

import "errors"

// What can be wrong beside what PostgreSQL says. Test with errors.Is. Where one of
// these is returned, nothing was run.
var (
	// ErrClaims: the payload is no JSON object, or one that reads in two ways.
	ErrClaims = errors.New("pgclaims: claims cannot be used")
	// ErrCall: a database or a function that is nil.
	ErrCall = errors.New("pgclaims: cannot be called like this")
)

// ErrNotCommitted: what was given to [Query] or [Exec] is more than one statement or
// begins a transaction, so it is not known whether its own was committed.
var ErrNotCommitted = errors.New("pgclaims: transaction was not committed")
