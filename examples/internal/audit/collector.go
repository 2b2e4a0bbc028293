package audit

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

var (
	labels    = []string{"endpoint", "method", "outcome"}
	decisions = prometheus.NewDesc("access_decisions_total", "Decisions of the guard.", labels, nil)
	seconds   = prometheus.NewDesc("access_decision_seconds_total", "Time that they took.", labels, nil)
)

// collector shows counters of rolehttp, whose labels are from closed sets.
type collector struct{ counters *rolehttp.Counters }

func (c collector) Describe(to chan<- *prometheus.Desc) {
	to <- decisions
	to <- seconds
}

func (c collector) Collect(to chan<- prometheus.Metric) {
	for _, n := range c.counters.Snapshot() {
		with := []string{n.Endpoint, n.Method, string(n.Outcome)}
		to <- prometheus.MustNewConstMetric(decisions, prometheus.CounterValue, float64(n.Count), with...)
		to <- prometheus.MustNewConstMetric(seconds, prometheus.CounterValue, n.Seconds, with...)
	}
}
