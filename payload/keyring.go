package payload

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// KeyRing is the keys of an issuer while they are changed: one of them signs, all of them
// verify. A [Signer] that is made of a ring signs with the key that signs at that moment,
// and a [Verifier] that is made of it knows the keys there are at that moment. It is made
// by [NewKeyRing] and safe for concurrent use; a token is signed, or verified, with the
// keys as they were before a change or as they are after it. A nil KeyRing and the zero
// KeyRing have no key, and every change of them is an error.
//
// Keys are changed in these steps, so that no token is refused on the way:
//
//  1. [KeyRing.Publish] the new key. It verifies, and nothing is signed with it.
//     [KeyRing.Keys] holds it, so the key set that is made of them does.
//  2. Wait until everybody has it: as long as verifiers keep a key set, and until every
//     process that signs has done step 1.
//  3. [KeyRing.Rotate] to it: from now on it signs. The old one still verifies.
//  4. Wait until the last token of the old key has expired: the longest lifetime of the
//     signer, and the leeway of the verifiers.
//  5. [KeyRing.Drop] the old key.
//
// When a key is no longer secret, there is nothing to wait for: publish, rotate and drop
// at once. Its tokens are refused from then on, here, and elsewhere when the key set of
// others is fetched again.
type KeyRing struct {
	change sync.Mutex // held while a new state is made of the last one
	now    atomic.Pointer[ringState]
}

// NewKeyRing makes a KeyRing of the key that signs, and of others that verify only, such
// as the old ones whose tokens have not expired yet. Every key of a ring needs an id
// ([KeyID]), and no two may have the same. Do not use an id again for another key: there
// may be tokens and cached key sets with the old one.
//
// The error wraps [ErrKey].
func NewKeyRing(signing Key, others ...Key) (*KeyRing, error) {
	state, err := newRingState(append(Keys{signing}, others...), signing)
	if err != nil {
		return nil, err
	}
	r := new(KeyRing)
	r.now.Store(state)
	return r, nil
}

// Publish adds a key that verifies and does not sign. The error wraps [ErrKey] for the
// zero Key, a key without an id and an id that is taken; the ring is then as it was.
func (r *KeyRing) Publish(key Key) error {
	return r.update(func(old *ringState) (*ringState, error) {
		return newRingState(append(slices.Clip(old.keys), key), old.signing)
	})
}

// Rotate makes the published key of that id the one that signs. The others stay and
// verify. To rotate to the key that signs already changes nothing. The error wraps
// [ErrKey] if no key has the id or the key is public; the ring is then as it was.
func (r *KeyRing) Rotate(id string) error {
	return r.update(func(old *ringState) (*ringState, error) {
		i := old.index(id)
		if i < 0 {
			return nil, fmt.Errorf("%w: no key of the ring has the id %q", ErrKey, id)
		}
		return newRingState(old.keys, old.keys[i])
	})
}

// Drop takes the key of that id away: its tokens are refused from now on. The error wraps
// [ErrKey] if no key has the id, or if it is the one that signs; the ring is then as it
// was.
func (r *KeyRing) Drop(id string) error {
	return r.update(func(old *ringState) (*ringState, error) {
		i := old.index(id)
		switch {
		case i < 0:
			return nil, fmt.Errorf("%w: no key of the ring has the id %q", ErrKey, id)
		case id == old.signing.id:
			return nil, fmt.Errorf("%w: key %q is the one that signs: rotate first", ErrKey, id)
		}
		return newRingState(slices.Delete(slices.Clone(old.keys), i, i+1), old.signing)
	})
}

// Keys returns all keys of the ring, in the order they were published: those that other
// services must know. Secrets and private keys are among them, so publish no more than
// their public halves.
func (r *KeyRing) Keys() Keys { return slices.Clone(r.state().keys) }

// Signing returns the key that signs, the zero Key if there is none.
func (r *KeyRing) Signing() Key { return r.state().signing }

// String describes the ring by its keys, the one that signs first.
func (r *KeyRing) String() string {
	state := r.state()
	return fmt.Sprintf("key ring of %d keys, signing with %v", len(state.keys), state.signing)
}
