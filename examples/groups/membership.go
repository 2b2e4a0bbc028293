package main

import (
	"net/http"

	"github.com/rolespec/rolespec/spec"
)

// listMembers lists the users in a group. A group that there is not has none.
func (a *api) listMembers(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	p, err := named(r)
	if err != nil {
		return err
	}
	rows, more, err := a.store.users(r.Context(), spec.Any("groups", spec.Eq("group_id", id)), p)
	return answerList(w, r, rows, more, err)
}

func (a *api) attach(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	names, err := batch(w, r, userItem.key)
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	err = a.store.attach(r.Context(), id, names, rows)
	return a.done(w, r, change{users: names}, err)
}

func (a *api) detach(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r, "id")
	if err != nil {
		return err
	}
	user, err := userOf(r)
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	err = a.store.detach(r.Context(), id, user, rows)
	return a.done(w, r, change{users: []string{user}}, err)
}
