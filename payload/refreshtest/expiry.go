package refreshtest

import (
	"context"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// checkKept adds families to one that is to stay: adding is when a store cleans up.
func checkKept(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	f.Expires = end(2 * time.Minute)
	far := family()
	far.Expires = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	t.create(f)
	t.create(far)
	for range 20 {
		t.create(family())
	}
	t.swap(f.ID, f.Token, token(2), true)
	t.swap(far.ID, far.Token, token(2), true)
	return t.err
}

// checkExpires swaps a family just before its end and cleans up after it.
func checkExpires(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	f.Expires = end(2 * time.Second)
	t.create(f)
	if !time.Now().Before(f.Expires.Add(-time.Second / 2)) {
		return t.err // too slow to tell anything
	}
	t.swap(f.ID, f.Token, token(2), true)                                // until in an hour
	wait := time.NewTimer(time.Until(f.Expires) + 1100*time.Millisecond) // some stores count in seconds
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
		t.fail("waiting: %w", ctx.Err())
	}
	t.create(family())
	t.swap(f.ID, token(2), token(3), true)
	return t.err
}
