package roles

import (
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Part is what a service is made of: a [Role], or [Union].
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
