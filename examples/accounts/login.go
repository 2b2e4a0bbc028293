package main

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/payload"
)

// logIn gives tokens for a password or for a refresh token.
func (a *api) logIn(w http.ResponseWriter, r *http.Request) error {
	if err := admit(w, a.addresses, addressOf(r)); err != nil {
		return err
	}
	form := web.Form(w, r)
	for _, unused := range []string{"scope", "client_id", "client_secret"} {
		form.Optional(unused, 1000)
	}
	grant, _ := form.Optional("grant_type", 20)
	switch grant {
	case "", "password":
		return a.withPassword(w, r, form)
	case "refresh_token":
		return a.withRefreshToken(w, r, form)
	}
	form.Fail("grant_type", "has to be password or refresh_token")
	return form.Done()
}

func (a *api) withPassword(w http.ResponseWriter, r *http.Request, form *web.Params) error {
	email := foldEmail(form.Required("username", maxEmail))
	password := form.Required("password", maxPassword)
	if err := form.Done(); err != nil {
		return err
	}
	if err := admit(w, a.users, email); err != nil {
		return err
	}
	for range 3 {
		pair, err := a.letIn(r, email, password)
		switch {
		case errors.Is(err, errChanged):
			continue // it is checked against what the user has now
		case err != nil:
			return err
		}
		return a.give(w, pair)
	}
	return web.Problemf(http.StatusBadRequest, "The user is being changed")
}

// letIn checks a password and begins a login. The error is errChanged where the user has
// changed in between.
func (a *api) letIn(r *http.Request, email, password string) (payload.Pair, error) {
	// Of somebody who is not there the hash is empty: it is checked as others are, so that
	// the time does not tell.
	who, err := a.store.loginByEmail(r.Context(), email)
	if err != nil && !errors.Is(err, errNotFound) {
		return payload.Pair{}, err
	}
	ok, outdated, err := a.passwords.check(r.Context(), password, who.Hash)
	if err != nil {
		return payload.Pair{}, err
	}
	refused := ""
	switch {
	case !ok:
		refused = "Incorrect email or password"
	case !who.welcome():
		refused = "Inactive user"
	}
	if refused != "" {
		a.decided(r, who, "log in", refused)
		return payload.Pair{}, web.Problemf(http.StatusBadRequest, "%s", refused)
	}
	if outdated {
		who.Hash = a.renewHash(r, who, password)
	}
	pair, err := a.tokens.issue(r.Context(), a.store, who)
	if err == nil {
		a.decided(r, who, "log in", "")
	}
	return pair, err
}

// decided logs who got in and who did not. Of a name that is nobody's nothing is logged: it
// may be a password in the wrong field.
func (a *api) decided(r *http.Request, who login, action, refused string) {
	subject := ""
	if who.ID != (uuid.UUID{}) {
		subject = who.ID.String()
	}
	a.decisions.Decided(r.Context(), audit.Decision{Subject: subject, Action: action, Object: addressOf(r),
		Allowed: refused == "", Reason: refused})
}

// renewHash stores the hash as it would be made today, and returns what is stored. The
// login goes on without.
func (a *api) renewHash(r *http.Request, who login, password string) string {
	hash, err := a.passwords.hash(r.Context(), password)
	if err == nil {
		err = a.store.rehash(r.Context(), who.ID, who.Hash, hash)
	}
	if err != nil {
		a.log.WarnContext(r.Context(), "a hash was not renewed", "user", who.ID.String(), "err", err)
		return who.Hash
	}
	return hash
}
