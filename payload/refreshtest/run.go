package refreshtest

import (
	"context"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// Run runs every [Case] as a subtest, each with a store of its own. The stores may share a
// database, and need not be empty: no case uses the families or subjects of another.
func Run(t *testing.T, open func(t *testing.T) payload.RefreshStore) {
	t.Helper()
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := c.Check(ctx, open(t)); err != nil {
				t.Errorf("%v\n%s", err, c.Reason)
			}
		})
	}
}

// Case is one thing a store must do.
type Case struct {
	Name   string
	Reason string // what would go wrong otherwise
	// Check returns an error, which says what the store did, if it did not do it.
	Check func(ctx context.Context, store payload.RefreshStore) error
}

// Cases returns all cases, for those that want to run them in another way than [Run].
func Cases() []Case {
	return []Case{
		{"swap", "a refresh token must be redeemable once, and then the one issued for it", checkSwap},
		{"swap of a wrong token", "a token that was redeemed, or is of another family, must not be redeemed", checkWrongToken},
		{"swap of a missing family", "what the store does not know must not be redeemed", checkMissing},
		{"swap by many", "a token that a thief and its owner present at the same time must be redeemed once", checkRace},
		{"create twice", "a family that is there must not be begun anew, which would undo its revocation", checkCreateTwice},
		{"revoke", "after a reuse or a logout no token of the family may be redeemed", checkRevoke},
		{"revoke by many", "a reuse must be reported, and reported once", checkRevokeRace},
		{"revoke while swapping", "a token that is redeemed while its family is revoked must not revive it", checkRevokeAndSwap},
		{"revoke a subject", "a user who is locked out must have no family left, and others all of theirs", checkSubject},
		{"letter for letter", "a collation that ignores case or trailing blanks would mix up users", checkLetters},
		{"hostile text", "a subject is text that a user may have chosen", checkHostile},
		{"kept until the end", "a family forgotten too early logs its user out", checkKept},
		{"swap sets the end", "a family that is used must not end with its first token", checkExpires},
	}
}
