package load

import (
	"math/rand/v2"
	"sync"
)

// maxKnown is how many rows of an account are remembered.
const maxKnown = 1000

// known are ids of rows that are there, or were, by account: what the callers of other
// accounts must not learn of. It may be used by any number of goroutines at once.
type known struct {
	mu  sync.Mutex
	ids map[string][]int64
}

func (k *known) add(account string, id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ids == nil {
		k.ids = map[string][]int64{}
	}
	if len(k.ids[account]) < maxKnown {
		k.ids[account] = append(k.ids[account], id)
		return
	}
	k.ids[account][rand.IntN(maxKnown)] = id
}

// outside returns an id of another account, and false while none is known.
func (k *known) outside(account string) (int64, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for other, ids := range k.ids { // in a random order
		if other != account {
			return ids[rand.IntN(len(ids))], true
		}
	}
	return 0, false
}
