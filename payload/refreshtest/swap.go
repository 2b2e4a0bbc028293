package refreshtest

import (
	"context"

	"github.com/rolespec/rolespec/payload"
)

func checkSwap(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	t.create(f)
	t.swap(f.ID, f.Token, token(2), true)
	t.swap(f.ID, token(2), token(3), true)
	t.swap(f.ID, token(3), token(4), true)
	return t.err
}

func checkWrongToken(ctx context.Context, store payload.RefreshStore) error {
	t, f, other := try(ctx, store), family(), family()
	t.create(f)
	t.create(other)
	t.swap(f.ID, token(9), token(0), false)
	t.swap(f.ID, "", token(0), false)
	t.swap(f.ID, other.Token, token(0), false)
	t.swap(f.ID, f.Token, token(2), true)
	t.swap(f.ID, f.Token, token(0), false)
	t.swap(f.ID, token(0), token(1), false)
	t.swap(f.ID, token(2), token(3), true) // what was refused changed nothing
	t.swap(other.ID, other.Token, token(2), true)
	return t.err
}

func checkMissing(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	t.swap(f.ID, f.Token, token(0), false)
	t.swap(f.ID, "", token(0), false)
	t.swap(f.ID, token(0), token(1), false) // and it was not added
	t.swap("", "", token(0), false)
	t.revoke(f.ID, false)
	t.revokeSubject(f.Subject)
	return t.err
}

func checkCreateTwice(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	t.create(f)
	again := family()
	again.ID = f.ID
	if store.Create(ctx, again) == nil {
		t.fail("Create of a family that is there: have no error, want one")
	}
	t.swap(f.ID, again.Token, token(0), false)
	t.swap(f.ID, f.Token, token(2), true)
	return t.err
}
