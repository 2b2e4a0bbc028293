// Package audit logs who was permitted what, and counts it. It is what a guard decides
// about requests, by the hook of rolehttp, and what handlers decide about rows.
//
//	decisions, err := audit.New(env.Log, env.Registry, routes.Endpoints()...)
//	if err != nil {
//		return nil, err
//	}
//	guard, err := rolehttp.New(verifier, policy, decisions.Guard()...)
//
// A line names the caller, the endpoint, the method, the roles that permitted it, the
// outcome and what it took. It holds no token, no claim but the subject, and no row.
package audit

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Audit takes note of decisions. A nil Audit takes none.
type Audit struct {
	log      *slog.Logger
	counters *rolehttp.Counters
	rows     *prometheus.CounterVec
}

// New returns the audit of a service with these endpoints, see [rolehttp.Routes], and
// registers its counters: access_decisions_total, access_decision_seconds_total and
// row_decisions_total. The error is of a registry that has them already.
func New(log *slog.Logger, registry prometheus.Registerer, endpoints ...string) (*Audit, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	a := &Audit{log: log, counters: rolehttp.NewCounters(endpoints...)}
	a.rows = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "row_decisions_total", Help: "Decisions of handlers about rows.",
	}, []string{"action", "outcome"})
	for _, c := range []prometheus.Collector{collector{a.counters}, a.rows} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Guard returns the options by which a guard tells its decisions.
func (a *Audit) Guard() []rolehttp.Option {
	if a == nil {
		return nil
	}
	return []rolehttp.Option{
		rolehttp.WithAudit(rolehttp.LogAudit(a.log)),
		rolehttp.WithAudit(a.counters.Audit),
	}
}

// Decision is one of a handler: about a row, or about somebody who is not the caller.
type Decision struct {
	Subject string // whom it is about
	Action  string // of a closed set, for it is counted: "authorize", "assign role"
	Object  string // an id; no part of the row
	Allowed bool
	Reason  string // of a closed set; empty where it was allowed
}

// Decided takes note of a decision: at level Info what was allowed, at Warn the rest.
func (a *Audit) Decided(ctx context.Context, d Decision) {
	if a == nil {
		return
	}
	level, outcome := slog.LevelWarn, "refused"
	if d.Allowed {
		level, outcome = slog.LevelInfo, "allowed"
	}
	a.rows.WithLabelValues(d.Action, outcome).Inc()
	if !a.log.Enabled(ctx, level) {
		return
	}
	attrs := []any{
		slog.String("outcome", outcome), slog.String("subject", d.Subject),
		slog.String("action", d.Action), slog.String("object", d.Object),
	}
	if d.Reason != "" {
		attrs = append(attrs, slog.String("reason", d.Reason))
	}
	a.log.LogAttrs(ctx, level, "decision", slog.Group("decision", attrs...))
}
