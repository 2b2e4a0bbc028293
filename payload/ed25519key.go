package payload

import (
	"crypto/ed25519"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// Ed25519Key makes a key that verifies [EdDSA], of a public key, which is copied. The
// error wraps [ErrKey] for a key that is nil, of the wrong length, no point of the curve,
// or a point of small order, for which anybody can make signatures that fit.
func Ed25519Key(public ed25519.PublicKey, opts ...KeyOption) (Key, error) {
	if len(public) != ed25519.PublicKeySize {
		return Key{}, fmt.Errorf("%w: an Ed25519 public key of %d bytes, not %d", ErrKey, len(public), ed25519.PublicKeySize)
	}
	if !goodPoint(public) {
		return Key{}, fmt.Errorf("%w: the Ed25519 key is not a point of its curve, or of small order", ErrKey)
	}
	own, err := copyPublic(public)
	if err != nil {
		return Key{}, err
	}
	return newKey(jwt.SigningMethodEdDSA, own, nil, opts)
}

// Ed25519PrivateKey makes a key that signs and verifies [EdDSA]. The public half is
// computed from the private one. The error wraps [ErrKey] for a key that is nil or of
// the wrong length.
func Ed25519PrivateKey(private ed25519.PrivateKey, opts ...KeyOption) (Key, error) {
	if len(private) != ed25519.PrivateKeySize {
		return Key{}, fmt.Errorf("%w: an Ed25519 private key of %d bytes, not %d", ErrKey, len(private), ed25519.PrivateKeySize)
	}
	own, err := copyPrivate(private)
	if err != nil {
		return Key{}, err
	}
	public, _ := own.Public().(ed25519.PublicKey)
	return newKey(jwt.SigningMethodEdDSA, public, own, opts)
}
