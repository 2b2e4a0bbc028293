package payload

import (
	"context"
	"fmt"
)

// Revoke revokes the family of a refresh token, whether or not that token was redeemed: a
// logout. That it is revoked already is no error. The error wraps [ErrInvalid] for a token
// that does not verify, an expired one too, or [ErrStore].
func (r *Refresher[C]) Revoke(ctx context.Context, refreshToken string) error {
	_, id, err := r.open(ctx, refreshToken)
	if err != nil {
		return err
	}
	if _, err := r.store.Revoke(ctx, id.family); err != nil {
		return &wrapped{ErrStore, err}
	}
	return nil
}

// RevokeSubject revokes all families of a user: after a change of the password, or when
// the user is locked out. Access tokens that are out live on until they expire. The error
// wraps [ErrStore], or [ErrConfig] for an empty subject.
func (r *Refresher[C]) RevokeSubject(ctx context.Context, subject string) error {
	if r == nil || r.store == nil {
		return fmt.Errorf("%w: the refresher was not made by NewRefresher", ErrConfig)
	}
	if subject == "" {
		return fmt.Errorf("%w: no subject to revoke", ErrConfig)
	}
	if err := r.store.RevokeSubject(ctx, subject); err != nil {
		return &wrapped{ErrStore, err}
	}
	return nil
}
