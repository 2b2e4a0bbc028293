package main

import (
	"context"
	_ "embed"
	"log/slog"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/openapi"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// api answers what is asked of groups, users and resources.
type api struct {
	store     *store
	kept      cache
	log       *slog.Logger
	decisions *audit.Audit
	guarded   bool // writers need a token
	routes    rolehttp.Routes
}

// reading is why what reads needs no token.
const reading = "services ask it, and it is kept inside"

// nobody is the verifier of a service without tokens: no route asks it.
type nobody struct{}

func (nobody) Verify(context.Context, string) (Claims, error) { return Claims{}, errNoTokens }

func (a *api) declareRoutes() {
	answers := web.Answers{Log: a.log, Translate: translate}
	read := func(pattern string, h web.HandlerFunc) {
		a.routes.OpenFunc(pattern, answers.Handle(h), reading)
	}
	write := func(pattern, endpoint string, h web.HandlerFunc) {
		if !a.guarded {
			a.routes.OpenFunc(pattern, answers.Handle(h), "writers need no token where the service has no keys")
			return
		}
		a.routes.HandleFunc(pattern, endpoint, answers.Handle(h))
	}
	read("GET /authorized", a.authorized)

	read("GET /group", a.listGroups)
	write("POST /group", groupsEndpoint, a.addGroup)
	read("GET /group/{id}", a.showGroup)
	write("DELETE /group/{id}", groupsEndpoint, a.removeGroup)
	read("GET /group/{id}/user", a.listMembers)
	write("POST /group/{id}/user", membershipsEndpoint, a.attach)
	write("DELETE /group/{id}/user/{userId}", membershipsEndpoint, a.detach)
	read("GET /group/{id}/resource", a.listShared)
	write("POST /group/{id}/authorize", sharesEndpoint, a.share)
	write("DELETE /group/{id}/resource/{resourceId}", sharesEndpoint, a.unshare)

	read("GET /resource", a.listResources)
	write("POST /resource", resourcesEndpoint, a.addResource)
	read("GET /resource/{id}", a.showResource)
	write("DELETE /resource/{id}", resourcesEndpoint, a.removeResource)
	read("GET /resource/{id}/user", a.listUsersOf)

	read("GET /user", a.listUsers)
	write("DELETE /user/{userId}", usersEndpoint, a.removeUser)
	read("GET /user/{userId}/resource", a.listUsable)

	a.routes.OpenFunc("GET /openapi.yaml", openapi.Handler(document), "what can be asked is no secret")
}

//go:embed openapi.yaml
var document []byte

// may returns what the caller of a writing route may do: the rows that may be changed,
// and the check of new ones.
func (a *api) may(r *http.Request) (rows, check spec.Specification) {
	if !a.guarded {
		return spec.All(), spec.All()
	}
	permission := rolehttp.Permission(r.Context())
	return permission.Rows, permission.Check
}

// mayShare are the groups that the caller may share resources with, where the route is
// about something else.
func (a *api) mayShare(r *http.Request) spec.Specification {
	if !a.guarded {
		return spec.All()
	}
	claims, ok := rolehttp.Claims[Claims](r.Context())
	if !ok {
		return spec.None()
	}
	groups, err := writers.Verify(claims, sharesEndpoint, http.MethodPost)
	if err != nil {
		return spec.None()
	}
	return groups
}

// written tells the cache what was changed, whoever is still waiting for the answer. A
// write that has failed may have been stored all the same, if the connection broke as it
// was.
func (a *api) written(ctx context.Context, c change, failed error) error {
	if callersFault(failed) {
		return failed
	}
	if err := a.kept.changed(context.WithoutCancel(ctx), c); err != nil && failed == nil {
		return err
	}
	return failed
}
