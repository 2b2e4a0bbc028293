package rolehttp

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Event is a decision of a guard. It names the caller, on purpose, and holds no other
// claim, no part of the token and no specification.
type Event struct {
	Time     time.Time     // when it began
	Latency  time.Duration // how long token and policy took, without the handler
	Subject  string        // who; empty before the token is verified. See [WithSubject]
	Endpoint string        // that was asked about; empty for none
	Method   string        // that was asked about; comes from the request
	Roles    []string      // that permitted it; none where it was not
	Outcome  Outcome
	Reason   string // why it was not allowed; empty where it was
	Version  string // of the policy that decided, if it has one
	Err      error  // a *[DeniedError]; nil where it was allowed
}

// conclude notes what became of it.
func (e *Event) conclude(denial *DeniedError) {
	e.Outcome = Allowed
	if denial != nil {
		e.Outcome, e.Reason, e.Err = denial.Outcome, denial.reason, denial
	}
}

// LogValue implements [slog.LogValuer]. Of a token that could not be verified it has
// the error of the verifier as well.
func (e Event) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("outcome", string(e.Outcome)),
		slog.String("endpoint", e.Endpoint),
		slog.String("method", e.Method),
		slog.Duration("latency", e.Latency),
	}
	for _, optional := range []slog.Attr{
		slog.String("subject", e.Subject),
		slog.String("reason", e.Reason),
		slog.String("version", e.Version),
	} {
		if optional.Value.String() != "" {
			attrs = append(attrs, optional)
		}
	}
	if len(e.Roles) > 0 {
		attrs = append(attrs, slog.Any("roles", e.Roles))
	}
	var denial *DeniedError
	if e.Outcome == Unavailable && errors.As(e.Err, &denial) && denial.err != nil {
		attrs = append(attrs, slog.String("error", denial.err.Error()))
	}
	return slog.GroupValue(attrs...)
}

// LogAudit returns an audit that logs every event: at level Info what was allowed, at
// Warn what the caller may not do, at Error what the service could not do. A nil logger
// logs nothing.
func LogAudit(l *slog.Logger) func(context.Context, Event) {
	if l == nil {
		l = slog.New(slog.DiscardHandler)
	}
	return func(ctx context.Context, e Event) {
		level := slog.LevelWarn
		switch e.Outcome {
		case Allowed:
			level = slog.LevelInfo
		case Failed, Unavailable:
			level = slog.LevelError
		}
		l.LogAttrs(ctx, level, "access", slog.Any("access", e))
	}
}

// tell calls the audits. What they do with it is no matter of the request.
func (g *Guard[C]) tell(ctx context.Context, e Event) {
	for _, audit := range g.audits {
		func() {
			defer func() { _ = recover() }()
			audit(ctx, e)
		}()
	}
}
