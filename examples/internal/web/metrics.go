package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts requests and measures their time, by the pattern of the route and not
// by the path, so that what strangers send makes no new series. A nil Metrics counts
// nothing.
type Metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	running  prometheus.Gauge
}

// NewMetrics registers http_requests_total, http_request_duration_seconds and
// http_requests_in_flight. The error is of a registry that has them already.
func NewMetrics(registry prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests that were answered.",
		}, []string{"route", "method", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "Time that they took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "method"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight", Help: "Requests that are being answered.",
		}),
	}
	for _, c := range []prometheus.Collector{m.requests, m.seconds, m.running} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// begin counts a request as running, until what it returns is called.
func (m *Metrics) begin() func(r *http.Request, status int, took time.Duration) {
	if m == nil {
		return func(*http.Request, int, time.Duration) {}
	}
	m.running.Inc()
	return func(r *http.Request, status int, took time.Duration) {
		m.running.Dec()
		route, method := route(r.Pattern), method(r.Method)
		m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
		m.seconds.WithLabelValues(route, method).Observe(took.Seconds())
	}
}

// route is the pattern without its method: "/groups/{id}".
func route(pattern string) string {
	if _, path, ok := strings.Cut(pattern, " "); ok {
		pattern = path
	}
	if pattern == "" {
		return "none"
	}
	return pattern
}

// method is the method, if it is one of HTTP's.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
		http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return name
	}
	return "other"
}
