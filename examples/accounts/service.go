package main

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// limits is how often one address and one user may try to log in.
type limits struct {
	address, user rate
}

// rate is a burst, and then once in an interval.
type rate struct {
	burst    int
	interval time.Duration
}

// defaultLimits leave room for people behind one address and for mistakes, and none for
// guessing.
var defaultLimits = limits{
	address: rate{burst: 30, interval: 2 * time.Second},
	user:    rate{burst: 10, interval: 20 * time.Second},
}

// api is the handlers. What a caller may do is in the context of the request, where the
// guard has put it.
type api struct {
	store     *store
	passwords *passwords
	tokens    *tokens
	addresses *limit // of logins and registrations
	users     *limit // of logins
	open      bool   // to registration
	decisions *audit.Audit
	log       *slog.Logger
}

// build puts the service together.
func build(ctx context.Context, env *service.Env, c config, cost argon2id.Params, most limits) (http.Handler, error) {
	s, err := openStore(ctx, env.DB)
	if err != nil {
		return nil, err
	}
	a := &api{store: s, open: c.openRegistration, log: env.Log,
		addresses: newLimit(most.address.burst, most.address.interval, time.Now),
		users:     newLimit(most.user.burst, most.user.interval, time.Now)}
	if a.passwords, err = newPasswords(cost); err != nil {
		return nil, err
	}
	if a.tokens, err = newTokens(s, c.secret, c.tokenLife, time.Now); err != nil {
		return nil, err
	}
	if err := a.seed(ctx, c, env); err != nil {
		return nil, err
	}
	document, err := documented()
	if err != nil {
		return nil, err
	}
	routes := a.routes(document)
	if a.decisions, err = audit.New(env.Log, env.Registry, routes.Endpoints()...); err != nil {
		return nil, err
	}
	guard, err := rolehttp.New(callers{a.tokens.verifier, s}, policy, append(a.decisions.Guard(),
		rolehttp.WithRealm("accounts"),
		rolehttp.WithSubject(func(c Caller) string { return c.Sub.String() }))...)
	if err != nil {
		return nil, err
	}
	return routes.Handler(guard)
}

// prefix is in front of every path but /health.
const prefix = "/api/v1"

// routes are all that is served. Each has its endpoint of the policy, or the reason why
// it needs no token.
func (a *api) routes(document web.HandlerFunc) *rolehttp.Routes {
	var routes rolehttp.Routes
	answers := web.Answers{Log: a.log, Translate: translate, Parameter: http.StatusUnprocessableEntity}
	guarded := func(method, path, endpoint string, h web.HandlerFunc, opts ...rolehttp.RouteOption) {
		routes.HandleFunc(method+" "+prefix+path, endpoint, answers.Handle(h), opts...)
	}
	open := func(method, path, reason string, h web.HandlerFunc) {
		routes.OpenFunc(method+" "+prefix+path, answers.Handle(h), reason)
	}

	open("POST", "/auth/access-token", "it is where tokens are had", a.logIn)
	open("POST", "/auth/revoke-token", "the refresh token in it is enough", a.logOut)
	guarded("POST", "/auth/test-token", Profile, a.showSelf, rolehttp.As("GET"))
	guarded("POST", "/auth/hash-password", Passwords, a.hashPassword)

	guarded("GET", "/users", Users, a.listUsers, rolehttp.HeadAsGet())
	guarded("POST", "/users", Users, a.createUser)
	open("POST", "/users/open", "it is how strangers become users, where that is allowed", a.register)
	guarded("GET", "/users/me", Profile, a.showSelf, rolehttp.HeadAsGet())
	guarded("PUT", "/users/me", Profile, a.changeSelf)
	guarded("PUT", "/users/me/password", Profile, a.changePassword)
	guarded("GET", "/users/{id}", Users, a.showUser, rolehttp.HeadAsGet())
	guarded("PUT", "/users/{id}", Users, a.changeUser)

	open("GET", "/roles", "what roles there are is no secret", a.listRoles)
	guarded("POST", "/user-roles", UserRoles, a.assignRole)
	guarded("PUT", "/user-roles/{id}", UserRoles, a.changeRole)

	guarded("GET", "/accounts", Accounts, a.listAccounts, rolehttp.HeadAsGet())
	guarded("POST", "/accounts", Accounts, a.createAccount)
	guarded("GET", "/accounts/me", OwnAccount, a.showOwnAccount, rolehttp.HeadAsGet())
	guarded("PUT", "/accounts/{id}", Accounts, a.changeAccount)
	guarded("GET", "/accounts/{id}/users", Users, a.listMembers, rolehttp.HeadAsGet())
	guarded("POST", "/accounts/{id}/users", Members, a.addMember)
	guarded("GET", "/accounts/users/me", Users, a.listOwnMembers, rolehttp.HeadAsGet())

	open("GET", "/openapi.json", "what can be asked is no secret", document)
	routes.OpenFunc("GET /health", answers.Handle(health), "the load balancer has no token")
	return &routes
}

func health(w http.ResponseWriter, _ *http.Request) error {
	return web.WriteJSON(w, http.StatusOK, map[string]string{"message": "ok!"})
}
