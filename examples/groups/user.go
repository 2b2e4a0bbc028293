package main

import (
	"net/http"

	"github.com/rolespec/rolespec/spec"
)

func (a *api) listUsers(w http.ResponseWriter, r *http.Request) error {
	p, err := named(r)
	if err != nil {
		return err
	}
	rows, more, err := a.store.users(r.Context(), spec.All(), p)
	return answerList(w, r, rows, more, err)
}

// listUsable lists the resources that a user may use. One whom nobody has named may use
// none: whether that is so is not told.
func (a *api) listUsable(w http.ResponseWriter, r *http.Request) error {
	user, err := userOf(r)
	if err != nil {
		return err
	}
	p, err := numbered(r)
	if err != nil {
		return err
	}
	visible, err := usable(user)
	if err != nil {
		return err
	}
	rows, more, err := a.store.resources(r.Context(), visible, p)
	return answerList(w, r, rows, more, err)
}

func (a *api) removeUser(w http.ResponseWriter, r *http.Request) error {
	user, err := userOf(r)
	if err != nil {
		return err
	}
	rows, _ := a.may(r)
	_, err = remove(r.Context(), a.store, users, rows.And(spec.Eq("id", user)), userFields, scanUser)
	return a.done(w, r, change{users: []string{user}}, err)
}
