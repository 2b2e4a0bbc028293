package payload

// SigningKey is what a [Signer] signs with: a [Key], or a [KeyRing] whose key can be
// changed while the Signer works. The set is closed.
type SigningKey interface {
	// signingKey returns the key to sign one token with.
	signingKey() Key
}

func (k Key) signingKey() Key { return k }

func (r *KeyRing) signingKey() Key { return r.Signing() }
