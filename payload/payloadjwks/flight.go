package payloadjwks

import (
	"context"
	"fmt"
	"time"
)

// A flight is a fetch under way. Everybody who needs the set waits for the same one.
type flight struct {
	began time.Time
	done  chan struct{} // closed at the end
	err   error         // to be read after that
}

// begin returns the fetch under way, or begins one and says that it did. It is nil if the
// Source is closed, and with limited also if the last one began too short a time ago.
func (s *Source) begin(limited bool) (f *flight, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flight != nil {
		return s.flight, false
	}
	now := s.config.now()
	if s.closed || limited && !s.began.IsZero() && now.Sub(s.began) < s.config.rate {
		return nil, false
	}
	f = &flight{began: now, done: make(chan struct{})}
	s.flight, s.began = f, now
	s.running.Add(1)
	go s.fly(f)
	return f, true
}

// fly fetches under the context of the Source: a caller that goes away does not take the
// fetch from the others. A set that could not be had changes nothing.
func (s *Source) fly(f *flight) {
	defer s.running.Done()
	ctx, cancel := context.WithTimeout(s.ctx, s.config.timeout)
	defer cancel()
	keys, err := s.fetcher.fetch(ctx)
	if err == nil {
		s.set.Store(newKeySet(keys, f.began))
	}
	s.mu.Lock()
	s.flight, s.err = nil, err
	s.mu.Unlock()
	f.err = err
	close(f.done)
}

// deaf is how much longer than the timeout is waited for a fetch whose transport does not
// mind the context.
const deaf = 100 * time.Millisecond

// refresh is a fetch on behalf of a token. It reports whether the set is one that was
// asked for since the call.
func (s *Source) refresh(ctx context.Context) (asked bool, err error) {
	f, mine := s.begin(true)
	if f == nil {
		return false, fmt.Errorf("%w: the last fetch is too recent", ErrFetch)
	}
	timeout := time.NewTimer(s.config.timeout + deaf)
	defer timeout.Stop()
	select {
	case <-f.done:
		return mine && f.err == nil, f.err
	case <-timeout.C:
		return false, fmt.Errorf("%w: %w", ErrFetch, context.DeadlineExceeded)
	case <-ctx.Done():
		return false, fmt.Errorf("%w: %w", ErrFetch, ctx.Err())
	}
}
