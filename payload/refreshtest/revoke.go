package refreshtest

import (
	"context"

	"github.com/rolespec/rolespec/payload"
)

func checkRevoke(ctx context.Context, store payload.RefreshStore) error {
	t, f, other := try(ctx, store), family(), family()
	other.Subject = f.Subject
	t.create(f)
	t.create(other)
	t.swap(f.ID, f.Token, token(2), true)
	t.revoke(f.ID, true)
	t.revoke(f.ID, false)
	t.swap(f.ID, token(2), token(0), false)
	t.swap(f.ID, f.Token, token(0), false)
	t.swap(f.ID, "", token(0), false)
	t.revoke(f.ID, false) // it did not come back
	t.swap(other.ID, other.Token, token(2), true)
	return t.err
}

func checkSubject(ctx context.Context, store payload.RefreshStore) error {
	t, stranger := try(ctx, store), family()
	t.create(stranger)
	many := make([]payload.Family, 10)
	for i := range many {
		many[i] = family()
		many[i].Subject = many[0].Subject
		t.create(many[i])
	}
	t.swap(many[1].ID, many[1].Token, token(2), true)
	t.revoke(many[2].ID, true)
	t.revokeSubject(many[0].Subject)
	t.swap(many[1].ID, token(2), token(0), false)
	for _, f := range many {
		t.swap(f.ID, f.Token, token(0), false)
		t.revoke(f.ID, false)
	}
	t.revokeSubject(many[0].Subject) // none is left, which is no error
	t.swap(stranger.ID, stranger.Token, token(2), true)

	later := family()
	later.Subject = many[0].Subject
	t.create(later)
	t.swap(later.ID, later.Token, token(2), true) // who logs in again is let in
	return t.err
}
