package payload

import (
	"crypto/ed25519"
	"math/big"
	"slices"
)

// The field and the constant d of the curve of Ed25519, -x² + y² = 1 + dx²y².
var (
	edwardsP = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	edwardsD = func() *big.Int {
		d := new(big.Int).ModInverse(big.NewInt(121666), edwardsP)
		return mod(d.Mul(d, big.NewInt(-121665)))
	}()
)

func mod(n *big.Int) *big.Int { return n.Mod(n, edwardsP) }

// goodPoint reports whether 32 bytes are a point of the curve, in its only spelling, and
// not one of the eight whose order is small: for these anybody can make signatures that
// fit. crypto/ed25519 looks at a key no sooner than it verifies, and not for that.
func goodPoint(public ed25519.PublicKey) bool {
	if len(public) != ed25519.PublicKeySize {
		return false
	}
	bigEndian := slices.Clone(public)
	slices.Reverse(bigEndian)
	bigEndian[0] &= 0x7f // the sign of x
	y := new(big.Int).SetBytes(bigEndian)
	if y.Cmp(edwardsP) >= 0 {
		return false
	}
	one := big.NewInt(1)
	yy := mod(new(big.Int).Mul(y, y))
	dyy := mod(new(big.Int).Mul(edwardsD, yy))
	u := mod(new(big.Int).Sub(yy, one)) // x² is u/v,
	v := mod(new(big.Int).Add(dyy, one))
	uv := mod(new(big.Int).Mul(u, v)) // a square if uv is one
	if big.Jacobi(uv, edwardsP) != 1 || y.Sign() == 0 {
		return false // off the curve, x = 0 (order 1 and 2) or y = 0 (order 4)
	}
	// Twice a point of order 8 has y = 0, which is x² = -y², or dy⁴ + 2y² = 1.
	eighth := mod(new(big.Int).Add(new(big.Int).Mul(dyy, yy), new(big.Int).Lsh(yy, 1)))
	return eighth.Cmp(one) != 0
}
