package payload

import (
	"crypto/ecdsa"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// ECDSAKey makes a key that verifies, of a public key. Its curve decides the algorithm:
// P-256 [ES256], P-384 [ES384], P-521 [ES512]. The key is copied.
//
// The error wraps [ErrKey] for a nil or incomplete key, another curve, and a point that
// is not on its curve.
func ECDSAKey(public *ecdsa.PublicKey, opts ...KeyOption) (Key, error) {
	m, err := ecdsaMethod(public)
	if err != nil {
		return Key{}, err
	}
	own, err := copyPublic(public)
	if err != nil {
		return Key{}, err
	}
	return newKey(m, own, nil, opts)
}

// ECDSAPrivateKey makes a key that signs and verifies. Algorithm, copying and errors
// are those of [ECDSAKey]; the public half is computed from the private one.
func ECDSAPrivateKey(private *ecdsa.PrivateKey, opts ...KeyOption) (Key, error) {
	if private == nil {
		return Key{}, fmt.Errorf("%w: the ECDSA key is nil", ErrKey)
	}
	m, err := ecdsaMethod(&private.PublicKey)
	if err != nil {
		return Key{}, err
	}
	own, err := copyPrivate(private)
	if err != nil {
		return Key{}, err
	}
	return newKey(m, &own.PublicKey, own, opts)
}

func ecdsaMethod(public *ecdsa.PublicKey) (jwt.SigningMethod, error) {
	if public == nil || public.Curve == nil {
		return nil, fmt.Errorf("%w: the ECDSA key is nil or has no curve", ErrKey)
	}
	m, ok := ecdsaMethods[public.Curve.Params().Name]
	if !ok {
		return nil, fmt.Errorf("%w: an ECDSA key must be on P-256, P-384 or P-521", ErrKey)
	}
	return m, nil
}
