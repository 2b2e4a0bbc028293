package main

import (
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// endpoint is what the policy calls all routes of tasks.
const endpoint = "tasks"

// service is what the handler is put together from, and what is known of it then.
type service struct {
	store    *store
	log      *slog.Logger
	draining atomic.Bool // no new requests are wanted

	routes   rolehttp.Routes
	guard    *rolehttp.Guard[Claims]
	counters *rolehttp.Counters
	handler  http.Handler
}

// newService fails where a route has no rule: one that the policy permits to nobody.
func newService(s *store, verifier *payload.Verifier[Claims], live *policy.Live[Claims], log *slog.Logger) (*service, error) {
	sv := &service{store: s, log: log}
	sv.declareRoutes()
	sv.counters = rolehttp.NewCounters(sv.routes.Endpoints()...)
	var err error
	sv.guard, err = rolehttp.New(verifier, live,
		rolehttp.WithRealm("tasks"),
		rolehttp.WithDeclarations(live.Current().Service),
		rolehttp.WithAudit(rolehttp.LogAudit(log)),
		rolehttp.WithAudit(sv.counters.Audit))
	if err != nil {
		return nil, err
	}
	routed, err := sv.routes.Handler(sv.guard)
	if err != nil {
		return nil, err
	}
	sv.handler = web.Outermost(routed, web.Config{Log: log})
	return sv, nil
}

func (sv *service) declareRoutes() {
	tasks := api{sv.store}
	answers := web.Answers{Log: sv.log}
	guarded := func(pattern string, h web.HandlerFunc) {
		sv.routes.HandleFunc(pattern, endpoint, answers.Handle(h), rolehttp.HeadAsGet())
	}
	guarded("GET /tasks", tasks.list)
	guarded("POST /tasks", tasks.create)
	guarded("GET /tasks/{id}", tasks.show)
	guarded("PUT /tasks/{id}", tasks.replace)
	guarded("PATCH /tasks/{id}", tasks.patch)
	guarded("DELETE /tasks/{id}", tasks.remove)

	sv.routes.OpenFunc("GET /healthz", sv.healthy, "the load balancer has no token")
	sv.routes.OpenFunc("GET /readyz", sv.ready, "the load balancer has no token")
	sv.routes.OpenFunc("GET /metrics", sv.metrics, "it counts decisions and names nobody")
	sv.routes.OpenFunc("GET /openapi.yaml", serveOpenAPI, "what can be asked is no secret")
}
