package payloadtest

// Token issues an access token that is right in every respect.
func (k *Kit[C]) Token(claims C) string { k.t.Helper(); return k.access(good, claims) }

// Refresh issues a refresh token: right, but refused as an access token with
// [payload.ErrType].
func (k *Kit[C]) Refresh(claims C) string {
	k.t.Helper()
	token, err := k.signers[good].Refresh(claims)
	if err != nil {
		k.t.Fatalf("payloadtest: %v", err)
	}
	return token
}

// Expired issues a token whose time has gone by, refused with [payload.ErrExpired].
func (k *Kit[C]) Expired(claims C) string { k.t.Helper(); return k.access(expired, claims) }

// Future issues a token whose time has not come, refused with [payload.ErrNotYetValid].
func (k *Kit[C]) Future(claims C) string { k.t.Helper(); return k.access(future, claims) }

// Forged issues a token that names the key of the verifier and is signed with another,
// refused with [payload.ErrSignature].
func (k *Kit[C]) Forged(claims C) string { k.t.Helper(); return k.access(forged, claims) }

// UnknownKey issues a token that names a key the verifier does not have, refused with
// [payload.ErrUnknownKey].
func (k *Kit[C]) UnknownKey(claims C) string { k.t.Helper(); return k.access(anotherKey, claims) }

// AnotherIssuer issues a token of another issuer, refused with [payload.ErrIssuer].
func (k *Kit[C]) AnotherIssuer(claims C) string { k.t.Helper(); return k.access(anotherIssuer, claims) }

// AnotherAudience issues a token for another service, refused with [payload.ErrAudience].
func (k *Kit[C]) AnotherAudience(claims C) string {
	k.t.Helper()
	return k.access(anotherAudience, claims)
}

func (k *Kit[C]) access(of kind, claims C) string {
	k.t.Helper()
	token, err := k.signers[of].Access(claims)
	if err != nil {
		k.t.Fatalf("payloadtest: %v", err)
	}
	return token
}
