package payload_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

func TestNewRefresherRefuses(t *testing.T) {
	good, keys := signer[Claims](t, hmacKey(t)), payload.Keys{hmacKey(t)}
	store := must[*payload.MemoryStore](t)(payload.NewMemoryStore(1, clock))
	renew := func(_ context.Context, old Claims) (Claims, error) { return old, nil }
	for _, tt := range []struct {
		want   string
		signer *payload.Signer[Claims]
		keys   payload.KeySource
		store  payload.RefreshStore
		renew  func(context.Context, Claims) (Claims, error)
		opts   []payload.Option
	}{
		{"not made by NewSigner", nil, keys, store, renew, nil},
		{"not made by NewSigner", new(payload.Signer[Claims]), keys, store, renew, nil},
		{"no key source", good, nil, store, renew, nil},
		{"no store", good, keys, nil, renew, nil},
		{"no function renews", good, keys, store, nil, nil},
		{"WithIssuer is given twice", good, keys, store, renew, []payload.Option{payload.WithIssuer("x")}},
		{"WithIssuer and AnyIssuer are both given", good, keys, store, renew, []payload.Option{payload.AnyIssuer()}},
		{"WithAudience and AnyAudience are both given", good, keys, store, renew, []payload.Option{payload.AnyAudience()}},
		{"WithType is given twice", good, keys, store, renew, []payload.Option{payload.WithType(payload.TypeAccess)}},
		{"WithType and AnyType are both given", good, keys, store, renew, []payload.Option{payload.AnyType()}},
	} {
		r, err := payload.NewRefresher(tt.signer, tt.keys, tt.store, tt.renew, tt.opts...)
		if r != nil || !errors.Is(err, payload.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: have %v, %v", tt.want, r, err)
		}
	}
}

func TestNoRefresher(t *testing.T) {
	s := newSession(t, nil)
	p := s.login(t)
	var missing *payload.Refresher[Claims]
	for _, r := range []*payload.Refresher[Claims]{missing, new(payload.Refresher[Claims])} {
		if p, err := r.Issue(ctx, ann()); p != (payload.Pair{}) || !errors.Is(err, payload.ErrSign) {
			t.Errorf("Issue: %v, %v", p, err)
		}
		if p, err := r.Refresh(ctx, p.Refresh); p != (payload.Pair{}) || refused(t, err) != payload.ErrUnknownKey {
			t.Errorf("Refresh: %v, %v", p, err)
		}
		if err := r.Revoke(ctx, p.Refresh); refused(t, err) != payload.ErrUnknownKey {
			t.Errorf("Revoke: %v", err)
		}
		if err := r.RevokeSubject(ctx, "ann"); !errors.Is(err, payload.ErrConfig) {
			t.Errorf("RevokeSubject: %v", err)
		}
	}
}
