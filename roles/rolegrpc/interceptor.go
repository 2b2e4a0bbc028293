package rolegrpc

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Interceptor lets a call through to its method if its token is valid and the policy
// permits it. It is made by [New], never changes, and may be used by any number of
// goroutines at once. The nil and the zero Interceptor let nothing through.
type Interceptor[C roles.Payload] struct {
	guard *rolehttp.Guard[C]
	settings
}

// New returns the interceptor of a guard. The error wraps rolehttp.ErrConfig: a guard
// or an option that is nil, a name that is empty, a method that is both open and not.
func New[C roles.Payload](guard *rolehttp.Guard[C], opts ...Option) (*Interceptor[C], error) {
	i := &Interceptor[C]{guard, settings{targets: map[string]Target{}, open: map[string]string{}}}
	var problems []error
	if guard == nil {
		problems = append(problems, errors.New("the guard is nil"))
	}
	for n, opt := range opts {
		if opt == nil {
			problems = append(problems, fmt.Errorf("option %d is nil", n))
			continue
		}
		problems = append(problems, opt(&i.settings))
	}
	for name := range i.open {
		if _, both := i.targets[name]; both {
			problems = append(problems, fmt.Errorf("%s is open, and has an endpoint", name))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("%w: %w", rolehttp.ErrConfig, err)
	}
	return i, nil
}

// admit asks the guard about a call. In the context of an open method nothing shows.
func (i *Interceptor[C]) admit(ctx context.Context, method string, header http.Header) (context.Context, error) {
	if i == nil {
		return (*rolehttp.Guard[C])(nil).Admit(ctx, "", "", "")
	}
	if _, open := i.open[method]; open {
		return rolehttp.Without(ctx), nil
	}
	target := i.target(method)
	return i.guard.AdmitHeader(ctx, header, target.Endpoint, target.Method)
}
