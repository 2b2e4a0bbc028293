package payload_test

import (
	"crypto/rsa"
	"errors"
	"math/big"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// A modulus of the form that the chips made is refused. One that differs from it modulo a
// single prime is not.
func TestROCA(t *testing.T) {
	product := big.NewInt(2)
	for p := int64(3); p <= 701; p += 2 {
		if prime := big.NewInt(p); prime.ProbablyPrime(20) {
			product.Mul(product, prime)
		}
	}
	one := big.NewInt(1)
	n := new(big.Int).Lsh(one, 2047) // rounded up to a multiple of the product, and more
	n.Add(n, product).Sub(n, new(big.Int).Mod(n, product))
	n.Add(n, new(big.Int).Exp(big.NewInt(65537), big.NewInt(12345), product))
	key := func(n *big.Int) error {
		_, err := payload.RSAKey(payload.RS256, &rsa.PublicKey{N: n, E: 65537})
		return err
	}
	if err := key(n); n.BitLen() != 2048 || !errors.Is(err, payload.ErrKey) {
		t.Errorf("a modulus of %d bits: %v, want ErrKey", n.BitLen(), err)
	}
	for _, p := range []int64{11, 13, 17, 37} { // of which not every number is a power of 65537
		other, step, accepted := new(big.Int).Set(n), new(big.Int).Div(product, big.NewInt(p)), false
		for range p - 1 {
			accepted = accepted || key(other.Add(other, step)) == nil
		}
		if !accepted {
			t.Errorf("every modulus that differs modulo %d is refused", p)
		}
	}
}
