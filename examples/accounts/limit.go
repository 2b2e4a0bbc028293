package main

import (
	"hash/maphash"
	"sync"
	"time"
)

// limit bounds how often something may be done for each of any number of keys, in memory
// that never grows: a burst, and then once in an interval.
//
// Keys are not stored. Each has a cell in every row of a table, found by hashing, and is
// held to the one that is the least used: it may share some with others, hardly all. Where
// it does, it is refused too early, never too late; and a crowd of new keys makes nobody's
// be forgotten, as it would where the oldest make room.
type limit struct {
	interval time.Duration
	burst    int
	now      func() time.Time

	mu    sync.Mutex
	seeds [limitRows]maphash.Seed
	until [limitRows][limitCells]time.Duration // when the burst will be whole again, from begin on
	begin time.Time
}

const (
	limitRows  = 4
	limitCells = 1 << 12
)

func newLimit(burst int, interval time.Duration, clock func() time.Time) *limit {
	l := &limit{interval: interval, burst: burst, now: clock, begin: clock()}
	for i := range l.seeds {
		l.seeds[i] = maphash.MakeSeed()
	}
	return l
}

// take uses one turn of the key. Where there is none, it says how long to wait for one.
func (l *limit) take(key string) (wait time.Duration, ok bool) {
	var cells [limitRows]*time.Duration
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now().Sub(l.begin)
	for i := range cells {
		cells[i] = &l.until[i][maphash.String(l.seeds[i], key)%limitCells]
	}
	least := *cells[0]
	for _, cell := range cells {
		least = min(least, *cell)
	}
	next := max(least, now) + l.interval
	if wait := next - now - time.Duration(l.burst)*l.interval; wait > 0 {
		return wait, false
	}
	for _, cell := range cells {
		*cell = max(*cell, next)
	}
	return 0, true
}
