package service

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// beside puts what an operator asks beside what callers do. It needs no token and names
// nobody; whoever runs the service keeps it inside.
func (r *Running) beside(built http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", built)
	for path, h := range map[string]http.Handler{
		"/healthz": http.HandlerFunc(healthy),
		"/readyz":  http.HandlerFunc(r.readiness),
		"/metrics": promhttp.HandlerFor(r.Registry, promhttp.HandlerOpts{}),
	} {
		mux.Handle(path, reading(h))
	}
	return mux
}

// reading answers 405 to what is neither GET nor HEAD: the pattern has no method, or
// what is left would be asked of the service.
func reading(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			web.WriteProblem(w, http.StatusMethodNotAllowed, "")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// healthy says that the process answers at all.
func healthy(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

// readiness says that requests are wanted, and that the database answers.
func (r *Running) readiness(w http.ResponseWriter, req *http.Request) {
	if r.draining.Load() {
		web.WriteProblem(w, http.StatusServiceUnavailable, "")
		return
	}
	if err := r.DB.Ready(req.Context()); err != nil {
		r.Log.WarnContext(req.Context(), "not ready", "err", err)
		web.WriteProblem(w, http.StatusServiceUnavailable, "")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
