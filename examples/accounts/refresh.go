package main

import (
	"errors"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/payload"
)

// tokenAnswer is the answer of RFC 6749, section 5.1.
type tokenAnswer struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Expires int    `json:"expires_in"` // seconds
	Refresh string `json:"refresh_token"`
}

func (a *api) withRefreshToken(w http.ResponseWriter, r *http.Request, form *web.Params) error {
	token := form.Required("refresh_token", 8<<10)
	if err := form.Done(); err != nil {
		return err
	}
	pair, err := a.tokens.refresher.Refresh(r.Context(), token)
	if errors.Is(err, payload.ErrInvalid) || errors.Is(err, errLockedOut) {
		return &web.Problem{Status: http.StatusBadRequest, Detail: "The refresh token is not valid", Err: err}
	}
	if err != nil {
		return err
	}
	return a.give(w, pair)
}

func (a *api) give(w http.ResponseWriter, pair payload.Pair) error {
	return web.WriteJSON(w, http.StatusOK, tokenAnswer{pair.Access, "bearer", int(a.tokens.life.Seconds()), pair.Refresh})
}

// logOut ends a login (RFC 7009): its refresh tokens are worth nothing from now on. That
// a token was worth nothing before is no error.
func (a *api) logOut(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(w, r)
	for _, unused := range []string{"token_type_hint", "client_id", "client_secret"} {
		form.Optional(unused, 1000)
	}
	token := form.Required("token", 8<<10)
	if err := form.Done(); err != nil {
		return err
	}
	if err := a.tokens.refresher.Revoke(r.Context(), token); err != nil && !errors.Is(err, payload.ErrInvalid) {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	return nil
}
