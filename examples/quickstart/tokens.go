package main

import (
	"crypto/rand"
	"crypto/rsa"

	"github.com/rolespec/rolespec/payload"
)

const (
	issuer   = "https://login.example"
	audience = "tasks"
)

// tokens issues and verifies the tokens of the program. In a service with a login
// elsewhere only the verifier is here.
type tokens struct {
	secret   payload.Key
	signers  map[payload.Algorithm]*payload.Signer[Claims]
	verifier *payload.Verifier[Claims]
}

// newTokens makes two keys, a secret and a pair, a signer for each and a verifier
// that knows both. A token says by its key id which one it is signed with, and
// each key is bound to one algorithm.
func newTokens() (*tokens, error) {
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	secret, err := payload.HMACKey(payload.HS256, random, payload.KeyID("secret"))
	if err != nil {
		return nil, err
	}
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	private, err := payload.RSAPrivateKey(payload.RS256, pair, payload.KeyID("pair"))
	if err != nil {
		return nil, err
	}
	public, err := payload.RSAKey(payload.RS256, &pair.PublicKey, payload.KeyID("pair"))
	if err != nil {
		return nil, err
	}

	t := &tokens{secret: secret, signers: map[payload.Algorithm]*payload.Signer[Claims]{}}
	for _, key := range []payload.Key{secret, private} {
		t.signers[key.Algorithm()], err = payload.NewSigner[Claims](key, issuer, audience)
		if err != nil {
			return nil, err
		}
	}
	t.verifier, err = payload.NewVerifier[Claims](payload.Keys{secret, public},
		payload.WithIssuer(issuer),
		payload.WithAudience(audience),
		payload.WithRequired("sub", "account"))
	return t, err
}
