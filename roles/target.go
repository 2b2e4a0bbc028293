package roles

import (
	"errors"
	"fmt"
)

// target is what a grant or a restriction is about.
type target struct {
	endpoint string
	method   string // in upper case
	all      bool   // every endpoint and method
}

func on(endpoint, method string) target {
	return target{endpoint: endpoint, method: canonicalMethod(method)}
}

func everything() target { return target{all: true} }

// String says it for errors.
func (t target) String() string {
	if t.all {
		return "everything"
	}
	return fmt.Sprintf("%s %q", t.method, t.endpoint)
}

func (t target) check() error {
	switch {
	case t.all:
		return nil
	case t.endpoint == "" || t.method == "":
		return errors.New("the endpoint or the method has no name")
	case t.endpoint == AnyMethod:
		return errors.New("* is a method, not an endpoint: there are functions for every endpoint")
	}
	return nil
}

// targets keeps what is said of endpoints and methods.
type targets[V any] struct {
	endpoints map[string]map[string]V // endpoint -> method or AnyMethod
	all       V
}

// at returns where to keep what is said of a target.
func (ts *targets[V]) at(t target, change func(V) V) {
	if t.all {
		ts.all = change(ts.all)
		return
	}
	if ts.endpoints == nil {
		ts.endpoints = map[string]map[string]V{}
	}
	if ts.endpoints[t.endpoint] == nil {
		ts.endpoints[t.endpoint] = map[string]V{}
	}
	ts.endpoints[t.endpoint][t.method] = change(ts.endpoints[t.endpoint][t.method])
}

// each calls yield with what is said of an endpoint and method: of the method, of
// every method, of everything. AnyMethod is a method of which nothing else is said.
func (ts *targets[V]) each(endpoint, method string, yield func(V)) {
	if methods := ts.endpoints[endpoint]; methods != nil {
		if method != AnyMethod {
			yield(methods[method])
		}
		yield(methods[AnyMethod])
	}
	yield(ts.all)
}

// canonicalMethod writes ASCII letters in upper case and leaves the rest alone:
// Unicode folding would make K and the Kelvin sign the same method.
func canonicalMethod(method string) string {
	for i := range len(method) {
		if c := method[i]; c >= 'a' && c <= 'z' {
			b := []byte(method)
			for j := i; j < len(b); j++ {
				if b[j] >= 'a' && b[j] <= 'z' {
					b[j] -= 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return method
}
