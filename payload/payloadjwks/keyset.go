package payloadjwks

import (
	"slices"
	"time"

	"github.com/rolespec/rolespec/payload"
)

var rsaAlgorithms = []payload.Algorithm{
	payload.RS256, payload.RS384, payload.RS512, payload.PS256, payload.PS384, payload.PS512,
}

// fetchable reports whether a set can hold a key for the algorithm. A token with any other
// is refused without a look at the server.
func fetchable(alg payload.Algorithm) bool {
	switch alg {
	case payload.ES256, payload.ES384, payload.ES512, payload.EdDSA:
		return true
	}
	return slices.Contains(rsaAlgorithms, alg)
}

// keySet is a set as it was fetched. It never changes.
type keySet struct {
	keys  payload.Keys
	byID  map[string]payload.Key
	asked time.Time // when the request for it began
}

func newKeySet(keys payload.Keys, asked time.Time) *keySet {
	s := &keySet{keys: keys, byID: make(map[string]payload.Key, len(keys)), asked: asked}
	for _, key := range keys {
		if key.ID() != "" {
			s.byID[key.ID()] = key
		}
	}
	return s
}

// named returns the key of that id, and whether there is one. For another algorithm than
// its own it is the zero Key.
func (s *keySet) named(alg payload.Algorithm, kid string) (payload.Key, bool) {
	key, ok := s.byID[kid]
	if key.Algorithm() != alg {
		return payload.Key{}, ok
	}
	return key, ok
}

// only returns the one key of the algorithm, the zero Key if there are none or more.
func (s *keySet) only(alg payload.Algorithm) (found payload.Key) {
	for _, key := range s.keys {
		if key.Algorithm() != alg {
			continue
		}
		if found.Algorithm() != "" {
			return payload.Key{}
		}
		found = key
	}
	return found
}
