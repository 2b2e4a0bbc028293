package refreshtest

import (
	"context"
	"strings"

	"github.com/rolespec/rolespec/payload"
)

// checkLetters has names that a careless comparison takes for the same.
func checkLetters(ctx context.Context, store payload.RefreshStore) error {
	t, f := try(ctx, store), family()
	t.create(f)
	for _, near := range []string{strings.ToLower(f.ID), f.ID + " ", " " + f.ID, f.ID[:20], f.ID + "\x01", "%", f.ID[:25] + "_"} {
		t.swap(near, f.Token, token(0), false)
		t.revoke(near, false)
	}
	for _, near := range []string{strings.ToLower(f.Token), f.Token + " ", " " + f.Token, f.Token[:20], "%", "*"} {
		t.swap(f.ID, near, token(0), false)
	}
	for _, near := range []string{strings.ToUpper(f.Subject), f.Subject + " ", " " + f.Subject, f.Subject[:20], "%", "*", ""} {
		t.revokeSubject(near)
	}
	t.swap(f.ID, f.Token, token(2), true)
	return t.err
}

func checkHostile(ctx context.Context, store payload.RefreshStore) error {
	t, bystander := try(ctx, store), family()
	t.create(bystander)
	for _, text := range []string{
		`' OR '1'='1`, `"; DROP TABLE families; --`, `%_\`, "a:b:c*", "a{b}", "a\tb\r\nc", "é", "e\u0301", "ann@example 💡", strings.Repeat("x", 255),
	} {
		f := family()
		f.Subject = text + f.Subject
		t.create(f)
		t.swap(f.ID, f.Token, token(2), true)
		t.revokeSubject(text)
		t.swap(f.ID, token(2), token(3), true)
		t.revokeSubject(f.Subject)
		t.swap(f.ID, token(3), token(0), false)
	}
	t.swap(bystander.ID, bystander.Token, token(2), true)
	return t.err
}
