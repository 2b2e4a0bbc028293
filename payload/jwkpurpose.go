package payload

import (
	"fmt"
	"slices"
)

// purpose is what a key may be used for, by its use and key_ops.
type purpose struct{ sign, verify bool }

// purpose reads use and key_ops. A key that has neither may do what it can.
func (k jwk) purpose() (purpose, error) {
	if k.has("use") {
		switch use, err := k.text("use"); {
		case err != nil:
			return purpose{}, err
		case use != "sig":
			return purpose{}, fmt.Errorf("%w: its use is not sig", errForeign)
		}
	}
	if !k.has("key_ops") {
		return purpose{sign: true, verify: true}, nil
	}
	ops, ok := texts(k.members["key_ops"])
	if !ok {
		return purpose{}, fmt.Errorf("%w: member key_ops of the JWK is not a list of texts", ErrKey)
	}
	if slices.Sort(ops); len(slices.Compact(slices.Clone(ops))) < len(ops) {
		return purpose{}, fmt.Errorf("%w: member key_ops of the JWK names an operation twice", ErrKey)
	}
	may := purpose{sign: slices.Contains(ops, "sign"), verify: slices.Contains(ops, "verify")}
	for _, op := range ops {
		if op != "sign" && op != "verify" {
			return purpose{}, fmt.Errorf("%w: its key_ops are not sign and verify alone", errForeign)
		}
	}
	if !may.verify && !(may.sign && k.private()) {
		return purpose{}, fmt.Errorf("%w: its key_ops leave nothing it can do", errForeign)
	}
	return may, nil
}

// restrict is the [KeyOption] of a purpose.
func (p purpose) restrict(k *keyData) error {
	if !p.sign {
		k.sign = nil
	}
	if !p.verify {
		k.verify = func(string, []byte) error { return fmt.Errorf("%w: its key_ops do not hold verify", ErrKey) }
	}
	return nil
}
