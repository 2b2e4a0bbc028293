package payload

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// tokenID is the jti of the refresh tokens of a family: family.token. So a claims type
// needs no field for it.
type tokenID struct{ family, token string }

func newTokenID() tokenID { return tokenID{rand.Text(), rand.Text()} }

func (id tokenID) String() string { return id.family + "." + id.token }

// readTokenID is false for the jti of a token that no Refresher issued.
func readTokenID(jti string) (id tokenID, ok bool) {
	id.family, id.token, ok = strings.Cut(jti, ".")
	return id, ok && id.family != "" && id.token != ""
}

// signedPair is a pair, and what the store is to know of it.
type signedPair struct {
	pair   Pair
	family Family
}

// pair signs the pair of the id. The refresh token has no roles: they are looked up anew.
func (r *Refresher[C]) pair(claims C, id tokenID) (signedPair, error) {
	access, refresh := claims, claims
	reg := r.signer.embedded(&refresh)
	reg.Roles = nil
	if reg.Subject == "" {
		return signedPair{}, fmt.Errorf("%w: claim sub is missing, and a family is a user's", ErrSign)
	}
	var next signedPair
	var err error
	if next.pair.Access, err = r.signer.issue(&access, TypeAccess, rand.Text()); err != nil {
		return signedPair{}, err
	}
	if next.pair.Refresh, err = r.signer.issue(&refresh, TypeRefresh, id.String()); err != nil {
		return signedPair{}, err
	}
	last := reg.ExpiresAt.Add(r.verifier.rules.leeway)
	next.family = Family{
		ID: id.family, Subject: reg.Subject, Token: id.token,
		Expires: last.Add(time.Second - 1).Truncate(time.Second), // rounded up
	}
	return next, nil
}

// open verifies a refresh token and returns its claims, with nothing in Registered but
// the subject, and its id.
func (r *Refresher[C]) open(ctx context.Context, token string) (C, tokenID, error) {
	var none C
	if r == nil {
		return none, tokenID{}, refuse(ErrUnknownKey, "the refresher was not made by NewRefresher")
	}
	claims, err := r.verifier.Verify(ctx, token)
	if err != nil {
		return none, tokenID{}, err
	}
	reg := r.signer.embedded(&claims)
	id, ok := readTokenID(reg.ID)
	if !ok || reg.Subject == "" {
		return none, tokenID{}, refuse(ErrRevoked, "not a refresh token of a Refresher")
	}
	*reg = Registered{Subject: reg.Subject}
	return claims, id, nil
}
