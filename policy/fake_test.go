package policy_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

// fake is a source that says what it is told to.
type fake struct {
	mu    sync.Mutex
	text  string
	tag   string
	err   error
	reads int
	tags  []string // that were asked with
}

func (f *fake) Read(ctx context.Context, tag string) (policy.Text, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	f.tags = append(f.tags, tag)
	switch {
	case ctx.Err() != nil:
		return policy.Text{}, ctx.Err()
	case f.err != nil:
		return policy.Text{}, f.err
	case f.tag != "" && f.tag == tag:
		return policy.Text{}, policy.ErrUnchanged
	}
	return policy.Text{Name: "fake", Data: []byte(f.text), Tag: f.tag}, nil
}

func (f *fake) set(text, tag string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.text, f.tag, f.err = text, tag, err
}

func (f *fake) asked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reads
}

// generation is a policy that can be told from others by what it shows.
func generation(n int) string {
	return fmt.Sprintf("rolespec: 1\nroles:\n- name: user\n  allow:\n  - {endpoint: tasks, methods: GET, rule: generation == %d, check: generation == %d}\n", n, n)
}

var user = policy.Claims{"roles": []string{"user"}}

// shows returns the generation of the policy that is in force, 0 where it forbids.
func shows(t *testing.T, l *policy.Live[policy.Claims]) int64 {
	t.Helper()
	p, err := l.Permission(user, "tasks", "GET")
	if err != nil {
		return 0
	}
	rows, check := generationOf(p.Rows), generationOf(p.Check)
	if rows != check {
		t.Errorf("have rows of generation %d and a check of %d, want one policy", rows, check)
	}
	return rows
}

func generationOf(s spec.Specification) (n int64) {
	for leaf := range s.Leaves() {
		n = leaf.Value.Int()
	}
	return n
}

func watch(t *testing.T, source policy.Source, opts ...policy.WatchOption) *policy.Live[policy.Claims] {
	t.Helper()
	l, err := policy.Watch[policy.Claims](t.Context(), source, append([]policy.WatchOption{policy.Interval(time.Hour)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}
