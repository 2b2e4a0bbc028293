package refreshtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// family makes a family that no other case has, which ends in an hour.
func family() payload.Family {
	return payload.Family{
		ID:      rand.Text(),
		Subject: "refreshtest " + rand.Text(),
		Token:   rand.Text(),
		Expires: end(time.Hour),
	}
}

// token is the id of a token as a Refresher makes it, but for the numbers in it.
func token(n int) string { return fmt.Sprintf("TOKEN%021d", n) }

// end is a time as a Refresher sets it: in whole seconds and UTC.
func end(in time.Duration) time.Time { return time.Now().Add(in).UTC().Truncate(time.Second) }

// trial is a store and the first thing that it did wrong.
type trial struct {
	ctx   context.Context
	store payload.RefreshStore
	err   error
}

func try(ctx context.Context, store payload.RefreshStore) *trial {
	return &trial{ctx: ctx, store: store}
}

// fail notes a failure, if it is the first.
func (t *trial) fail(format string, args ...any) {
	if t.err == nil {
		t.err = fmt.Errorf(format, args...)
	}
}

// create begins a family.
func (t *trial) create(f payload.Family) {
	if err := t.store.Create(t.ctx, f); err != nil {
		t.fail("Create: %w", err)
	}
}

// swap swaps, and wants the answer.
func (t *trial) swap(family, old, next string, want bool) {
	have, err := t.store.Swap(t.ctx, family, old, next, end(time.Hour))
	if err != nil || have != want {
		t.fail("Swap: have %v, %v, want %v", have, err, want)
	}
}

// revoke revokes, and wants the answer.
func (t *trial) revoke(family string, want bool) {
	have, err := t.store.Revoke(t.ctx, family)
	if err != nil || have != want {
		t.fail("Revoke: have %v, %v, want %v", have, err, want)
	}
}

func (t *trial) revokeSubject(subject string) {
	if err := t.store.RevokeSubject(t.ctx, subject); err != nil {
		t.fail("RevokeSubject: %w", err)
	}
}
