package payloadjwks

import (
	"math/rand/v2"
	"time"
)

// loop fetches the set anew until the Source is closed.
func (s *Source) loop() {
	defer s.running.Done()
	for failures := 0; ; {
		timer := time.NewTimer(jitter(s.pause(failures)))
		select {
		case <-s.ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		f, _ := s.begin(false)
		if f == nil {
			return
		}
		<-f.done
		if failures++; f.err == nil {
			failures = 0
		}
	}
}

// pause is the time to the next fetch. After a failure it is that of the rate limit, and
// twice as long after each further one, up to the regular one.
func (s *Source) pause(failures int) time.Duration {
	if failures == 0 {
		return s.config.interval
	}
	wait := s.config.rate
	for i := 1; i < failures && wait < s.config.interval; i++ {
		wait *= 2
	}
	return min(wait, s.config.interval)
}

// jitter keeps many services from asking at the same moment.
func jitter(d time.Duration) time.Duration {
	return d - d/10 + rand.N(d/5+1)
}
