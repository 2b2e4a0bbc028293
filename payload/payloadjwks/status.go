package payloadjwks

import "time"

// Status says how a [Source] is, for logs and health checks.
type Status struct {
	// Keys is how many keys are in use: 0 if there are none, or all are too old.
	Keys int
	// Asked is when the request began that the keys came with; zero for none.
	Asked time.Time
	// Err is the error of the last fetch, nil if it went well or there was none. It wraps
	// ErrFetch.
	Err error
}

// Status returns the status of now. That of the nil and the zero Source is the zero Status.
func (s *Source) Status() Status {
	if s == nil || s.config == nil {
		return Status{}
	}
	var now Status
	if set := s.set.Load(); set != nil {
		now.Asked = set.asked
	}
	if set := s.current(); set != nil {
		now.Keys = len(set.keys)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now.Err = s.err
	return now
}
