package payload

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
)

// materialKey makes a key of the types that crypto/x509 reads, for the algorithm alg. An
// RSA key can serve several, so it is bound to alg; for the others alg must be theirs.
func materialKey(alg Algorithm, material any, opts []KeyOption) (Key, error) {
	key, err := Key{}, error(nil)
	switch m := material.(type) {
	case *rsa.PublicKey:
		key, err = RSAKey(alg, m, opts...)
	case *rsa.PrivateKey:
		key, err = RSAPrivateKey(alg, m, opts...)
	case *ecdsa.PublicKey:
		key, err = ECDSAKey(m, opts...)
	case *ecdsa.PrivateKey:
		key, err = ECDSAPrivateKey(m, opts...)
	case ed25519.PublicKey:
		key, err = Ed25519Key(m, opts...)
	case ed25519.PrivateKey:
		key, err = Ed25519PrivateKey(m, opts...)
	default:
		return Key{}, fmt.Errorf("%w: the key is not RSA, ECDSA or Ed25519", ErrKey)
	}
	if err != nil {
		return Key{}, err
	}
	if key.alg != alg {
		return Key{}, fmt.Errorf("%w: the key is for %s, not for %q", ErrKey, key.alg, string(alg))
	}
	return key, nil
}
