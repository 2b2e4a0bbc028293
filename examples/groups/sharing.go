package main

import (
	"net/http"

	"github.com/rolespec/rolespec/spec"
)

// listShared lists what is shared with a group.
func (a *api) listShared(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	p, err := numbered(r)
	if err != nil {
		return err
	}
	if _, err := first(a.store.groups(r.Context(), spec.Eq("id", id), alone)); err != nil {
		return err
	}
	rows, more, err := a.store.resources(r.Context(), spec.Any("groups", spec.Eq("group_id", id)), p)
	return answerList(w, r, rows, more, err)
}

func (a *api) share(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	ids, err := batch(w, r, resourceItem.key)
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	names, err := a.store.share(r.Context(), id, ids, rows)
	c := change{resources: names}
	if len(names) < len(ids) { // an error has kept them from being read
		c = change{all: true}
	}
	return a.done(w, r, c, err)
}

func (a *api) unshare(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	resource, err := idOf(r, "resourceId")
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	name, err := a.store.unshare(r.Context(), id, resource, rows)
	return a.done(w, r, removed(Resource{Name: name}), err)
}
