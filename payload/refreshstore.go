package payload

import (
	"context"
	"time"
)

// Family is a line of refresh tokens, each issued for the one before it; it begins with a
// login. A store keeps one for each, whatever the number of tokens. None of it is a
// secret: nobody can make a token of it without the key.
type Family struct {
	ID      string // 26 letters and digits
	Subject string // the sub of all its tokens
	// Token is the id of the one token that can be redeemed, 26 letters and digits.
	Token string
	// Expires is when the token has expired, with the leeway of the Refresher and in whole
	// seconds. A store may forget the family from then on, and must not before.
	Expires time.Time
}

// RefreshStore remembers for a [Refresher] which refresh token of a family is the one that
// can be redeemed. All processes that redeem tokens of the same key must share one. In
// SQL, with ID as the primary key:
//
//	Create         INSERT INTO families (id, subject, token, expires) VALUES (?, ?, ?, ?)
//	Swap           UPDATE families SET token = ?, expires = ? WHERE id = ? AND token = ?
//	Revoke         DELETE FROM families WHERE id = ?
//	RevokeSubject  DELETE FROM families WHERE subject = ?
//	now and then   DELETE FROM families WHERE expires < ?
//
// Its methods are called concurrently. Each must happen at once, or not at all with an
// error, and what it did must be seen by every call that begins after it returned: no
// reading from replicas. Text is compared letter for letter, so columns need a collation
// that minds case and blanks. An error is for a store that failed, never for a family that
// is not there.
//
// The package refreshtest tests a store.
type RefreshStore interface {
	// Create adds a family. That its ID is taken is an error.
	Create(ctx context.Context, family Family) error
	// Swap makes next the token of the family, and expires its end, if the family is there
	// and its token is old, and reports whether it did. Of any number of calls with the
	// same old token, at most one does.
	Swap(ctx context.Context, family, old, next string, expires time.Time) (swapped bool, err error)
	// Revoke removes a family for good, and reports whether it was there. Of any number of
	// calls for a family, at most one reports it.
	Revoke(ctx context.Context, family string) (found bool, err error)
	// RevokeSubject removes all families of the subject for good, if there are any.
	RevokeSubject(ctx context.Context, subject string) error
}
