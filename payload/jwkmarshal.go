package payload

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"math/big"
)

// publicJWK has the members of a public key, in the order they are written.
type publicJWK struct {
	Kty string    `json:"kty"`
	Use string    `json:"use"`
	Alg Algorithm `json:"alg"`
	Kid string    `json:"kid,omitempty"`
	Crv string    `json:"crv,omitempty"`
	N   string    `json:"n,omitempty"`
	E   string    `json:"e,omitempty"`
	X   string    `json:"x,omitempty"`
	Y   string    `json:"y,omitempty"`
}

// MarshalJWK returns the public half of the key as a JSON Web Key, which [ParseJWK] reads.
// Nothing of a private half is in it. The error wraps [ErrKey] for a secret, which has no
// public half, and for the zero Key.
func (k Key) MarshalJWK() ([]byte, error) {
	j, err := k.jwk()
	if err != nil {
		return nil, err
	}
	return json.Marshal(j)
}

func (k Key) jwk() (publicJWK, error) {
	if k.keyData == nil || k.public == nil {
		return publicJWK{}, fmt.Errorf("%w: %s has no public half", ErrKey, k)
	}
	j := publicJWK{Use: "sig", Alg: k.alg, Kid: k.id}
	encode := strict.EncodeToString
	switch public := k.public().(type) {
	case *rsa.PublicKey:
		j.Kty = "RSA"
		j.N, j.E = encode(public.N.Bytes()), encode(big.NewInt(int64(public.E)).Bytes())
	case *ecdsa.PublicKey:
		on, err := public.ECDH()
		if err != nil {
			return publicJWK{}, fmt.Errorf("%w: the key is not on its curve", ErrKey)
		}
		x, y := halves(on.Bytes()[1:]) // the first byte says that both are there
		j.Kty, j.Crv = "EC", public.Params().Name
		j.X, j.Y = encode(x), encode(y)
	case ed25519.PublicKey:
		j.Kty, j.Crv, j.X = "OKP", "Ed25519", encode(public)
	default:
		return publicJWK{}, fmt.Errorf("%w: %s has no public half", ErrKey, k)
	}
	return j, nil
}

func halves(b []byte) (first, second []byte) { return b[:len(b)/2], b[len(b)/2:] }

// PublicJWKS returns the public halves of the keys as a JSON Web Key Set, for a service
// that publishes what its tokens are verified with. [ParseJWKS] reads it.
//
// The error wraps [ErrKey] for no or more than [MaxJWKSKeys] keys, a secret, a zero Key,
// and ids that [Keys] cannot have.
func PublicJWKS(keys ...Key) ([]byte, error) {
	if _, problem := Keys(keys).open(); problem != "" {
		return nil, fmt.Errorf("%w: %s", ErrKey, problem)
	}
	if len(keys) > MaxJWKSKeys {
		return nil, fmt.Errorf("%w: more than %d keys", ErrKey, MaxJWKSKeys)
	}
	set := struct {
		Keys []publicJWK `json:"keys"`
	}{make([]publicJWK, len(keys))}
	for i, key := range keys {
		j, err := key.jwk()
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i, err)
		}
		set.Keys[i] = j
	}
	return json.Marshal(set)
}
