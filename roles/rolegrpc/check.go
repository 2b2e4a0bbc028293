package rolegrpc

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/roles/rolehttp"
	"google.golang.org/grpc"
)

// Services is what a *grpc.Server says of itself.
type Services interface {
	GetServiceInfo() map[string]grpc.ServiceInfo
}

// Check reports every method of a server that the policy permits to no role and that
// is not open, as [rolehttp.Routes.Handler] does for routes, and every method that an
// option names and the server does not have. It is for the start of a program, once
// all services are registered. The error wraps rolehttp.ErrConfig.
func (i *Interceptor[C]) Check(server Services) error {
	if i == nil || server == nil {
		return fmt.Errorf("%w: the interceptor or the server is nil", rolehttp.ErrConfig)
	}
	routes, served := i.routes(server)
	_, err := routes.Handler(i.guard)
	problems := []error{err}
	for _, name := range slices.Sorted(i.named()) {
		if !served[name] {
			problems = append(problems, fmt.Errorf("%w: an option names %s, which the server does not have", rolehttp.ErrConfig, name))
		}
	}
	return errors.Join(problems...)
}

// Routes returns the methods of a server as routes of HTTP, which they are, for tables
// of who may call what; see rolehttptest.Table.
func (i *Interceptor[C]) Routes(server Services) *rolehttp.Routes {
	routes, _ := i.routes(server)
	return routes
}

// routes also returns the full names of the methods.
func (i *Interceptor[C]) routes(server Services) (*rolehttp.Routes, map[string]bool) {
	var routes rolehttp.Routes
	served := map[string]bool{}
	services := server.GetServiceInfo()
	for _, service := range slices.Sorted(maps.Keys(services)) {
		at := rolehttp.At(fmt.Sprint(services[service].Metadata)) // the name of the proto file
		methods := slices.SortedFunc(slices.Values(services[service].Methods), func(a, b grpc.MethodInfo) int { return strings.Compare(a.Name, b.Name) })
		for _, method := range methods {
			name := "/" + service + "/" + method.Name
			served[name] = true
			if reason, open := i.open[name]; open {
				routes.Open("POST "+name, http.NotFoundHandler(), reason, at)
				continue
			}
			target := i.target(name)
			routes.Handle("POST "+name, target.Endpoint, http.NotFoundHandler(), rolehttp.As(target.Method), at)
		}
	}
	return &routes, served
}
