package roles

import (
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// Part is what a service is made of: a [Role], a [Restriction],
// [Union] or [Claims].
type Part interface{ part() }

// Role is a name with its grants. Make one with [New].
type Role struct {
	name   string
	grants []Grant
	where  string
}

func (Role) part() {}

// New returns the role of that name. A role without grants permits nothing. What
// is wrong with it is reported when the service is built.
func New(name string, grants ...Grant) Role {
	return Role{name: name, grants: slices.Clone(grants), where: callerOutside()}
}

// Name returns the name of the role.
func (r Role) Name() string { return r.name }

// Union makes a service show a caller what any of the caller's permitting roles
// shows, instead of what the first of them shows.
func Union() Part { return combine{} }

type combine struct{}

func (combine) part() {}

// Claims declares the claims that templates may name, with their kinds. A payload
// that is a struct must have those that a template names as declared; one that is
// a map is held against the declaration at each Verify, and a claim of another
// kind is a denial. Without it a template may name whatever the payload has. A nil
// schema declares that there are none.
func Claims(declared *spec.Schema) Part {
	if declared == nil {
		declared = &spec.Schema{}
	}
	return claimsPart{declared}
}

type claimsPart struct{ schema *spec.Schema }

func (claimsPart) part() {}

// At returns the role with another place of declaration, for code that makes
// roles from a file.
func (r Role) At(where string) Role {
	r.where = where
	return r
}

// callerOutside returns file:line of the code that called into this package, so
// that two declarations that contradict each other can both be named.
func callerOutside() string {
	pcs := make([]uintptr, 8)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if !strings.Contains(f.Function, "rolespec/roles.") {
			return filepath.Base(f.File) + ":" + strconv.Itoa(f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
