package payload

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// MemoryStore is a [RefreshStore] in the memory of one process: for tests, and for a
// service that runs once and may log everybody out when it restarts. It forgets families
// that have expired and holds no more than it was made for. It is made by
// [NewMemoryStore] and safe for concurrent use. The zero MemoryStore holds nothing: every
// Create fails.
type MemoryStore struct {
	most int
	now  func() time.Time

	mu        sync.Mutex
	byID      map[string]*entry
	bySubject map[string]map[string]*entry
	byExpiry  expiryHeap
}

type entry struct {
	Family
	place int // in byExpiry
}

var (
	errFull  = errors.New("payload: the memory store is full")
	errTaken = errors.New("payload: the family is in the memory store already")
)

// NewMemoryStore makes a MemoryStore for at most so many families at a time, each some
// 500 bytes. When it is full of families that have not expired, no new one can begin:
// nobody is logged out by the logins of others. The clock is that of the [Signer]; nil is
// time.Now. The error wraps [ErrConfig] if most is not positive.
func NewMemoryStore(most int, clock func() time.Time) (*MemoryStore, error) {
	if most < 1 {
		return nil, fmt.Errorf("%w: a store of %d families", ErrConfig, most)
	}
	if clock == nil {
		clock = time.Now
	}
	return &MemoryStore{
		most:      most,
		now:       clock,
		byID:      map[string]*entry{},
		bySubject: map[string]map[string]*entry{},
	}, nil
}

// Create adds a family. It is an error if the store is full or has the family.
func (m *MemoryStore) Create(_ context.Context, family Family) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	if _, taken := m.byID[family.ID]; taken {
		return errTaken
	}
	if len(m.byID) >= m.most {
		return errFull
	}
	e := &entry{Family: family}
	m.byID[family.ID] = e
	if m.bySubject[family.Subject] == nil {
		m.bySubject[family.Subject] = map[string]*entry{}
	}
	m.bySubject[family.Subject][family.ID] = e
	heap.Push(&m.byExpiry, e)
	return nil
}

// Swap is as [RefreshStore] says. It does not fail.
func (m *MemoryStore) Swap(_ context.Context, family, old, next string, expires time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.byID[family]
	if !ok || e.Token != old {
		return false, nil
	}
	e.Token, e.Expires = next, expires
	heap.Fix(&m.byExpiry, e.place)
	return true, nil
}

// Revoke is as [RefreshStore] says. It does not fail.
func (m *MemoryStore) Revoke(_ context.Context, family string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.byID[family]
	if ok {
		m.remove(e)
	}
	return ok, nil
}

// RevokeSubject is as [RefreshStore] says. It does not fail.
func (m *MemoryStore) RevokeSubject(_ context.Context, subject string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.bySubject[subject] {
		m.remove(e)
	}
	return nil
}

// Len returns how many families the store holds, without those that have expired.
func (m *MemoryStore) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	return len(m.byID)
}

// forget removes the families that have expired.
func (m *MemoryStore) forget() {
	for len(m.byExpiry) > 0 && !m.now().Before(m.byExpiry[0].Expires) {
		m.remove(m.byExpiry[0])
	}
}

func (m *MemoryStore) remove(e *entry) {
	heap.Remove(&m.byExpiry, e.place)
	delete(m.byID, e.ID)
	delete(m.bySubject[e.Subject], e.ID)
	if len(m.bySubject[e.Subject]) == 0 {
		delete(m.bySubject, e.Subject)
	}
}
