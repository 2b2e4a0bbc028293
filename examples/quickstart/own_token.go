package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/rolespec/rolespec/payload"
)

// caller returns the claims of the command line, or of the token there.
func (o *ownTable) caller(ctx context.Context, opts options) (anyClaims, error) {
	if opts.token == "" {
		return o.claims(opts.rules, opts.claims)
	}
	key, err := readKey(opts.key, keyID(opts.token))
	if err != nil {
		return nil, err
	}
	// Whose token it is and for whom, only its owner knows.
	verifier, err := payload.NewVerifier[anyClaims](payload.Keys{key},
		payload.AnyIssuer(), payload.AnyAudience(), payload.AnyType())
	if err != nil {
		return nil, err
	}
	claims, err := verifier.Verify(ctx, opts.token)
	var refused *payload.Error
	if errors.As(err, &refused) {
		return nil, fmt.Errorf("%w (%s)", err, refused.Reason())
	}
	return claims, err
}

// readKey reads a public key in PEM, or a secret for HS256.
func readKey(path, id string) (payload.Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return payload.Key{}, err
	}
	var opts []payload.KeyOption
	if id != "" {
		opts = append(opts, payload.KeyID(id))
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return payload.HMACKey(payload.HS256, bytes.TrimRight(text, "\r\n"), opts...)
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return payload.Key{}, fmt.Errorf("%s: %w", path, err)
	}
	switch public := public.(type) {
	case *rsa.PublicKey:
		return payload.RSAKey(payload.RS256, public, opts...)
	case *ecdsa.PublicKey:
		return payload.ECDSAKey(public, opts...)
	case ed25519.PublicKey:
		return payload.Ed25519Key(public, opts...)
	}
	return payload.Key{}, fmt.Errorf("%s holds a %T", path, public)
}

// keyID returns the key id that a token names. There is one key here and it is
// said to be the token's, so nothing is chosen by a token that nobody verified.
func keyID(token string) string {
	segment, _, _ := strings.Cut(token, ".")
	text, _ := base64.RawURLEncoding.DecodeString(segment)
	var header struct {
		ID string `json:"kid"`
	}
	_ = json.Unmarshal(text, &header) // what is no header, the verifier refuses
	return header.ID
}
