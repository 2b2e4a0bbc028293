package payloadjwks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// Source holds the keys that one server publishes. It is made by [New] or [Google], and
// safe for concurrent use. Give a Verifier its Key method:
//
//	payload.KeyFunc(source.Key)
//
// The nil and the zero Source have no keys.
type Source struct {
	config  *config
	fetcher fetcher
	set     atomic.Pointer[keySet]
	absent  absent

	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	closed bool
	flight *flight   // the fetch under way, if any
	began  time.Time // when the last one did
	err    error     // of the last one that ended
}

// New makes a Source of the JSON Web Key Set at address and fetches it, unless
// [WithLazyLoad] is given. Close it when it is no longer needed: until then it refreshes
// the set in the background. The context is that of the first fetch only.
//
// The error wraps [payload.ErrConfig] for an address that is not https or http of this
// machine (localhost, a loopback address), or holds a user, a password or a fragment, and
// for options that are contradictory or out of range. It wraps [ErrFetch] if the first
// fetch fails.
func New(ctx context.Context, address string, opts ...Option) (*Source, error) {
	c := newConfig(opts)
	var with []payload.JWKOption
	if c.alg != "" {
		with = append(with, payload.WithAlgorithm(c.alg))
	}
	return start(ctx, address, c, func(data []byte) (payload.Keys, error) {
		return payload.ParseJWKS(data, with...)
	})
}

func start(ctx context.Context, address string, c *config, parse func([]byte) (payload.Keys, error)) (*Source, error) {
	if problem := addressProblem(address); problem != "" {
		c.problem("%s", problem)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	s := &Source{config: c, fetcher: newFetcher(address, c.transport, parse)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if !c.lazy {
		if _, err := s.refresh(ctx); err != nil {
			s.Close()
			return nil, err
		}
	}
	s.running.Add(1)
	go s.loop()
	return s, nil
}

// Key returns the key for a token: that of its kid, if it has one, or else the only one of
// its algorithm; and only a key of that algorithm. It is a [payload.KeyFunc].
//
// The error wraps [payload.ErrUnknownKey] if the set has no such key, and [ErrFetch] if
// there is no set that is young enough. The context ends the waiting for a fetch.
func (s *Source) Key(ctx context.Context, alg payload.Algorithm, kid string, hasKid bool) (payload.Key, error) {
	if s == nil || s.config == nil || !fetchable(alg) {
		return payload.Key{}, errNoKey
	}
	key, newer, err := s.look(alg, kid, hasKid)
	if !newer {
		return key, err
	}
	asked, cause := s.refresh(ctx)
	// Somebody else's fetch may have ended in between, so look also if there was none.
	key, newer, err = s.look(alg, kid, hasKid)
	if errors.Is(err, ErrFetch) {
		return payload.Key{}, cmp.Or(cause, err)
	}
	if newer && asked {
		s.absent.add(kid, s.config.now().Add(6*s.config.rate))
	}
	return key, err
}

var (
	errNoKey = fmt.Errorf("%w: none of the set fits", payload.ErrUnknownKey)
	errNoSet = fmt.Errorf("%w: there is no set, or it is too old", ErrFetch)
)

// look finds the key in the set there is. It also reports whether a newer set might have
// one, if this has not.
func (s *Source) look(alg payload.Algorithm, kid string, hasKid bool) (key payload.Key, newer bool, err error) {
	set := s.current()
	if set == nil {
		return payload.Key{}, true, errNoSet
	}
	if hasKid {
		var known bool
		key, known = set.named(alg, kid)
		newer = !known && kid != "" && len(kid) <= maxKid && !s.absent.has(kid, s.config.now())
	} else {
		key = set.only(alg)
	}
	if key.Algorithm() == "" {
		return payload.Key{}, newer, errNoKey
	}
	return key, false, nil
}

// current returns the last set, nil if there is none or it is too old.
func (s *Source) current() *keySet {
	set := s.set.Load()
	if set == nil || s.config.now().Sub(set.asked) > s.config.maxStale {
		return nil
	}
	return set
}

// Close stops the refreshing, and waits until it has. Keys that are held verify on until
// they are too old. It always returns nil, and can be called again.
func (s *Source) Close() error {
	if s == nil || s.config == nil {
		return nil
	}
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.running.Wait()
	return nil
}
