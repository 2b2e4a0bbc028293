package payload

import (
	"context"
	"fmt"
	"time"
)

// Refresher issues pairs of an access and a refresh token, and a new pair for the refresh
// token of the last one. It is made by [NewRefresher], immutable, and safe for concurrent
// use. A nil Refresher and the zero Refresher issue nothing and refuse every token.
//
// Every refresh token is redeemed once. One that is presented again has been copied, and
// it is not known by whom: all tokens of its family are revoked, the one that replaced it
// too, so whoever stole a token and whoever owns it both have to log in. Access tokens
// that are out live on until they expire.
//
// There is no time of grace in which a token could be redeemed again. A client whose
// answer got lost on the way, or that refreshes twice at the same time, has to log in
// again: let it refresh in one place, one at a time. A grace would be as long a time for
// a thief to be served unnoticed.
type Refresher[C any] struct {
	signer   *signing
	verifier *Verifier[C]
	store    RefreshStore
	renew    func(context.Context, C) (C, error)
}

// NewRefresher makes a Refresher that issues tokens with the signer, accepts refresh
// tokens that were signed with one of the keys, and remembers which in the store. Only
// tokens with the issuer and the audience of the signer are accepted; its clock and its
// limit of size hold for both. The options are further ones of the [Verifier] of refresh
// tokens, such as [WithLeeway].
//
// The callback renew returns the claims of the next pair, read anew from where they come
// from, so that a refresh gives the roles a user has now. Its argument is the claims of
// the refresh token, with nothing in [Registered] but the subject: there are no roles in
// a refresh token, and whoever forgets to look them up gives none. It must not change the
// subject. An error of it refuses the refresh, and the token is not redeemed by that. To
// bound the time from the login on, however often is refreshed, put the time of the login
// into a claim and let renew look at it.
//
// The error wraps [ErrConfig].
func NewRefresher[C any](signer *Signer[C], keys KeySource, store RefreshStore,
	renew func(ctx context.Context, old C) (C, error), opts ...Option) (*Refresher[C], error) {
	switch {
	case signer == nil || signer.s == nil:
		return nil, fmt.Errorf("%w: the signer was not made by NewSigner", ErrConfig)
	case store == nil:
		return nil, fmt.Errorf("%w: no store is given", ErrConfig)
	case renew == nil:
		return nil, fmt.Errorf("%w: no function renews the claims", ErrConfig)
	}
	s := signer.s
	verifier, err := NewVerifier[C](keys, append([]Option{
		WithIssuer(s.issuer), WithAudience(s.audience), WithType(TypeRefresh),
		WithClock(s.now), WithMaxTokenSize(s.size),
	}, opts...)...)
	if err != nil {
		return nil, err
	}
	return &Refresher[C]{signer: s, verifier: verifier, store: store, renew: renew}, nil
}

// Issue begins a family: it is for a user who has just logged in. The claims are as for
// [Signer.Access], and must have a subject.
//
// The error wraps [ErrSign] for claims that cannot be signed, or [ErrStore].
func (r *Refresher[C]) Issue(ctx context.Context, claims C) (Pair, error) {
	if r == nil || r.signer == nil {
		return Pair{}, fmt.Errorf("%w: the refresher was not made by NewRefresher", ErrSign)
	}
	next, err := r.pair(claims, newTokenID())
	if err != nil {
		return Pair{}, err
	}
	if err := r.store.Create(ctx, next.family); err != nil {
		return Pair{}, &wrapped{ErrStore, err}
	}
	return next.pair, nil
}

// Refresh redeems a refresh token and returns the next pair of its family. With an error
// there is no pair. A token is redeemed only if a pair can be issued for it: one that
// renew has refused, or for which the signer failed, can be tried again; and if it was
// redeemed before, that is noticed when a pair could be issued.
//
// The error is an [*Error] that wraps [ErrInvalid] for every token that is not redeemed:
// of [ErrReused] or [ErrRevoked], or of a class of [Verifier.Verify]. It wraps [ErrRenew]
// for an error of the callback, [ErrSign] for claims of it that cannot be signed, and
// [ErrStore] for a store that failed; then it is not known whether the token was redeemed,
// and if it was, presenting it again revokes the family.
func (r *Refresher[C]) Refresh(ctx context.Context, refreshToken string) (Pair, error) {
	old, id, err := r.open(ctx, refreshToken)
	if err != nil {
		return Pair{}, err
	}
	claims, err := r.renew(ctx, old)
	if err != nil {
		return Pair{}, &wrapped{ErrRenew, err}
	}
	if r.signer.embedded(&claims).Subject != r.signer.embedded(&old).Subject {
		return Pair{}, fmt.Errorf("%w: renew changed the subject", ErrSign)
	}
	// Signed before the old token is redeemed, so a failure costs nobody the session; and
	// renewed before, so that after RevokeSubject no pair has claims from before it.
	next, err := r.pair(claims, tokenID{id.family, newTokenID().token})
	if err != nil {
		return Pair{}, err
	}
	f := next.family
	swapped, err := r.store.Swap(ctx, f.ID, id.token, f.Token, f.Expires)
	switch {
	case err != nil:
		return Pair{}, &wrapped{ErrStore, err}
	case !swapped:
		return Pair{}, r.reused(ctx, f.ID)
	}
	return next.pair, nil
}

// revokeTimeout bounds a revocation that goes on without the caller.
const revokeTimeout = 10 * time.Second

// reused revokes the family of a token that is not the one to redeem. Whoever presents a
// stolen token must not get around that by hanging up.
func (r *Refresher[C]) reused(ctx context.Context, family string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), revokeTimeout)
	defer cancel()
	switch found, err := r.store.Revoke(ctx, family); {
	case err != nil:
		return &wrapped{ErrStore, err}
	case found:
		return refuse(ErrReused, "a token of the family that was redeemed before; the family is revoked")
	}
	return refuse(ErrRevoked, "the store does not have the token's family")
}
