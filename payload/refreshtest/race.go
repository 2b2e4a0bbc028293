package refreshtest

import (
	"context"
	"sync"
	"time"

	"github.com/rolespec/rolespec/payload"
)

const (
	racers = 32
	races  = 20
)

// race calls do from many goroutines at the same time and returns how many of the calls
// were true, and the first error.
func race(do func(i int) (bool, error)) (yes int, err error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	start := make(chan struct{})
	for i := range racers {
		all.Add(1)
		go func() {
			defer all.Done()
			<-start
			ok, failed := do(i)
			mu.Lock()
			defer mu.Unlock()
			if ok {
				yes++
			}
			if err == nil {
				err = failed
			}
		}()
	}
	close(start)
	all.Wait()
	return yes, err
}

func checkRace(ctx context.Context, store payload.RefreshStore) error {
	t := try(ctx, store)
	for range races {
		f := family()
		t.create(f)
		next := func(i int) string { return token(100 + i) }
		yes, err := race(func(i int) (bool, error) {
			return store.Swap(ctx, f.ID, f.Token, next(i), end(time.Hour))
		})
		if err != nil || yes != 1 {
			t.fail("%d calls of Swap for one token: %d swapped, %v, want 1", racers, yes, err)
		}
		yes, err = race(func(i int) (bool, error) {
			return store.Swap(ctx, f.ID, next(i), token(9999), end(time.Hour))
		})
		if err != nil || yes != 1 {
			t.fail("%d of the tokens that were to be next were redeemed, %v, want 1", yes, err)
		}
	}
	return t.err
}

func checkRevokeRace(ctx context.Context, store payload.RefreshStore) error {
	t := try(ctx, store)
	for range races {
		f := family()
		t.create(f)
		yes, err := race(func(int) (bool, error) { return store.Revoke(ctx, f.ID) })
		if err != nil || yes != 1 {
			t.fail("%d calls of Revoke for one family: %d found it, %v, want 1", racers, yes, err)
		}
	}
	return t.err
}

// checkRevokeAndSwap redeems the tokens of a family one after the other while it is
// revoked, and then asks for it.
func checkRevokeAndSwap(ctx context.Context, store payload.RefreshStore) error {
	t := try(ctx, store)
	for n := range races {
		f := family()
		t.create(f)
		_, err := race(func(i int) (bool, error) {
			if i == 0 && n%2 == 0 {
				return true, store.RevokeSubject(ctx, f.Subject)
			}
			if i == 0 {
				return store.Revoke(ctx, f.ID)
			}
			return store.Swap(ctx, f.ID, f.Token, f.Token, end(time.Hour))
		})
		if err != nil {
			t.fail("revoking while swapping: %w", err)
		}
		t.swap(f.ID, f.Token, token(0), false)
		t.revoke(f.ID, false)
	}
	return t.err
}
