package main

import (
	"net/http"
	"slices"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

func (a *api) listResources(w http.ResponseWriter, r *http.Request) error {
	p, err := numbered(r)
	if err != nil {
		return err
	}
	rows, more, err := a.store.resources(r.Context(), spec.All(), p)
	return answerList(w, r, rows, more, err)
}

// newResource is the body of POST /resource. Groups are those that it is shared with from
// the beginning: groups that there are, and that the caller may share with.
type newResource struct {
	Name   *string      `json:"name"`
	Groups []identifier `json:"groups"`
}

func (a *api) addResource(w http.ResponseWriter, r *http.Request) error {
	body, err := web.Decode[newResource](w, r)
	if err != nil {
		return err
	}
	if err := text("name", body.Name, maxName); err != nil {
		return err
	}
	if len(body.Groups) > maxBatch {
		return bad("groups has more than %d items", maxBatch)
	}
	with := make([]int64, len(body.Groups))
	for i, id := range body.Groups {
		with[i] = int64(id)
	}
	slices.Sort(with)
	_, check := a.may(r)
	made, err := a.store.addResource(r.Context(), Resource{Name: *body.Name}, slices.Compact(with), check, a.mayShare(r))
	// That there is no such resource may be kept.
	if err := a.written(r.Context(), change{resources: []string{*body.Name}}, err); err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, made)
}

func (a *api) showResource(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	row, err := first(a.store.resources(r.Context(), spec.Eq("id", id), alone))
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, row)
}

func (a *api) removeResource(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	row, err := remove(r.Context(), a.store, resources, rows.And(spec.Eq("id", id)), resourceFields, scanResource)
	return a.done(w, r, removed(row), err)
}

// removed is the change of a resource that is gone. Where an error has kept its name from
// being read, everything may have changed.
func removed(r Resource) change {
	if r.Name == "" {
		return change{all: true}
	}
	return change{resources: []string{r.Name}}
}

// listUsersOf lists the users who may use a resource.
func (a *api) listUsersOf(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	p, err := named(r)
	if err != nil {
		return err
	}
	if _, err := first(a.store.resources(r.Context(), spec.Eq("id", id), alone)); err != nil {
		return err
	}
	visible, err := usersOf(id)
	if err != nil {
		return err
	}
	rows, more, err := a.store.users(r.Context(), visible, p)
	return answerList(w, r, rows, more, err)
}
