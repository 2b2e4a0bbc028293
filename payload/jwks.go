package payload

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// The limits of a set of keys.
const (
	MaxJWKSSize = 512 << 10 // bytes
	MaxJWKSKeys = 100
)

// ParseJWKS reads a JSON Web Key Set (RFC 7517), each key as [ParseJWK] does. Keys for
// something else than signatures, and of kinds, curves and algorithms that this package
// does not have, are left out, as the RFC asks; everything else that [ParseJWK] refuses
// makes the whole set refused, so that a mistake is seen and not lived with. So are
// private keys and secrets, unless [WithPrivateKeys] is given, even those of keys that
// would be left out.
//
// A set is for everybody or for nobody else. One that holds both secrets and keys with a
// public half is refused even with [WithPrivateKeys]: read two sets, and put their [Keys]
// together.
//
// The error wraps [ErrKey]: also for a set without a key for signatures, one that could
// not be the [Keys] of a Verifier because of its ids, more than [MaxJWKSKeys] keys and
// more than [MaxJWKSSize] bytes. It holds nothing of the keys but their position.
func ParseJWKS(data []byte, opts ...JWKOption) (Keys, error) {
	rules, err := jwkRulesOf(opts)
	if err != nil {
		return nil, err
	}
	list, err := jwksList(data)
	if err != nil {
		return nil, err
	}
	keys := make(Keys, 0, len(list))
	for i, data := range list {
		switch key, err := rules.parse(data); {
		case errors.Is(err, errForeign):
		case err != nil:
			return nil, fmt.Errorf("key %d of the set: %w", i, err)
		default:
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%w: the set has no key for signatures", ErrKey)
	}
	if _, problem := keys.open(); problem != "" {
		return nil, fmt.Errorf("%w: the set: %s", ErrKey, problem)
	}
	if keys.mixed() {
		return nil, fmt.Errorf("%w: the set has secrets beside keys that are none", ErrKey)
	}
	return keys, nil
}

// mixed reports whether there are secrets among keys with a public half.
func (k Keys) mixed() bool {
	secrets := 0
	for _, key := range k {
		if key.public == nil {
			secrets++
		}
	}
	return secrets > 0 && secrets < len(k)
}

// jwksList returns the keys of a set as they were written.
func jwksList(data []byte) ([]json.RawMessage, error) {
	all, err := strictObject(data, jwksShape)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	for _, m := range all {
		if string(m.name) == "keys" && json.Unmarshal(m.value, &list) != nil {
			return nil, fmt.Errorf("%w: member keys of the set is not a list", ErrKey)
		}
	}
	if len(list) == 0 || len(list) > MaxJWKSKeys {
		return nil, fmt.Errorf("%w: a set of %d keys, 1 to %d are allowed", ErrKey, len(list), MaxJWKSKeys)
	}
	return list, nil
}

var jwksShape = func() *shape {
	s := newShape()
	s.add("keys", nil)
	return s
}()

// ReadJWKS reads the file at path, a JSON Web Key Set, as [ParseJWKS] does. A file that
// cannot be read is an error of package os, which names the path.
func ReadJWKS(path string, opts ...JWKOption) (Keys, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxJWKSSize+1))
	if err != nil {
		return nil, err
	}
	return ParseJWKS(data, opts...)
}
