package payloadjwks

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// config is what the options say, and what is wrong with them.
type config struct {
	interval, rate, timeout, maxStale time.Duration
	alg                               payload.Algorithm
	transport                         http.RoundTripper
	lazy                              bool
	now                               func() time.Time

	given    map[string]bool
	problems []error
}

// note notes that an option is given, and a problem unless it is given once and ok.
func (c *config) note(name string, ok bool, want string) {
	if c.given[name] {
		c.problem("%s is given twice", name)
	}
	c.given[name] = true
	if !ok {
		c.problem("%s: %s", name, want)
	}
}

func (c *config) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf(format, args...))
}

func newConfig(opts []Option) *config {
	c := &config{
		interval: DefaultRefresh, rate: DefaultRateLimit, timeout: DefaultTimeout, maxStale: DefaultMaxStale,
		now: time.Now, given: map[string]bool{},
	}
	for i, opt := range opts {
		if opt == nil {
			c.problem("option %d is nil", i)
			continue
		}
		opt(c)
	}
	if c.maxStale < c.interval {
		c.problem("the keys would be too old before they are refreshed")
	}
	return c
}

func (c *config) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", payload.ErrConfig, errors.Join(c.problems...))
}
