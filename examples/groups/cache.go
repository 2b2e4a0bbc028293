package main

import "context"

// question is what the service is asked: may this user use the resource of this name?
type question struct{ user, resource string }

// change is what a write has changed, and so whose answers may be others now.
type change struct {
	users, resources []string
	all              bool
}

// cache keeps answers. Whatever becomes of it, an answer that it gives is one that the
// database would have given after the last change that was acknowledged: a write tells
// the cache what it has changed once it is stored and before it is acknowledged.
type cache interface {
	// look returns a kept answer, or a place where the answer may be kept that is then
	// found out. What is found out begins after look.
	look(ctx context.Context, q question) (allowed, found bool, place place)
	// changed returns when answers from before the change are not given any more. With
	// an error the change must not be acknowledged.
	changed(ctx context.Context, c change) error
}

// place is where an answer is to be kept: under what had been changed by the time that it
// was looked for. The zero place keeps nothing.
type place interface {
	keep(ctx context.Context, allowed bool)
}

// nowhere is the cache that keeps nothing, and the place of what is not kept.
type nowhere struct{}

func (nowhere) look(context.Context, question) (allowed, found bool, place place) {
	return false, false, nowhere{}
}
func (nowhere) changed(context.Context, change) error { return nil }
func (nowhere) keep(context.Context, bool)            {}
