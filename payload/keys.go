package payload

import (
	"context"
	"fmt"
)

// KeySource is where a [Verifier] finds the key of a token. The set of sources is
// closed; [Keys] is the one of keys held in memory.
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
