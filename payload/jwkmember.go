package payload

import (
	"fmt"
	"math/big"
)

// strictObject is members for a document of keys, bounded in size and depth.
func strictObject(data []byte, s *shape) ([]member, error) {
	const depth = 8
	if len(data) > MaxJWKSSize {
		return nil, fmt.Errorf("%w: JSON of more than %d bytes", ErrKey, MaxJWKSSize)
	}
	all, reason := members(data, depth, s)
	if reason != "" {
		return nil, fmt.Errorf("%w: JSON of keys: %s", ErrKey, reason)
	}
	return all, nil
}

func (k jwk) has(name string) bool { return k.members[name] != nil }

// text returns a member that must be there and be text. The names are those of this
// package, so an error may hold them.
func (k jwk) text(name string) (string, error) {
	if !k.has(name) {
		return "", fmt.Errorf("%w: the JWK has no %s", ErrKey, name)
	}
	s, ok := text(k.members[name])
	if !ok {
		return "", fmt.Errorf("%w: member %s of the JWK is not text", ErrKey, name)
	}
	return s, nil
}

// octets returns a member that is base64url in its only spelling.
func (k jwk) octets(name string) ([]byte, error) {
	s, err := k.text(name)
	if err != nil {
		return nil, err
	}
	for i := range len(s) {
		if !alphabet[s[i]] {
			return nil, fmt.Errorf("%w: member %s of the JWK is not base64url", ErrKey, name)
		}
	}
	data, reason := decodeSegment(s)
	if reason != "" {
		return nil, fmt.Errorf("%w: member %s of the JWK is %s", ErrKey, name, reason)
	}
	return data, nil
}

// fixed returns a member of exactly that many bytes.
func (k jwk) fixed(name string, size int) ([]byte, error) {
	data, err := k.octets(name)
	if err != nil {
		return nil, err
	}
	if len(data) != size {
		return nil, fmt.Errorf("%w: member %s of the JWK has not the length of its curve", ErrKey, name)
	}
	return data, nil
}

// number returns a member that is a positive number without a leading zero.
func (k jwk) number(name string) (*big.Int, error) {
	data, err := k.octets(name)
	switch {
	case err != nil:
		return nil, err
	case len(data) == 0 || data[0] == 0:
		return nil, fmt.Errorf("%w: member %s of the JWK is zero or begins with one", ErrKey, name)
	case len(data) > rsaMostBits/8:
		return nil, fmt.Errorf("%w: member %s of the JWK is too large", ErrKey, name)
	}
	return new(big.Int).SetBytes(data), nil
}
