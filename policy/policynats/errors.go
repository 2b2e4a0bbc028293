package policynats

import "errors"

// What can be wrong beside what NATS says. Test with errors.Is.
var (
	// ErrNotFound: the bucket has no such key, or it was deleted. It is never an
	// empty policy.
	ErrNotFound = errors.New("policynats: no such policy")
	// ErrConflict: somebody else published meanwhile. See [After].
	ErrConflict = errors.New("policynats: published meanwhile by somebody else")

	errNoBucket = errors.New("policynats: there is no bucket")
)
