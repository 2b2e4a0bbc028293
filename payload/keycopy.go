package payload

import (
	"crypto/x509"
	"fmt"
)

// copyPublic returns a deep copy of a public key, checked on the way by crypto/x509: a
// point is on its curve, a modulus positive.
func copyPublic[K any](key K) (K, error) {
	return roundTrip(key, x509.MarshalPKIXPublicKey, x509.ParsePKIXPublicKey)
}

// copyPrivate is copyPublic for a private key.
func copyPrivate[K any](key K) (K, error) {
	return roundTrip(key, x509.MarshalPKCS8PrivateKey, x509.ParsePKCS8PrivateKey)
}

// roundTrip keeps the causes out of its error: they speak of the key. A key put together
// by hand can lack a number, on which the standard library panics.
func roundTrip[K any](key K, marshal func(any) ([]byte, error), parse func([]byte) (any, error)) (own K, err error) {
	var none K
	defer func() {
		if recover() != nil {
			own, err = none, fmt.Errorf("%w: the key is incomplete", ErrKey)
		}
	}()
	der, err := marshal(key)
	if err != nil {
		return none, fmt.Errorf("%w: the key is not valid", ErrKey)
	}
	parsed, err := parse(der)
	if err != nil {
		return none, fmt.Errorf("%w: the key is not valid", ErrKey)
	}
	own, ok := parsed.(K)
	if !ok {
		return none, fmt.Errorf("%w: the key is of another type than it says", ErrKey)
	}
	return own, nil
}
