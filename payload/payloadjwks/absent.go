package payloadjwks

import (
	"sync"
	"time"
)

// maxAbsent is how many kids are remembered as absent. The oldest makes place.
const maxAbsent = 1024

// maxKid is the length of the longest id a key can have, in bytes.
const maxKid = 255

// absent remembers kids that the server did not have, for a while.
type absent struct {
	mu    sync.Mutex
	until map[string]time.Time
	ring  [maxAbsent]string // in the order they were added
	next  int
}

func (a *absent) has(kid string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	until, ok := a.until[kid]
	return ok && now.Before(until)
}

func (a *absent) add(kid string, until time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, known := a.until[kid]; !known {
		if len(a.until) == maxAbsent {
			delete(a.until, a.ring[a.next])
		}
		a.ring[a.next] = kid
		a.next = (a.next + 1) % maxAbsent
	}
	if a.until == nil {
		a.until = map[string]time.Time{}
	}
	a.until[kid] = until
}
