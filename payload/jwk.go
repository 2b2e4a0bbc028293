package payload

import "fmt"

// ParseJWK reads a JSON Web Key (RFC 7517) for signatures: RSA, EC on P-256, P-384 or
// P-521, OKP on Ed25519 (RFC 8037), and, with [WithPrivateKeys], their private keys and
// oct, a secret. Its kid is the id of the key.
//
// It is strict JSON, as the claims of a token are. Numbers and points are base64url in
// their only spelling and of their only length. The key is bound to its alg, which must
// be there for RSA and oct (see [WithAlgorithm]) and must fit its kind and curve. use and
// key_ops are honoured: a key that is for something else than signatures is refused, and
// one that is for signing only, or for verifying only, does no more. The certificates a
// key brings along or points to (x5c, x5u, x5t) are neither read nor fetched.
//
// The error wraps [ErrKey], also for keys that [RSAKey], [ECDSAKey], [Ed25519Key] or
// [HMACKey] refuse, for a private key that does not belong to its public half, and for
// more than [MaxJWKSSize] bytes. It holds nothing of the key.
func ParseJWK(data []byte, opts ...JWKOption) (Key, error) {
	rules, err := jwkRulesOf(opts)
	if err != nil {
		return Key{}, err
	}
	return rules.parse(data)
}

// errForeign is the error of a key that may be good for somebody, but has no place here.
// A set of keys may hold such; RFC 7517 asks to ignore them.
var errForeign = fmt.Errorf("%w: a JWK for something else", ErrKey)

func (r jwkRules) parse(data []byte) (Key, error) {
	all, err := strictObject(data, jwkShape)
	if err != nil {
		return Key{}, err
	}
	k := jwk{rules: r, members: make(map[string][]byte, len(all))}
	for _, m := range all {
		k.members[string(m.name)] = m.value
	}
	return k.key()
}

// jwk is a key as it was written.
type jwk struct {
	rules   jwkRules
	members map[string][]byte
}

// jwkShape has the names that must not appear in another case.
var jwkShape = func() *shape {
	s := newShape()
	for _, name := range []string{"kty", "use", "key_ops", "alg", "kid", "crv", "n", "e", "x", "y"} {
		s.add(name, nil)
	}
	for _, name := range privateMembers {
		s.add(name, nil)
	}
	return s
}()

// privateMembers are those that no public key has.
var privateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func (k jwk) private() bool {
	for _, name := range privateMembers {
		if k.has(name) {
			return true
		}
	}
	return false
}

func (k jwk) key() (Key, error) {
	if k.private() && !k.rules.private {
		return Key{}, fmt.Errorf("%w: a private key or a secret where public keys are expected", ErrKey)
	}
	may, err := k.purpose()
	if err != nil {
		return Key{}, err
	}
	alg, err := k.algorithm()
	if err != nil {
		return Key{}, err
	}
	opts := []KeyOption{may.restrict}
	if k.has("kid") {
		kid, err := k.text("kid")
		if err != nil {
			return Key{}, err
		}
		opts = append(opts, KeyID(kid))
	}
	if kty, _ := k.text("kty"); kty == "oct" {
		return k.secret(alg, opts)
	}
	material, err := k.material()
	if err != nil {
		return Key{}, err
	}
	return materialKey(alg, material, opts)
}
