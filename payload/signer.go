package payload

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
)

// Signer issues access and refresh tokens for claims of type C. It is made by
// [NewSigner], immutable, and safe for concurrent use. A nil Signer and the zero Signer
// sign nothing.
type Signer[C any] struct{ s *signing }

type signing struct {
	limits
	key              SigningKey
	issuer, audience string
	access, refresh  time.Duration
	shape            *shape
	embedded         func(claims any) *Registered
}

// Embeds is satisfied by the pointer to a struct C that embeds [Registered], and by
// nothing else. Its type argument is inferred: write NewSigner[Claims](...).
type Embeds[C any] interface {
	*C
	registered() *Registered
}

// NewSigner makes a Signer of a [Key] or a [KeyRing]. The key must be able to sign: a
// secret or a private key. The issuer and the audience, which every token gets, must not
// be empty.
//
// The error wraps [ErrConfig], and its text names everything that is missing,
// contradictory or out of range. C is restricted as in [NewVerifier].
func NewSigner[C any, P Embeds[C]](key SigningKey, issuer, audience string, opts ...SignerOption) (*Signer[C], error) {
	of, problem := inspect[C]()
	b := &signerBuild{signing: signing{
		limits:   defaultLimits,
		key:      key,
		issuer:   issuer,
		audience: audience,
		access:   defaultAccess,
		refresh:  defaultRefresh,
		shape:    of.shape,
		embedded: func(claims any) *Registered { return claims.(P).registered() },
	}}
	b.apply(opts)
	if problem != "" {
		b.problem("%s", problem)
	}
	if err := b.err(); err != nil {
		return nil, err
	}
	s := b.signing // not b itself, which holds more
	return &Signer[C]{s: &s}, nil
}

// Access issues a token with the typ claim [TypeAccess]. The caller sets the subject, the
// roles and the claims of its own; the Signer sets the rest: iss, aud, iat and nbf (now,
// in whole seconds), exp, jti (random) and typ. The claims passed in are not changed.
//
// The error wraps [ErrSign] if one of the claims that the Signer sets is set already, if
// the claims do not marshal, or if the token would not be read back as it was meant by a
// [Verifier] of the same C: ambiguous names, a MarshalJSON that changes a registered
// claim, text that is not UTF-8 in one, nesting or size beyond the limits. To issue a
// token for claims that came from a token, take over what is the caller's:
//
//	claims.Registered = payload.Registered{Subject: claims.Subject, Roles: claims.Roles}
func (s *Signer[C]) Access(claims C) (string, error) {
	if s == nil || s.s == nil {
		return "", errNoSigner
	}
	return s.s.issue(&claims, TypeAccess, rand.Text())
}

// Refresh is [Signer.Access] for a token with the typ claim [TypeRefresh] and the lifetime
// of refresh tokens.
func (s *Signer[C]) Refresh(claims C) (string, error) {
	if s == nil || s.s == nil {
		return "", errNoSigner
	}
	return s.s.issue(&claims, TypeRefresh, rand.Text())
}

var errNoSigner = fmt.Errorf("%w: the signer was not made by NewSigner", ErrSign)

// issue signs claims, a pointer to a copy that is the signer's own and then holds what was
// signed.
func (s *signing) issue(claims any, typ, id string) (string, error) {
	reg := s.embedded(claims)
	if name := alreadySet(reg); name != "" {
		return "", fmt.Errorf("%w: claim %s is set by the signer and must be empty", ErrSign, name)
	}
	now := s.now().UTC().Truncate(time.Second)
	reg.Issuer, reg.Audience, reg.Type, reg.ID = s.issuer, Audience{s.audience}, typ, id
	reg.IssuedAt, reg.NotBefore = NumericDate{now}, NumericDate{now}
	reg.ExpiresAt = NumericDate{now.Add(s.lifetime(typ))}
	doc, err := json.Marshal(claims)
	if err != nil { // its text can hold a value
		return "", fmt.Errorf("%w: they do not marshal to JSON", ErrSign)
	}
	if reason := s.readBack(doc, reg); reason != "" {
		return "", fmt.Errorf("%w: %s", ErrSign, reason)
	}
	return s.seal(doc)
}

func (s *signing) lifetime(typ string) time.Duration {
	if typ == TypeRefresh {
		return s.refresh
	}
	return s.access
}

// alreadySet names a claim that the signer is to set and the caller has.
func alreadySet(r *Registered) string {
	switch {
	case r.Issuer != "":
		return "iss"
	case len(r.Audience) != 0:
		return "aud"
	case !r.ExpiresAt.IsZero():
		return "exp"
	case !r.NotBefore.IsZero():
		return "nbf"
	case !r.IssuedAt.IsZero():
		return "iat"
	case r.ID != "":
		return "jti"
	case r.Type != "":
		return "typ"
	}
	return ""
}

// readBack reads what is about to be signed as a verifier will.
func (s *signing) readBack(doc []byte, meant *Registered) (reason string) {
	all, reason := members(doc, DefaultMaxDepth, s.shape)
	if reason != "" {
		return reason
	}
	var read Registered
	if reason := read.read(all, true); reason != "" {
		return reason
	}
	if !read.same(meant) {
		return "a registered claim would not be read as it was set"
	}
	return ""
}

// seal makes the token of the claims in doc, all of it with one key: a ring may change.
func (s *signing) seal(doc []byte) (string, error) {
	key := s.key.signingKey()
	head, err := json.Marshal(struct {
		Alg Algorithm `json:"alg"`
		Typ string    `json:"typ"`
		Kid string    `json:"kid,omitempty"`
	}{key.alg, "JWT", key.id})
	if err != nil {
		return "", fmt.Errorf("%w: the header does not marshal to JSON", ErrSign)
	}
	input := base64.RawURLEncoding.EncodeToString(head) + "." + base64.RawURLEncoding.EncodeToString(doc)
	signature, err := key.sign(input)
	if err != nil {
		return "", fmt.Errorf("%w: the key failed", ErrSign)
	}
	token := input + "." + base64.RawURLEncoding.EncodeToString(signature)
	if len(token) > s.size {
		return "", fmt.Errorf("%w: the token has %d bytes, the limit is %d", ErrSign, len(token), s.size)
	}
	return token, nil
}
