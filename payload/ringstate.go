package payload

import (
	"context"
	"fmt"
	"slices"
)

// ringState is what a ring holds between two changes; it is never changed itself.
type ringState struct {
	keys    Keys // in the order they were published
	signing Key
	set     finder
}

func (r *KeyRing) state() *ringState {
	if r != nil {
		if state := r.now.Load(); state != nil {
			return state
		}
	}
	return new(ringState)
}

// update replaces the state by the one that next makes of it, unless that is an error.
func (r *KeyRing) update(next func(old *ringState) (*ringState, error)) error {
	if r == nil || r.now.Load() == nil {
		return fmt.Errorf("%w: the key ring was not made by NewKeyRing", ErrKey)
	}
	r.change.Lock()
	defer r.change.Unlock()
	state, err := next(r.now.Load())
	if err != nil {
		return err
	}
	r.now.Store(state)
	return nil
}

func (s *ringState) index(id string) int {
	return slices.IndexFunc(s.keys, func(k Key) bool { return k.id == id })
}

// newRingState checks the keys of a ring.
func newRingState(keys Keys, signing Key) (*ringState, error) {
	for i, key := range keys {
		if key.keyData != nil && key.id == "" {
			return nil, fmt.Errorf("%w: key %d has no id, and a key ring tells keys apart by it", ErrKey, i)
		}
	}
	set, problem := keys.open()
	if problem != "" {
		return nil, fmt.Errorf("%w: %s", ErrKey, problem)
	}
	if !signing.CanSign() {
		return nil, fmt.Errorf("%w: key %q is public: it cannot sign", ErrKey, signing.id)
	}
	return &ringState{keys: keys, signing: signing, set: set}, nil
}

// open makes the ring a [KeySource].
func (r *KeyRing) open() (finder, string) {
	if r == nil || r.now.Load() == nil {
		return nil, "the key ring was not made by NewKeyRing"
	}
	return r, ""
}

func (r *KeyRing) find(ctx context.Context, h header) (Key, error) {
	return r.state().set.find(ctx, h)
}
