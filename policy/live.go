package policy

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Live is a policy that follows its source as it changes. Each of its answers
// comes from one policy as a whole; a request that asks more than once takes the
// service of [Live.Current] for all of its questions. A text that is no policy
// changes nothing: the policy before it stays, and the error is reported.
//
// It may be used by any number of goroutines at once. The nil and the zero Live
// forbid everything. Make one with [Watch].
type Live[P roles.Payload] struct {
	current atomic.Pointer[Snapshot[P]]
	watcher watcher

	reloading chan struct{} // holds one while a Reload has the tag and the swaps for itself
	tag       string

	state  sync.Mutex // guards status
	status Status

	stop context.CancelFunc
	done chan struct{}
}

// Snapshot is a policy that was in force, and its service.
type Snapshot[P roles.Payload] struct {
	Service *roles.Service[P]
	Policy  *Policy
	Since   time.Time // when it came into force
}

// Status is how a policy stands to its source.
type Status struct {
	Version string    // of the policy that is in force, see [Policy.Version]
	Since   time.Time // when it came into force
	Checked time.Time // when the source was asked last, whatever it said
	Err     error     // why the source could not be read or its text is not in force; nil where it is
}

// Current returns the policy that is in force. Its Service is nil, and forbids
// everything, where there is none.
func (l *Live[P]) Current() Snapshot[P] {
	if l != nil {
		if s := l.current.Load(); s != nil {
			return *s
		}
	}
	return Snapshot[P]{}
}

// Verify is [roles.Service.Verify] of the policy that is in force.
func (l *Live[P]) Verify(payload P, endpoint, method string) (spec.Specification, error) {
	return l.Current().Service.Verify(payload, endpoint, method)
}

// Permission is [roles.Service.Permission] of the policy that is in force.
func (l *Live[P]) Permission(payload P, endpoint, method string) (roles.Permission, error) {
	return l.Current().Service.Permission(payload, endpoint, method)
}

// Decide is [roles.Service.Decide] of the policy that is in force.
func (l *Live[P]) Decide(payload P, endpoint, method string) roles.Decision {
	return l.Current().Service.Decide(payload, endpoint, method)
}

// Declarations is [roles.Service.Declarations] of the policy that is in force.
func (l *Live[P]) Declarations() iter.Seq[roles.Declaration] {
	return l.Current().Service.Declarations()
}

// Version returns the version of the policy that is in force, for services to
// report; see [Policy.Version].
func (l *Live[P]) Version() string { return l.Current().Policy.Version() }

// Status returns how the policy stands to its source.
func (l *Live[P]) Status() Status {
	if l == nil {
		return Status{}
	}
	l.state.Lock()
	defer l.state.Unlock()
	return l.status
}

// Close stops following the source and waits until that is so. The policy stays in
// force. It may be called more than once.
func (l *Live[P]) Close() {
	if l != nil && l.stop != nil {
		l.stop()
		<-l.done
	}
}

// Reload asks the source now, as a program does on a signal, and returns why its
// text is not in force. Where there is nothing new it returns nil. That the context
// ends is no fault of the source, and is not in the status.
func (l *Live[P]) Reload(ctx context.Context) error {
	if l == nil || l.watcher.source == nil {
		return errNoSource
	}
	select {
	case l.reloading <- struct{}{}:
		defer func() { <-l.reloading }()
	case <-ctx.Done():
		return fmt.Errorf("policy: %w", ctx.Err())
	}
	next, err := l.read(ctx)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err == nil && next != nil && next.Policy.Version() != l.Version() {
		l.current.Store(next)
	}
	l.note(err)
	return err
}

// read reads the source and builds a service; nil where there is nothing new.
func (l *Live[P]) read(ctx context.Context) (*Snapshot[P], error) {
	text, err := l.watcher.read(ctx, l.tag)
	if err != nil || text == nil {
		return nil, err
	}
	l.tag = "" // of a text that is refused nothing is remembered: it is refused again
	p, err := Parse(text.Name, text.Data)
	if err != nil {
		return nil, err
	}
	service, err := NewService[P](p)
	if err != nil {
		return nil, err
	}
	l.tag = text.Tag
	return &Snapshot[P]{service, p, time.Now()}, nil
}

// note keeps the status and tells those who want to know what is new in it.
func (l *Live[P]) note(err error) {
	current := l.Current()
	l.state.Lock()
	before := l.status
	l.status = Status{current.Policy.Version(), current.Since, time.Now(), err}
	now := l.status
	l.state.Unlock()
	if before.Version != now.Version || textOf(before.Err) != textOf(err) {
		l.watcher.report(before, now)
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
