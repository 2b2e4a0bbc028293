package payload_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

// ringKey makes a key with the id, of a secret of its own.
func ringKey(t testing.TB, id string) payload.Key {
	t.Helper()
	secret := throwaway(32)
	copy(secret, id)
	return must[payload.Key](t)(payload.HMACKey(payload.HS256, secret, payload.KeyID(id)))
}

func ring(t testing.TB, ids ...string) *payload.KeyRing {
	t.Helper()
	var keys []payload.Key
	for _, id := range ids {
		keys = append(keys, ringKey(t, id))
	}
	return must[*payload.KeyRing](t)(payload.NewKeyRing(keys[0], keys[1:]...))
}

func ids(r *payload.KeyRing) (all []string) {
	for _, key := range r.Keys() {
		all = append(all, key.ID())
	}
	return all
}

// knows makes a Verifier of a source.
func knows(t testing.TB, source payload.KeySource) *payload.Verifier[Claims] {
	t.Helper()
	return must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](source,
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
}

// A rotation in its steps, as the issuer and as a service with a copy of the keys see it.
func TestKeyRingRotation(t *testing.T) {
	r := ring(t, "a")
	s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](r, issuer, audience, payload.WithClock(clock)))
	own := knows(t, r)
	verdicts := func(token string, copies ...*payload.Verifier[Claims]) (all []error) {
		t.Helper()
		for _, v := range append([]*payload.Verifier[Claims]{own}, copies...) {
			_, err := v.Verify(ctx, token)
			if err != nil {
				err = refused(t, err)
			}
			all = append(all, err)
		}
		return all
	}
	want := func(have []error, want ...error) {
		t.Helper()
		if !cmp.Equal(have, want, cmp.Comparer(func(a, b error) bool { return a == b })) {
			t.Errorf("have %v, want %v", have, want)
		}
	}
	step := func(err error) *payload.Verifier[Claims] {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return knows(t, r.Keys())
	}
	begin := step(nil)
	a := must[string](t)(s.Access(Claims{}))
	published := step(r.Publish(ringKey(t, "b")))
	want(verdicts(must[string](t)(s.Access(Claims{})), begin, published), nil, nil, nil)

	rotated := step(r.Rotate("b"))
	b := must[string](t)(s.Access(Claims{}))
	want(verdicts(a, begin, published, rotated), nil, nil, nil, nil)
	want(verdicts(b, begin, published, rotated), nil, payload.ErrUnknownKey, nil, nil) // who did not wait

	dropped := step(r.Drop("a"))
	want(verdicts(a, rotated, dropped), payload.ErrUnknownKey, nil, payload.ErrUnknownKey)
	want(verdicts(b, rotated, dropped), nil, nil, nil)
}

func TestKeyRingRefuses(t *testing.T) {
	key, public := ringKey(t, "a"), must[payload.Key](t)(rsaPublic(t, "p"))
	for _, tt := range []struct {
		want    string
		signing payload.Key
		others  []payload.Key
	}{
		{"key 0 is the zero Key", payload.Key{}, nil},
		{"key 1 is the zero Key", key, []payload.Key{{}}},
		{"key 0 has no id", hmacKey(t), nil},
		{"key 1 has no id", key, []payload.Key{hmacKey(t)}},
		{`two keys have the id "a"`, key, []payload.Key{key}},
		{"is public", public, []payload.Key{key}},
	} {
		r, err := payload.NewKeyRing(tt.signing, tt.others...)
		if r != nil || !errors.Is(err, payload.ErrKey) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: have %v, %v", tt.want, r, err)
		}
	}
	r := must[*payload.KeyRing](t)(payload.NewKeyRing(key, public))
	for want, err := range map[string]error{
		`two keys have the id "a"`:      r.Publish(ringKey(t, "a")),
		"key 2 is the zero Key":         r.Publish(payload.Key{}),
		"key 2 has no id":               r.Publish(hmacKey(t)),
		`no key of the ring has the id`: errors.Join(r.Rotate("x"), r.Drop("x")),
		`has the id ""`:                 errors.Join(r.Rotate(""), r.Drop("")),
		`"p" is public`:                 r.Rotate("p"),
		"is the one that signs":         r.Drop("a"),
	} {
		if !errors.Is(err, payload.ErrKey) || !strings.Contains(err.Error(), want) {
			t.Errorf("err = %v, want ErrKey and %q", err, want)
		}
	}
	if !cmp.Equal(ids(r), []string{"a", "p"}) || r.Signing().ID() != "a" {
		t.Errorf("the ring changed: %v, %v", ids(r), r)
	}
	if err := r.Rotate("a"); err != nil {
		t.Errorf("to the key that signs: %v", err)
	}
}

func rsaPublic(t testing.TB, id string) (payload.Key, error) {
	t.Helper()
	private, err := rsaTestKey()
	if err != nil {
		return payload.Key{}, err
	}
	return payload.RSAKey(payload.RS256, &private.PublicKey, payload.KeyID(id))
}

func TestNoKeyRing(t *testing.T) {
	var missing *payload.KeyRing
	for _, r := range []*payload.KeyRing{missing, new(payload.KeyRing)} {
		for _, err := range []error{r.Publish(ringKey(t, "a")), r.Rotate("a"), r.Drop("a")} {
			if !errors.Is(err, payload.ErrKey) {
				t.Errorf("err = %v, want ErrKey", err)
			}
		}
		if len(r.Keys()) != 0 || r.Signing().CanSign() {
			t.Errorf("%v has keys", r)
		}
		if _, err := payload.NewSigner[Claims](r, issuer, audience); !errors.Is(err, payload.ErrConfig) {
			t.Errorf("a Signer of it: %v", err)
		}
		if _, err := payload.NewVerifier[Claims](r, options()...); !errors.Is(err, payload.ErrConfig) {
			t.Errorf("a Verifier of it: %v", err)
		}
	}
}

// What a caller does to the list of keys is not done to the ring.
func TestKeyRingKeysAreACopy(t *testing.T) {
	r := ring(t, "a", "b")
	keys := r.Keys()
	keys[1] = ringKey(t, "evil")
	if err := r.Publish(ringKey(t, "c")); err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(ids(r), []string{"a", "b", "c"}) {
		t.Errorf("the ring has the keys %v", ids(r))
	}
}

// A ring prints no key material, whatever the verb.
func TestKeyRingHides(t *testing.T) {
	r := ring(t, "a", "b")
	if have, want := r.String(), `key ring of 2 keys, signing with HS256 key "a"`; have != want {
		t.Errorf("have %s, want %s", have, want)
	}
	secret := string(throwaway(32)[4:])
	if out := fmt.Sprintf("%v %+v %#v %s %x", r, r, r, r, r); strings.Contains(out, secret) {
		t.Error("the secret is printed")
	}
}

// While the ring is changed, every token is signed with one of its keys, and every list of
// its keys is whole; run with -race.
func TestKeyRingConcurrent(t *testing.T) {
	r := ring(t, "a", "b")
	s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](r, issuer, audience, payload.WithClock(clock)))
	v := knows(t, r)
	done := make(chan struct{})
	var all sync.WaitGroup
	again := func(do func() error) {
		all.Add(1)
		go func() {
			defer all.Done()
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := do(); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	again(func() error {
		token, err := s.Access(Claims{})
		if err != nil {
			return err
		}
		_, err = v.Verify(ctx, token)
		return err
	})
	again(func() error {
		if have := ids(r); !slices.Equal(have[:2], []string{"a", "b"}) || slices.Contains(have, "") {
			return fmt.Errorf("the ring has the keys %q", have)
		}
		return nil
	})
	c, d := ringKey(t, "c"), ringKey(t, "d")
	for range 2_000 {
		err := errors.Join(r.Rotate("b"), r.Publish(c), r.Rotate("a"), r.Publish(d), r.Rotate("b"), r.Drop("c"), r.Rotate("a"), r.Drop("d"))
		if err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	all.Wait()
}

// Changes by many at the same time are all made.
func TestKeyRingChangesByMany(t *testing.T) {
	r := ring(t, "first")
	var all sync.WaitGroup
	for i := range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			id := fmt.Sprintf("k%d", i)
			if err := errors.Join(r.Publish(ringKey(t, id)), r.Rotate(id)); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	if len(r.Keys()) != 51 || r.Signing().ID() == "first" {
		t.Errorf("%v", r)
	}
}
