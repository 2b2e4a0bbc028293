package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/payload"
)

const (
	issuer   = "rolespec-accounts"
	audience = "rolespec-accounts"

	// refreshLife is how long a login goes on without a password, if it is used.
	refreshLife = 14 * 24 * time.Hour
)

// tokens issues and verifies the tokens of the service.
type tokens struct {
	verifier  *payload.Verifier[Token]
	refresher *payload.Refresher[Token]
	life      time.Duration

	refresherOf func(payload.RefreshStore) (*payload.Refresher[Token], error)
}

// newTokens fails for a secret of less than 32 bytes.
func newTokens(s *store, secret string, life time.Duration, clock func() time.Time) (*tokens, error) {
	key, err := payload.HMACKey(payload.HS256, []byte(secret))
	if err != nil {
		return nil, err
	}
	verifier, err := payload.NewVerifier[Token](payload.Keys{key}, payload.WithIssuer(issuer),
		payload.WithAudience(audience), payload.WithRequired("sub"), payload.WithClock(clock))
	if err != nil {
		return nil, err
	}
	signer, err := payload.NewSigner[Token](key, issuer, audience, payload.WithAccessLifetime(life),
		payload.WithRefreshLifetime(refreshLife), payload.WithClock(clock))
	if err != nil {
		return nil, err
	}
	refresherOf := func(store payload.RefreshStore) (*payload.Refresher[Token], error) {
		return payload.NewRefresher(signer, payload.Keys{key}, store, s.renew)
	}
	refresher, err := refresherOf(logins{s.db})
	if err != nil {
		return nil, err
	}
	return &tokens{verifier, refresher, life, refresherOf}, nil
}

// issue begins a login of a user whose password was checked. The error is errChanged where
// the user is not any more who was checked.
func (t *tokens) issue(ctx context.Context, s *store, who login) (payload.Pair, error) {
	refresher, err := t.refresherOf(checkedLogins{logins{s.db}, who})
	if err != nil {
		return payload.Pair{}, err
	}
	return refresher.Issue(ctx, tokenOf(who.ID))
}

// errLockedOut is for a user who may not log in any more.
var errLockedOut = errors.New("the user is gone or not active")

// renew refuses the refresh of a user who is gone or locked out.
func (s *store) renew(ctx context.Context, old Token) (Token, error) {
	id, err := uuid.Parse(old.Subject)
	if err != nil {
		return Token{}, fmt.Errorf("%w: %w", errLockedOut, err)
	}
	switch l, err := s.loginOf(ctx, id); {
	case errors.Is(err, errNotFound), err == nil && !l.welcome():
		return Token{}, errLockedOut
	case err != nil:
		return Token{}, err
	}
	return tokenOf(id), nil
}

func tokenOf(id uuid.UUID) Token {
	return Token{payload.Registered{Subject: id.String()}}
}
