package payload

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
)

// Key is a key bound to one [Algorithm], made by [HMACKey], [RSAKey], [RSAPrivateKey],
// [ECDSAKey], [ECDSAPrivateKey], [Ed25519Key] or [Ed25519PrivateKey], or read by
// [ParsePEM], [ParseJWK], [ParseJWKS] or [ParseCertificates]. It is immutable and safe
// for concurrent use. The zero Key is no key: every constructor that is given one fails.
//
// A Key keeps its own copy of the key it was made from and never shows it: all fmt
// verbs, slog and JSON see the algorithm and the id at most. Only [Key.MarshalJWK]
// writes the public half.
type Key struct {
	_ [0]func() // not comparable
	*keyData
}

// keyData holds the material only inside the functions, out of reach of fmt, reflection
// and dumpers that ignore methods.
type keyData struct {
	alg    Algorithm
	id     string
	verify func(input string, signature []byte) error
	sign   func(input string) ([]byte, error) // nil: the key only verifies
	public func() any                         // nil: the key is a secret
}

// KeyOption changes how a key is made. A nil KeyOption is an error.
type KeyOption func(*keyData) error

// KeyID gives a key its id, the kid header of the tokens it signs. It must be text of
// 1 to 255 bytes without control characters. By default a key has no id: its tokens
// carry no kid, and it verifies only tokens without one.
func KeyID(id string) KeyOption {
	return func(k *keyData) error {
		switch {
		case k.id != "":
			return fmt.Errorf("%w: KeyID given twice", ErrKey)
		case id == "":
			return fmt.Errorf("%w: the id is empty; leave KeyID out for a key without one", ErrKey)
		case len(id) > 255, !utf8.ValidString(id), strings.ContainsFunc(id, unicode.IsControl):
			return fmt.Errorf("%w: the id is not text of at most 255 bytes without control characters", ErrKey)
		}
		k.id = id
		return nil
	}
}

// ID returns the id given with [KeyID], "" for none and for the zero Key.
func (k Key) ID() string {
	if k.keyData == nil {
		return ""
	}
	return k.id
}

// Algorithm returns the one algorithm of the key, "" for the zero Key.
func (k Key) Algorithm() Algorithm {
	if k.keyData == nil {
		return ""
	}
	return k.alg
}

// CanSign reports whether the key can make signatures: secrets and private keys can,
// public keys and the zero Key cannot.
func (k Key) CanSign() bool { return k.keyData != nil && k.sign != nil }

// String describes the key by algorithm and id.
func (k Key) String() string {
	if k.keyData == nil {
		return "no key"
	}
	if k.id == "" {
		return string(k.alg) + " key"
	}
	return string(k.alg) + " key " + strconv.Quote(k.id)
}

// GoString returns [Key.String] in brackets, so %#v shows no more than %v.
func (k Key) GoString() string { return "payload.Key(" + k.String() + ")" }

// Format writes [Key.GoString] for %#v and [Key.String] for every other verb.
func (k Key) Format(s fmt.State, verb rune) {
	text := k.String()
	if verb == 'v' && s.Flag('#') {
		text = k.GoString()
	}
	_, _ = s.Write([]byte(text))
}

// LogValue logs [Key.String].
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// newKey finishes a key; private is nil for a key that only verifies.
func newKey(m jwt.SigningMethod, public, private any, opts []KeyOption) (Key, error) {
	data := &keyData{
		alg:    Algorithm(m.Alg()),
		verify: func(input string, sig []byte) error { return m.Verify(input, sig, public) },
	}
	if private != nil {
		data.sign = func(input string) ([]byte, error) { return m.Sign(input, private) }
	}
	if _, secret := public.([]byte); !secret {
		data.public = func() any { return public }
	}
	for _, opt := range opts {
		if opt == nil {
			return Key{}, fmt.Errorf("%w: a nil KeyOption", ErrKey)
		}
		if err := opt(data); err != nil {
			return Key{}, err
		}
	}
	return Key{keyData: data}, nil
}
