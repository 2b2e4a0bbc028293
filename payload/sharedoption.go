package payload

import (
	"fmt"
	"strings"
	"time"
)

// SharedOption is an option of a [Verifier] and of a [Signer].
type SharedOption interface {
	Option
	SignerOption
}

// WithMaxTokenSize bounds the length of a token in bytes: a longer one is refused unread,
// and is not issued. By default it is [DefaultMaxTokenSize]; it can be from 1 to 1 MiB.
func WithMaxTokenSize(bytes int) SharedOption {
	return sharedOption(func(c *choices, l *limits) {
		c.once("size", "WithMaxTokenSize")
		if bytes < 1 || bytes > mostTokenSize {
			c.problem("WithMaxTokenSize: %d is not between 1 and %d", bytes, mostTokenSize)
		}
		l.size = bytes
	})
}

// WithClock sets where the time comes from, for tests. By default it is time.Now.
func WithClock(now func() time.Time) SharedOption {
	return sharedOption(func(c *choices, l *limits) {
		c.once("clock", "WithClock")
		if now == nil {
			c.problem("WithClock: the clock is nil")
		}
		l.now = now
	})
}

// limits is what a Verifier and a Signer have in common.
type limits struct {
	size int
	now  func() time.Time
}

var defaultLimits = limits{size: DefaultMaxTokenSize, now: time.Now}

// choices notes which options are given, and every problem found while building.
type choices struct {
	given    map[string]string // the option given for each thing that can be set once
	problems []string
}

func (c *choices) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *choices) once(slot, option string) {
	switch other, taken := c.given[slot]; {
	case taken && other == option:
		c.problem("%s is given twice", option)
	case taken:
		c.problem("%s and %s are both given", other, option)
	}
	if c.given == nil {
		c.given = map[string]string{}
	}
	c.given[slot] = option
}

// err returns all problems in one error, nil if there are none.
func (c *choices) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrConfig, strings.Join(c.problems, "; "))
}

type sharedOption func(*choices, *limits)

func (f sharedOption) applyVerifier(b *verifierBuild) { f(&b.choices, &b.limits) }
func (f sharedOption) applySigner(b *signerBuild)     { f(&b.choices, &b.limits) }
