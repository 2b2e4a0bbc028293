package rolehttp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Option changes how a [Guard] does its work.
type Option func(*settings) error

// settings are what the options of a guard say.
type settings struct {
	realm    string
	sources  []Source
	audits   []func(context.Context, Event)
	write    func(http.ResponseWriter, *http.Request, Problem)
	subject  any // a func(C) string
	declarer Declarer
}

func defaults() settings {
	return settings{realm: "api", sources: []Source{FromHeader()}, write: writeJSON}
}

// WithRealm names what is protected, in the challenge of a 401; "api" by default. It is
// printable ASCII without quotes and backslashes.
func WithRealm(realm string) Option {
	return func(s *settings) error {
		unprintable := func(c rune) bool { return c < ' ' || c > '~' || c == '"' || c == '\\' }
		if realm == "" || strings.ContainsFunc(realm, unprintable) {
			return fmt.Errorf("WithRealm: %q is empty or not plain ASCII", realm)
		}
		s.realm = realm
		return nil
	}
}

// WithTokenFrom says where tokens are looked for, instead of the Authorization header
// alone. All of the sources are asked: a request with a token in more than one of them
// is refused.
func WithTokenFrom(sources ...Source) Option {
	return func(s *settings) error {
		if len(sources) == 0 || slices.ContainsFunc(sources, func(from Source) bool { return from.read == nil }) {
			return errors.New("WithTokenFrom: a source is missing or says nothing")
		}
		s.sources = slices.Clone(sources)
		return nil
	}
}

// WithAudit calls a function once for every decision of the guard, whatever it is, such
// as [LogAudit] or the Audit of [Counters]. It may be given several times.
//
// The function runs in the request, before the handler, and on many goroutines at once.
// What takes long belongs elsewhere: a slow one delays the answer, though it cannot
// change it, and neither can one that panics.
func WithAudit(audit func(ctx context.Context, e Event)) Option {
	return func(s *settings) error {
		if audit == nil {
			return errors.New("WithAudit: the function is nil")
		}
		s.audits = append(slices.Clip(s.audits), audit)
		return nil
	}
}

// WithErrorWriter writes the refusals of the guard and what [NotFound] and [Refuse]
// say, instead of problem+json. The headers of the problem (WWW-Authenticate,
// Cache-Control, Vary) are set by then. A refusal never has a status of success: where
// the function writes one or writes nothing, the status is that of the problem.
func WithErrorWriter(write func(w http.ResponseWriter, r *http.Request, p Problem)) Option {
	return func(s *settings) error {
		if write == nil {
			return errors.New("WithErrorWriter: the function is nil")
		}
		s.write = write
		return nil
	}
}

// WithSubject says who the caller is, for audits. By default it is the Subject of the
// payload.Registered that the claims embed, or the text under "sub" where they are a
// map. C is the type of the claims.
func WithSubject[C any](subject func(claims C) string) Option {
	return func(s *settings) error {
		if subject == nil {
			return errors.New("WithSubject: the function is nil")
		}
		s.subject = subject
		return nil
	}
}

// WithDeclarations says what the policy declares, for the check of [Routes.Handler],
// where the policy itself does not: one that a program wraps around a roles.Service.
func WithDeclarations(d Declarer) Option {
	return func(s *settings) error {
		if isNil(d) {
			return errors.New("WithDeclarations: there are none")
		}
		s.declarer = d
		return nil
	}
}
