package payload

import (
	"crypto/rsa"
	"fmt"
	"math"
	"math/big"
)

func (k jwk) rsa() (any, error) {
	n, err := k.number("n")
	if err != nil {
		return nil, err
	}
	e, err := k.number("e")
	if err != nil {
		return nil, err
	}
	if e.Cmp(big.NewInt(math.MaxInt32)) > 0 {
		return nil, fmt.Errorf("%w: the exponent of the JWK is too large", ErrKey)
	}
	public := rsa.PublicKey{N: n, E: int(e.Int64())}
	if !k.private() {
		return &public, nil
	}
	return k.rsaPrivate(public)
}

// rsaPrivate reads the private key of two primes, which must be given with all that is
// computed of them. What a second reader takes from there must be what this one computes.
func (k jwk) rsaPrivate(public rsa.PublicKey) (any, error) {
	if k.has("oth") {
		return nil, fmt.Errorf("%w: an RSA key of more than two primes", ErrKey)
	}
	var given [6]*big.Int
	for i, name := range []string{"d", "p", "q", "dp", "dq", "qi"} {
		number, err := k.number(name)
		if err != nil {
			return nil, err
		}
		given[i] = number
	}
	private := &rsa.PrivateKey{PublicKey: public, D: given[0], Primes: given[1:3]}
	if private.Validate() != nil {
		return nil, errHalves
	}
	private.Precompute()
	of := private.Precomputed
	if of.Dp == nil || of.Dp.Cmp(given[3]) != 0 || of.Dq.Cmp(given[4]) != 0 || of.Qinv.Cmp(given[5]) != 0 {
		return nil, errHalves
	}
	return private, nil
}
