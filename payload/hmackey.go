package payload

import (
	"bytes"
	"fmt"
)

// HMACKey makes a key of a secret for [HS256], [HS384] or [HS512]. The secret signs and
// verifies, so whoever can verify can also issue. It must be random and at least as
// long as the hash: 32, 48 or 64 bytes. The slice is copied; it can be wiped afterwards.
//
// The error wraps [ErrKey] for another algorithm, a nil or short secret, one byte
// repeated (a buffer nobody filled), and PEM text (a public key used as a secret).
func HMACKey(alg Algorithm, secret []byte, opts ...KeyOption) (Key, error) {
	m, ok := hmacMethods[alg]
	switch {
	case !ok:
		return Key{}, fmt.Errorf("%w: %q is not an HMAC algorithm", ErrKey, string(alg))
	case len(secret) < m.least:
		return Key{}, fmt.Errorf("%w: a secret of %d bytes, %s needs at least %d", ErrKey, len(secret), alg, m.least)
	case bytes.Count(secret, secret[:1]) == len(secret):
		return Key{}, fmt.Errorf("%w: the secret is one byte repeated", ErrKey)
	case bytes.Contains(secret, []byte("-----BEGIN ")):
		return Key{}, fmt.Errorf("%w: the secret is PEM text; keys in PEM are not secrets of an HMAC", ErrKey)
	}
	own := bytes.Clone(secret)
	return newKey(m.method, own, own, opts)
}
