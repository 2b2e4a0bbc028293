package main

import (
	"context"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// authorized answers whether a user may use a resource: 200 for yes, 403 for no. A user
// or a resource that there is not is a no as any other, so that nobody finds out which
// there are.
func (a *api) authorized(w http.ResponseWriter, r *http.Request) error {
	query := web.Query(r)
	q := question{query.Required("userId", maxUserID), query.Required("resourceName", maxName)}
	if err := query.Done(); err != nil {
		return err
	}
	allowed, err := a.decide(r.Context(), q)
	if err != nil {
		return err
	}
	a.decisions.Decided(r.Context(), audit.Decision{
		Subject: q.user, Action: "use", Object: q.resource, Allowed: allowed,
	})
	status := http.StatusForbidden
	if allowed {
		status = http.StatusOK
	}
	return web.WriteJSON(w, status, map[string]bool{"authorized": allowed})
}

// decide finds the answer, in the cache or in the database.
func (a *api) decide(ctx context.Context, q question) (allowed bool, err error) {
	allowed, found, place := a.kept.look(ctx, q)
	if found {
		return allowed, nil
	}
	visible, err := usableNamed(q)
	if err != nil {
		return false, err
	}
	allowed, err = a.store.exists(ctx, oneResource, visible)
	if err != nil {
		return false, err
	}
	place.keep(ctx, allowed)
	return allowed, nil
}
