package main

import (
	"net/http"
	"unicode/utf8"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

func (a *api) listGroups(w http.ResponseWriter, r *http.Request) error {
	p, err := numbered(r)
	if err != nil {
		return err
	}
	rows, more, err := a.store.groups(r.Context(), spec.All(), p)
	return answerList(w, r, rows, more, err)
}

// newGroup is the body of POST /group.
type newGroup struct {
	Name        *string `json:"name"`
	Description *string `json:"description"`
}

func (a *api) addGroup(w http.ResponseWriter, r *http.Request) error {
	body, err := web.Decode[newGroup](w, r)
	if err != nil {
		return err
	}
	if err := text("name", body.Name, maxName); err != nil {
		return err
	}
	if body.Description != nil && utf8.RuneCountInString(*body.Description) > maxDescription {
		return bad("description has more than %d characters", maxDescription)
	}
	_, check := a.may(r)
	// Nobody is in a new group, so no answer is another.
	g, err := a.store.addGroup(r.Context(), Group{Name: *body.Name, Description: body.Description}, check)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, g)
}

func (a *api) showGroup(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	g, err := first(a.store.groups(r.Context(), spec.Eq("id", id), alone))
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, g)
}

func (a *api) removeGroup(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	_, err = remove(r.Context(), a.store, groups, rows.And(spec.Eq("id", id)), groupFields, scanGroup)
	return a.done(w, r, change{all: true}, err)
}

// done answers a write that has nothing to show.
func (a *api) done(w http.ResponseWriter, r *http.Request, c change, err error) error {
	if err := a.written(r.Context(), c, err); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
