package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Caller is who asks, as the database has it at the moment of the request. Of the token
// nothing but the subject counts: what it said of roles would be true of the past.
type Caller struct {
	Sub     uuid.UUID  `json:"sub"`
	Account *uuid.UUID `json:"account"`
	Role    string     `json:"role"`
}

// RoleNames is the one role of the caller.
func (c Caller) RoleNames() []string { return []string{c.Role} }

// Token is what a token says: who, and from when until when.
type Token struct{ payload.Registered }

// callers turns a token into a Caller. A user who is gone or locked out has a token that
// is not valid any more.
type callers struct {
	tokens *payload.Verifier[Token]
	store  *store
}

// Verify implements rolehttp.Verifier.
func (c callers) Verify(ctx context.Context, token string) (Caller, error) {
	claims, err := c.tokens.Verify(ctx, token)
	if err != nil {
		return Caller{}, err
	}
	id, err := uuid.Parse(claims.Subject)
	if err != nil {
		return Caller{}, fmt.Errorf("%w: the subject is no user", payload.ErrInvalid)
	}
	login, err := c.store.loginOf(ctx, id)
	switch {
	case errors.Is(err, errNotFound):
		return Caller{}, fmt.Errorf("%w: the user is gone", payload.ErrInvalid)
	case err != nil:
		return Caller{}, err
	case !login.welcome():
		return Caller{}, fmt.Errorf("%w: the user is not active", payload.ErrInvalid)
	}
	return login.caller(), nil
}

// callerOf returns the caller that a guard has put into the context.
func callerOf(r *http.Request) (Caller, error) {
	c, ok := rolehttp.Claims[Caller](r.Context())
	if !ok {
		return Caller{}, errors.New("no guard stands before the handler")
	}
	return c, nil
}
