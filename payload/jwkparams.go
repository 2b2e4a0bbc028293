package payload

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/x509"
	"fmt"
	"slices"
)

// material returns the key of a JWK that is no secret, of a type of the standard library.
func (k jwk) material() (any, error) {
	switch kty, _ := k.text("kty"); kty {
	case "RSA":
		return k.rsa()
	case "EC":
		return k.ec()
	case "OKP":
		return k.okp()
	}
	return nil, fmt.Errorf("%w: its kty is not known", errForeign)
}

func (k jwk) secret(alg Algorithm, opts []KeyOption) (Key, error) {
	secret, err := k.octets("k")
	if err != nil {
		return Key{}, err
	}
	return HMACKey(alg, secret, opts...)
}

var jwkCurves = map[string]struct {
	curve ecdh.Curve
	size  int // of a coordinate and of a private key, in bytes
}{
	"P-256": {ecdh.P256(), 32},
	"P-384": {ecdh.P384(), 48},
	"P-521": {ecdh.P521(), 66},
}

// ec goes by way of crypto/ecdh, which makes no key of a point that is off its curve, and
// of PKIX or PKCS#8.
func (k jwk) ec() (any, error) {
	crv, err := k.text("crv")
	if err != nil {
		return nil, err
	}
	of, ok := jwkCurves[crv]
	if !ok {
		return nil, fmt.Errorf("%w: its curve is not one for signatures here", errForeign)
	}
	x, err := k.fixed("x", of.size)
	if err != nil {
		return nil, err
	}
	y, err := k.fixed("y", of.size)
	if err != nil {
		return nil, err
	}
	const uncompressed = 4
	public, err := of.curve.NewPublicKey(slices.Concat([]byte{uncompressed}, x, y))
	if err != nil {
		return nil, fmt.Errorf("%w: the JWK is not a point of its curve", ErrKey)
	}
	if !k.private() {
		return convert(public, x509.MarshalPKIXPublicKey, x509.ParsePKIXPublicKey)
	}
	d, err := k.fixed("d", of.size)
	if err != nil {
		return nil, err
	}
	private, err := of.curve.NewPrivateKey(d)
	if err != nil || !private.PublicKey().Equal(public) {
		return nil, errHalves
	}
	return convert(private, x509.MarshalPKCS8PrivateKey, x509.ParsePKCS8PrivateKey)
}

var errHalves = fmt.Errorf("%w: the private half of the JWK is not that of its public half", ErrKey)

func convert(key any, marshal func(any) ([]byte, error), parse func([]byte) (any, error)) (any, error) {
	der, err := marshal(key)
	if err != nil {
		return nil, fmt.Errorf("%w: the JWK is not valid", ErrKey)
	}
	converted, err := parse(der)
	if err != nil {
		return nil, fmt.Errorf("%w: the JWK is not valid", ErrKey)
	}
	return converted, nil
}

func (k jwk) okp() (any, error) {
	switch crv, err := k.text("crv"); {
	case err != nil:
		return nil, err
	case crv != "Ed25519":
		return nil, fmt.Errorf("%w: its curve is not one for signatures here", errForeign)
	}
	x, err := k.fixed("x", ed25519.PublicKeySize)
	if err != nil {
		return nil, err
	}
	public := ed25519.PublicKey(x)
	if !k.private() {
		return public, nil
	}
	d, err := k.fixed("d", ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	private := ed25519.NewKeyFromSeed(d)
	if !public.Equal(private.Public()) {
		return nil, errHalves
	}
	return private, nil
}
