package payloadjwks

import (
	"net/http"
	"slices"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// The defaults of the options.
const (
	DefaultRefresh   = 15 * time.Minute
	DefaultRateLimit = 10 * time.Second
	DefaultTimeout   = 5 * time.Second
	DefaultMaxStale  = 24 * time.Hour
)

// Option changes how a [Source] fetches. Giving an option twice is an error, and so is a
// nil Option.
type Option func(*config)

// WithRefresh sets how often the set is fetched anew, which is also how long a key can
// live on that is gone from it. By default it is [DefaultRefresh]; it can be from 1 second
// to 24 hours. After a failure it is tried again sooner.
func WithRefresh(interval time.Duration) Option {
	return func(c *config) {
		c.interval = interval
		c.note("WithRefresh", interval >= time.Second && interval <= 24*time.Hour, "not from 1 second to 24 hours")
	}
}

// WithRateLimit sets the least time between two fetches that tokens cause. By default it
// is [DefaultRateLimit]; it can be from 1 second to 1 hour. It is also how long the tokens
// of a new key can be refused, if something else has just caused a fetch.
func WithRateLimit(every time.Duration) Option {
	return func(c *config) {
		c.rate = every
		c.note("WithRateLimit", every >= time.Second && every <= time.Hour, "not from 1 second to 1 hour")
	}
}

// WithTimeout bounds a fetch, and with it how long a token waits. By default it is
// [DefaultTimeout]; it can be up to 1 minute.
func WithTimeout(timeout time.Duration) Option {
	return func(c *config) {
		c.timeout = timeout
		c.note("WithTimeout", timeout > 0 && timeout <= time.Minute, "not above 0 and up to 1 minute")
	}
}

// WithMaxStale sets for how long the last good set is used while no other can be had. By
// default it is [DefaultMaxStale]; it can be from [WithRefresh] to 30 days.
func WithMaxStale(age time.Duration) Option {
	return func(c *config) {
		c.maxStale = age
		c.note("WithMaxStale", age > 0 && age <= 30*24*time.Hour, "not above 0 and up to 30 days")
	}
}

// WithAlgorithm is [payload.WithAlgorithm]: the algorithm of the RSA keys of a server that
// does not name it, as some do.
func WithAlgorithm(alg payload.Algorithm) Option {
	return func(c *config) {
		c.alg = alg
		c.note("WithAlgorithm", slices.Contains(rsaAlgorithms, alg), "not an algorithm of RSA")
	}
}

// WithTransport sets how a request is made: for a proxy, or certificates of one's own. It
// must make the request it is given and no other. By default it is a transport that uses
// the proxy of the environment and keeps no connection open. Nil is an error.
func WithTransport(transport http.RoundTripper) Option {
	return func(c *config) {
		c.transport = transport
		c.note("WithTransport", transport != nil, "nil")
	}
}

// WithLazyLoad leaves the first fetch to the first token, or to the first refresh. By
// default [New] fetches, and fails if it cannot.
func WithLazyLoad() Option {
	return func(c *config) {
		c.lazy = true
		c.note("WithLazyLoad", true, "")
	}
}

// WithClock sets where the time comes from, for tests: the age of the set and the rate
// limit go by it, refreshes and timeouts do not. By default it is [time.Now].
func WithClock(now func() time.Time) Option {
	return func(c *config) {
		c.now = now
		c.note("WithClock", now != nil, "nil")
	}
}
