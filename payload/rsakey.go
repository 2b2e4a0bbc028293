package payload

import (
	"crypto/rsa"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// The sizes of RSA keys, in bits. Below the first a key is weak; above the second it
// only serves to keep the verifier busy.
const (
	rsaLeastBits = 2048
	rsaMostBits  = 16384
)

// RSAKey makes a key that verifies, of a public key, for [RS256], [RS384], [RS512],
// [PS256], [PS384] or [PS512]. The key is copied.
//
// The error wraps [ErrKey] for another algorithm, a nil or incomplete key, less than
// 2,048 or more than 16,384 bits, an exponent that is even or below 3, and a key that can
// be factored because of who made it (ROCA, CVE-2017-15361).
func RSAKey(alg Algorithm, public *rsa.PublicKey, opts ...KeyOption) (Key, error) {
	m, err := rsaMethod(alg)
	if err != nil {
		return Key{}, err
	}
	own, err := copyRSA(public)
	if err != nil {
		return Key{}, err
	}
	return newKey(m, own, nil, opts)
}

// RSAPrivateKey makes a key that signs and verifies. Algorithms, copying and errors are
// those of [RSAKey]; a private key that is inconsistent is an error too.
func RSAPrivateKey(alg Algorithm, private *rsa.PrivateKey, opts ...KeyOption) (Key, error) {
	m, err := rsaMethod(alg)
	if err != nil {
		return Key{}, err
	}
	if private == nil {
		return Key{}, fmt.Errorf("%w: the RSA key is nil", ErrKey)
	}
	public, err := copyRSA(&private.PublicKey)
	if err != nil {
		return Key{}, err
	}
	own, err := copyPrivate(private)
	if err != nil {
		return Key{}, err
	}
	return newKey(m, public, own, opts)
}

func rsaMethod(alg Algorithm) (jwt.SigningMethod, error) {
	m, ok := rsaMethods[alg]
	if !ok {
		return nil, fmt.Errorf("%w: %q is not an RSA algorithm", ErrKey, string(alg))
	}
	return m, nil
}

func copyRSA(public *rsa.PublicKey) (*rsa.PublicKey, error) {
	if public == nil {
		return nil, fmt.Errorf("%w: the RSA key is nil", ErrKey)
	}
	own, err := copyPublic(public)
	if err != nil {
		return nil, err
	}
	switch bits := own.N.BitLen(); {
	case bits < rsaLeastBits:
		return nil, fmt.Errorf("%w: an RSA key of %d bits, at least %d are needed", ErrKey, bits, rsaLeastBits)
	case bits > rsaMostBits:
		return nil, fmt.Errorf("%w: an RSA key of %d bits, at most %d are allowed", ErrKey, bits, rsaMostBits)
	case own.N.Bit(0) == 0, own.E < 3, own.E%2 == 0:
		return nil, fmt.Errorf("%w: not an RSA key: its modulus or exponent is even or too small", ErrKey)
	case roca(own.N):
		return nil, fmt.Errorf("%w: an RSA key that can be factored (ROCA, CVE-2017-15361)", ErrKey)
	}
	return own, nil
}
