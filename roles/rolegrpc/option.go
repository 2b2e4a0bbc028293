package rolegrpc

import (
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/rolespec/rolespec/roles"
)

// Option changes what an [Interceptor] asks.
type Option func(*settings) error

// settings are what the options say, by the full name of a method.
type settings struct {
	targets map[string]Target
	open    map[string]string // the reason
}

// Target is what the policy is asked about a method.
type Target struct {
	Endpoint string
	Method   string // EXECUTE where it is empty
}

// Map gives methods, by their full names, the endpoints and methods of a policy that
// was not written for gRPC. A method that is not in it keeps its full name. It may be
// given several times; a method that is named twice is an error.
func Map(targets map[string]Target) Option {
	return func(s *settings) error {
		var problems []error
		for name, target := range targets {
			_, twice := s.targets[name]
			switch {
			case !isFullName(name):
				problems = append(problems, notFull("Map", name))
			case target.Endpoint == "":
				problems = append(problems, fmt.Errorf("Map: %s has no endpoint; Open is for methods that need no token", name))
			case twice:
				problems = append(problems, fmt.Errorf("Map: %s is there twice", name))
			}
			if target.Method == "" {
				target.Method = roles.Execute
			}
			s.targets[name] = target
		}
		return errors.Join(problems...)
	}
}

// Open lets anybody call these methods, without a token, and says why. Methods are full
// names; there is no way to open a whole service but to list what it has.
func Open(reason string, methods ...string) Option {
	return func(s *settings) error {
		var problems []error
		if strings.TrimSpace(reason) == "" {
			problems = append(problems, errors.New("Open: there is no reason"))
		}
		if len(methods) == 0 {
			problems = append(problems, errors.New("Open: there is no method"))
		}
		for _, name := range methods {
			if !isFullName(name) {
				problems = append(problems, notFull("Open", name))
			}
			s.open[name] = reason
		}
		return errors.Join(problems...)
	}
}

func notFull(option, name string) error {
	return fmt.Errorf("%s: %q is not the full name of a method, as in /package.Service/Method", option, name)
}

// isFullName reports whether a name has the form /service/method.
func isFullName(name string) bool {
	service, method, ok := strings.Cut(strings.TrimPrefix(name, "/"), "/")
	return strings.HasPrefix(name, "/") && ok && service != "" && method != "" && !strings.ContainsAny(method, "/ {}*") && !strings.ContainsAny(service, " {}*")
}

// named yields the methods that the options name.
func (s settings) named() iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range s.targets {
			if !yield(name) {
				return
			}
		}
		for name := range s.open {
			if !yield(name) {
				return
			}
		}
	}
}

// target returns what is asked about a method.
func (s settings) target(method string) Target {
	if target, ok := s.targets[method]; ok {
		return target
	}
	return Target{method, roles.Execute}
}
