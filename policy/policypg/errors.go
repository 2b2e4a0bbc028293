package policypg

import "errors"

// What can be wrong beside what PostgreSQL says. Test with errors.Is.
var (
	// ErrNotFound: the table has no policy of that name, or its history no such
	// revision. It is never an empty policy.
	ErrNotFound = errors.New("policypg: no such policy")
	// ErrConflict: somebody else published meanwhile. See [After].
	ErrConflict = errors.New("policypg: published meanwhile by somebody else")
	// ErrOption: a table whose name cannot be used, a revision below 0, a database
	// that is nil.
	ErrOption = errors.New("policypg: option cannot be used")
)
