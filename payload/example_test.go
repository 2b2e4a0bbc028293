package payload_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// User is the claims type of the examples.
type User struct {
	payload.Registered
	Account string `json:"account"`
}

// exampleSecret would come from a secret store.
var exampleSecret = []byte("an example: never write a secret down")

func exampleKey() payload.Key {
	key, err := payload.HMACKey(payload.HS256, exampleSecret)
	if err != nil {
		log.Fatal(err)
	}
	return key
}

// A service that issues its own tokens and verifies them.
func Example() {
	key, err := payload.HMACKey(payload.HS256, exampleSecret, payload.KeyID("2026-01"))
	if err != nil {
		log.Fatal(err)
	}
	signer, err := payload.NewSigner[User](key, "https://login.example", "tasks")
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := payload.NewVerifier[User](payload.Keys{key},
		payload.WithIssuer("https://login.example"),
		payload.WithAudience("tasks"),
		payload.WithRequired("account"))
	if err != nil {
		log.Fatal(err)
	}

	token, err := signer.Access(User{
		Registered: payload.Registered{Subject: "ann", Roles: []string{"user"}},
		Account:    "acme",
	})
	if err != nil {
		log.Fatal(err)
	}
	user, err := verifier.Verify(context.Background(), token)
	fmt.Println(user.Subject, user.RoleNames(), user.Account, err)

	user, err = verifier.Verify(context.Background(), token[:len(token)-2])
	fmt.Printf("%q %v\n", user.Subject, err)
	// Output:
	// ann [user] acme <nil>
	// "" payload: token is malformed
}

func ExampleNewVerifier() {
	_, err := payload.NewVerifier[User](payload.Keys{exampleKey()}, payload.WithIssuer("https://login.example"))
	fmt.Println(err)

	_, err = payload.NewVerifier[User](payload.Keys{exampleKey()},
		payload.WithIssuer("https://login.example"), payload.AnyAudience())
	fmt.Println(err)
	// Output:
	// payload: bad configuration: no audience: give WithAudience, or AnyAudience
	// <nil>
}

// What to answer depends on the class of the error; what to log is its reason.
func ExampleVerifier_Verify() {
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks",
		payload.WithClock(func() time.Time { return time.Now().Add(-time.Hour) }))
	if err != nil {
		log.Fatal(err)
	}
	verifier, err := payload.NewVerifier[User](payload.Keys{exampleKey()},
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
	if err != nil {
		log.Fatal(err)
	}
	token, err := signer.Access(User{})
	if err != nil {
		log.Fatal(err)
	}
	_, err = verifier.Verify(context.Background(), token)
	switch {
	case errors.Is(err, payload.ErrExpired):
		fmt.Println("refresh it:", err)
	case errors.Is(err, payload.ErrInvalid):
		fmt.Println("401:", err)
	}
	var refusal *payload.Error
	if errors.As(err, &refusal) {
		fmt.Println("log:", refusal.Reason())
	}
	// Output:
	// refresh it: payload: token has expired
	// log: claim exp has come
}

func ExampleNewSigner() {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	public, err := payload.RSAKey(payload.RS256, &private.PublicKey)
	if err != nil {
		log.Fatal(err)
	}
	_, err = payload.NewSigner[User](public, "https://login.example", "tasks")
	fmt.Println(err)
	// Output: payload: bad configuration: the key is public: it cannot sign
}

func ExampleSigner_Access() {
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks",
		payload.WithAccessLifetime(5*time.Minute))
	if err != nil {
		log.Fatal(err)
	}
	_, err = signer.Access(User{Registered: payload.Registered{Subject: "ann", Issuer: "https://other.example"}})
	fmt.Println(err)
	token, err := signer.Access(User{Registered: payload.Registered{Subject: "ann"}})
	fmt.Println(len(token) > 0, err)
	// Output:
	// payload: claims cannot be signed: claim iss is set by the signer and must be empty
	// true <nil>
}

// A refresh token is not an access token.
func ExampleSigner_Refresh() {
	signer, err := payload.NewSigner[User](exampleKey(), "https://login.example", "tasks")
	if err != nil {
		log.Fatal(err)
	}
	refresh, err := signer.Refresh(User{Registered: payload.Registered{Subject: "ann"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, typ := range []string{payload.TypeAccess, payload.TypeRefresh} {
		verifier, err := payload.NewVerifier[User](payload.Keys{exampleKey()}, payload.WithType(typ),
			payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
		if err != nil {
			log.Fatal(err)
		}
		user, err := verifier.Verify(context.Background(), refresh)
		fmt.Printf("%s: %q, %v\n", typ, user.Subject, err)
	}
	// Output:
	// access: "", payload: token is of another type
	// refresh: "ann", <nil>
}

func ExampleHMACKey() {
	key, err := payload.HMACKey(payload.HS256, exampleSecret, payload.KeyID("2026-01"))
	fmt.Println(key, err)
	_, err = payload.HMACKey(payload.HS256, []byte("secret"))
	fmt.Println(err)
	// Output:
	// HS256 key "2026-01" <nil>
	// payload: unusable key: a secret of 6 bytes, HS256 needs at least 32
}

func ExampleRSAKey() {
	private, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		log.Fatal(err)
	}
	_, err = payload.RSAKey(payload.RS256, &private.PublicKey)
	fmt.Println(err)
	// Output: payload: unusable key: an RSA key of 1024 bits, at least 2048 are needed
}

func ExampleRSAPrivateKey() {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	key, err := payload.RSAPrivateKey(payload.PS256, private, payload.KeyID("a"))
	fmt.Println(key, key.CanSign(), err)
	// Output: PS256 key "a" true <nil>
}

func ExampleECDSAKey() {
	private, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	key, err := payload.ECDSAKey(&private.PublicKey)
	fmt.Println(key, key.CanSign(), err)
	// Output: ES384 key false <nil>
}

func ExampleECDSAPrivateKey() {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	key, err := payload.ECDSAPrivateKey(private)
	fmt.Println(key, key.CanSign(), err)
	// Output: ES256 key true <nil>
}

func ExampleEd25519Key() {
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	key, err := payload.Ed25519Key(public)
	fmt.Println(key, key.CanSign(), err)
	// Output: EdDSA key false <nil>
}

func ExampleEd25519PrivateKey() {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	key, err := payload.Ed25519PrivateKey(private)
	fmt.Println(key, key.CanSign(), err)
	// Output: EdDSA key true <nil>
}

// No verb of fmt prints a key.
func ExampleKey_Format() {
	fmt.Printf("%v\n%+v\n%#v\n%x\n", exampleKey(), exampleKey(), exampleKey(), exampleKey())
	// Output:
	// HS256 key
	// HS256 key
	// payload.Key(HS256 key)
	// HS256 key
}

func ExampleAudience() {
	var one, two payload.Audience
	fmt.Println(json.Unmarshal([]byte(`"tasks"`), &one), one.Has("tasks"))
	fmt.Println(json.Unmarshal([]byte(`["tasks","mail"]`), &two), two.Has("tasks"))
	fmt.Println(json.Unmarshal([]byte(`["tasks",7]`), &two))
	// Output:
	// <nil> true
	// <nil> true
	// payload: an audience is a string or a list of strings
}

func ExampleNumericDate() {
	var d payload.NumericDate
	fmt.Println(json.Unmarshal([]byte(`1767225600.75`), &d), d)
	fmt.Println(json.Unmarshal([]byte(`1767225600000`), &d)) // milliseconds
	// Output:
	// <nil> 2026-01-01 00:00:00.75 +0000 UTC
	// payload: not a date between 1970 and 9999, in seconds
}
