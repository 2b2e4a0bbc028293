package payload

import (
	"context"
	"errors"
	"fmt"
)

// KeySource is where a [Verifier] finds the key of a token. The set of sources is
// closed: [Keys] are held in memory, those of a [KeyRing] change, and a [KeyFunc] finds
// them elsewhere.
type KeySource interface {
	// open checks the source, once, when a Verifier is built. The problem is "" for none.
	open() (f finder, problem string)
}

// A finder returns the one key that serves a token with this header, or a zero Key.
type finder interface {
	find(ctx context.Context, h header) (Key, error)
}

// Keys is a list of keys known when the [Verifier] is built, which copies it. It must
// hold at least one key and no zero Key; ids must be unique, and a key without an id
// must be the only one of its algorithm, since no token could choose it otherwise.
//
// A token that carries a kid is verified with the key of that id and of the token's
// algorithm, and with no other. A token without a kid is verified only if exactly one
// key is of its algorithm. Keys are never tried in turn.
type Keys []Key

func (k Keys) open() (finder, string) {
	if len(k) == 0 {
		return nil, "no key is given"
	}
	set := keySet{byID: map[string]Key{}, byAlg: map[Algorithm][]Key{}}
	for i, key := range k {
		if key.keyData == nil {
			return nil, fmt.Sprintf("key %d is the zero Key", i)
		}
		if _, taken := set.byID[key.id]; taken && key.id != "" {
			return nil, fmt.Sprintf("two keys have the id %q", key.id)
		}
		set.byID[key.id] = key
		set.byAlg[key.alg] = append(set.byAlg[key.alg], key)
	}
	for i, key := range k {
		if key.id == "" && len(set.byAlg[key.alg]) > 1 {
			return nil, fmt.Sprintf("key %d has no id and is not the only %s key, so no token can choose it", i, key.alg)
		}
	}
	delete(set.byID, "")
	return set, ""
}

type keySet struct {
	byID  map[string]Key
	byAlg map[Algorithm][]Key
}

func (s keySet) find(_ context.Context, h header) (Key, error) {
	if h.hasKid {
		key, ok := s.byID[h.kid]
		if !ok {
			return Key{}, refuse(ErrUnknownKey, "no key has the token's kid")
		}
		if key.alg != h.alg {
			return Key{}, refuse(ErrUnknownKey, "the key of the token's kid is bound to another algorithm")
		}
		return key, nil
	}
	switch keys := s.byAlg[h.alg]; len(keys) {
	case 0:
		return Key{}, refuse(ErrUnknownKey, "no key is of the token's algorithm")
	case 1:
		return keys[0], nil
	default:
		return Key{}, refuse(ErrUnknownKey, "the token has no kid and several keys are of its algorithm")
	}
}

// KeyFunc finds the key of a token elsewhere, as package payloadjwks does at a server. It
// is called at most once for a token, before the signature is checked: the algorithm and
// the kid are what anybody wrote into a header. With hasKid false the token has no kid,
// and kid is "".
//
// What it returns is checked again: with an error, a zero Key, a key of another
// algorithm, or one whose id is not the token's kid, the token is refused with
// [ErrUnknownKey]. An error that does not wrap [ErrUnknownKey] says that the source
// failed, which is [ErrKeysUnavailable]. It must be safe for concurrent use, must not
// choose an address by what is in the token, and should return when the context of
// [Verifier.Verify] ends. A nil KeyFunc is an error of [NewVerifier].
type KeyFunc func(ctx context.Context, alg Algorithm, kid string, hasKid bool) (Key, error)

func (f KeyFunc) open() (finder, string) {
	if f == nil {
		return nil, "the KeyFunc is nil"
	}
	return funcFinder(f), ""
}

type funcFinder KeyFunc

func (f funcFinder) find(ctx context.Context, h header) (Key, error) {
	key, err := f(ctx, h.alg, h.kid, h.hasKid)
	switch {
	case err != nil && !errors.Is(err, ErrUnknownKey):
		return Key{}, refuse(&wrapped{ErrKeysUnavailable, err}, "the key source failed")
	case err != nil || key.keyData == nil:
		return Key{}, refuse(ErrUnknownKey, "the key source has no key for the token")
	case key.alg != h.alg:
		return Key{}, refuse(ErrUnknownKey, "the key source gave a key of another algorithm")
	case h.hasKid && key.id != h.kid:
		return Key{}, refuse(ErrUnknownKey, "the key source gave a key of another id")
	}
	return key, nil
}
