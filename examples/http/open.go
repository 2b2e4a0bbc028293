package main

import (
	_ "embed"
	"fmt"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
)

//go:embed openapi.yaml
var openAPI []byte

func serveOpenAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml")
	_, _ = w.Write(openAPI)
}

// healthy says that the process answers at all.
func (sv *service) healthy(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNoContent)
}

// ready says that requests are wanted and the database answers.
func (sv *service) ready(w http.ResponseWriter, r *http.Request) {
	if sv.draining.Load() || sv.store.reads.PingContext(r.Context()) != nil {
		web.WriteProblem(w, http.StatusServiceUnavailable, "")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// metrics writes what the guard has decided, in the text format of Prometheus. The
// labels are from closed sets without characters that would have to be escaped.
func (sv *service) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	counts := sv.counters.Snapshot()
	fmt.Fprintln(w, "# HELP access_decisions_total Decisions of the guard.\n# TYPE access_decisions_total counter")
	for _, c := range counts {
		fmt.Fprintf(w, "access_decisions_total{endpoint=%q,method=%q,outcome=%q} %d\n", c.Endpoint, c.Method, c.Outcome, c.Count)
	}
	fmt.Fprintln(w, "# HELP access_decision_seconds_total Time that they took.\n# TYPE access_decision_seconds_total counter")
	for _, c := range counts {
		fmt.Fprintf(w, "access_decision_seconds_total{endpoint=%q,method=%q,outcome=%q} %g\n", c.Endpoint, c.Method, c.Outcome, c.Seconds)
	}
}
