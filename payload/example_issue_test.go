package payload_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// A key that has been used for long enough makes room for another. The service verifies
// with the ring; others would fetch the public halves of its keys.
func ExampleKeyRing() {
	newKey := func(id string) payload.Key { // of a secret store
		key, err := payload.HMACKey(payload.HS256, []byte("an example: never write a secret down "+id), payload.KeyID(id))
		if err != nil {
			log.Fatal(err)
		}
		return key
	}
	ring, err := payload.NewKeyRing(newKey("2026-01"))
	if err != nil {
		log.Fatal(err)
	}
	signer, err := payload.NewSigner[User](ring, "https://login.example", "tasks")
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := payload.NewVerifier[User](ring,
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
	if err != nil {
		log.Fatal(err)
	}
	old, err := signer.Access(User{})
	if err != nil {
		log.Fatal(err)
	}
	verify := func(step string) {
		_, err := verifier.Verify(context.Background(), old)
		fmt.Printf("%s: %v; the old token: %v\n", step, ring, err)
	}
	verify("before")

	// 1. Publish the new key, and 2. wait until everybody has it.
	if err := ring.Publish(newKey("2026-02")); err != nil {
		log.Fatal(err)
	}
	verify("published")

	// 3. Sign with it, and 4. wait until the last token of the old key has expired.
	if err := ring.Rotate("2026-02"); err != nil {
		log.Fatal(err)
	}
	verify("rotated")

	// 5. Drop the old key.
	if err := ring.Drop("2026-01"); err != nil {
		log.Fatal(err)
	}
	verify("dropped")
	// Output:
	// before: key ring of 1 keys, signing with HS256 key "2026-01"; the old token: <nil>
	// published: key ring of 2 keys, signing with HS256 key "2026-01"; the old token: <nil>
	// rotated: key ring of 2 keys, signing with HS256 key "2026-02"; the old token: <nil>
	// dropped: key ring of 1 keys, signing with HS256 key "2026-02"; the old token: payload: token is signed with an unknown key
}

// A token is refused when it was issued too long ago, however long it says it lives.
func ExampleWithMaxAge() {
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks",
		payload.WithAccessLifetime(24*time.Hour),
		payload.WithClock(func() time.Time { return time.Now().Add(-time.Hour) }))
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := payload.NewVerifier[User](payload.Keys{exampleKey()},
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"),
		payload.WithMaxAge(15*time.Minute))
	if err != nil {
		log.Fatal(err)
	}
	token, err := signer.Access(User{})
	if err != nil {
		log.Fatal(err)
	}
	_, err = verifier.Verify(context.Background(), token)
	fmt.Println(errors.Is(err, payload.ErrTooOld), err)
	// Output: true payload: token was issued too long ago
}

// A session from the login to the theft of a token.
func ExampleRefresher() {
	ctx := context.Background()
	roles := map[string][]string{"ann": {"user"}} // a table of users
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks")
	if err != nil {
		log.Fatal(err)
	}
	store, err := payload.NewMemoryStore(10_000, nil)
	if err != nil {
		log.Fatal(err)
	}
	refresher, err := payload.NewRefresher(signer, payload.Keys{exampleKey()}, store,
		func(_ context.Context, old User) (User, error) {
			found, ok := roles[old.Subject]
			if !ok {
				return User{}, errors.New("no such user")
			}
			old.Roles = found
			return old, nil
		})
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := payload.NewVerifier[User](payload.Keys{exampleKey()},
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
	if err != nil {
		log.Fatal(err)
	}

	first, err := refresher.Issue(ctx, User{Registered: payload.Registered{Subject: "ann", Roles: roles["ann"]}, Account: "acme"})
	if err != nil {
		log.Fatal(err)
	}
	roles["ann"] = []string{"user", "auditor"}
	second, err := refresher.Refresh(ctx, first.Refresh)
	if err != nil {
		log.Fatal(err)
	}
	user, err := verifier.Verify(ctx, second.Access)
	fmt.Println(user.Account, user.RoleNames(), err)

	_, err = refresher.Refresh(ctx, first.Refresh) // by whoever copied it
	fmt.Println(errors.Is(err, payload.ErrReused), err)
	_, err = refresher.Refresh(ctx, second.Refresh) // by Ann, who has to log in again
	fmt.Println(errors.Is(err, payload.ErrRevoked), err)
	// Output:
	// acme [user auditor] <nil>
	// true payload: refresh token was used before
	// true payload: refresh token is revoked
}

// exampleRefresher is the one of the examples below: it has no table of users.
func exampleRefresher() *payload.Refresher[User] {
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks")
	if err != nil {
		log.Fatal(err)
	}
	store, err := payload.NewMemoryStore(10_000, nil)
	if err != nil {
		log.Fatal(err)
	}
	refresher, err := payload.NewRefresher(signer, payload.Keys{exampleKey()}, store,
		func(_ context.Context, old User) (User, error) { return old, nil })
	if err != nil {
		log.Fatal(err)
	}
	return refresher
}

// A logout ends the session of the token, and no other.
func ExampleRefresher_Revoke() {
	ctx, refresher := context.Background(), exampleRefresher()
	ann := User{Registered: payload.Registered{Subject: "ann"}}
	phone, err := refresher.Issue(ctx, ann)
	if err != nil {
		log.Fatal(err)
	}
	laptop, err := refresher.Issue(ctx, ann)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(refresher.Revoke(ctx, phone.Refresh))
	_, err = refresher.Refresh(ctx, phone.Refresh)
	fmt.Println(err)
	_, err = refresher.Refresh(ctx, laptop.Refresh)
	fmt.Println(err)
	// Output:
	// <nil>
	// payload: refresh token is revoked
	// <nil>
}

// When the password changes, every session ends.
func ExampleRefresher_RevokeSubject() {
	ctx, refresher := context.Background(), exampleRefresher()
	phone, err := refresher.Issue(ctx, User{Registered: payload.Registered{Subject: "ann"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(refresher.RevokeSubject(ctx, "ann"))
	_, err = refresher.Refresh(ctx, phone.Refresh)
	fmt.Println(err)
	// Output:
	// <nil>
	// payload: refresh token is revoked
}
