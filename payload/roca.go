package payload

import "math/big"

// rocaPrimes is where the primes end that a modulus is tried by. The library that made
// the keys used as many for 2,048 bits, and more for longer keys.
const rocaPrimes = 701

// roca reports whether an RSA modulus is of keys that can be factored because of how they
// were made: those of chips of Infineon until 2017 (ROCA, CVE-2017-15361). They are
// powers of 65537 modulo each of the first primes. Of other moduli less than one in 2^150
// is, and most are told by the first few primes.
func roca(n *big.Int) bool {
	rest := new(big.Int)
	for p := int64(3); p <= rocaPrimes; p += 2 {
		prime := big.NewInt(p)
		if prime.ProbablyPrime(0) && !isPower(rest.Mod(n, prime).Int64(), 65537%p, p) {
			return false
		}
	}
	return true
}

// isPower reports whether n is a power of g modulo p.
func isPower(n, g, p int64) bool {
	for power := g; ; power = power * g % p {
		switch power {
		case n:
			return true
		case 1:
			return false
		}
	}
}
