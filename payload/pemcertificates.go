package payload

import (
	"bytes"
	"fmt"
)

// ParseCertificates reads a JSON object of certificates in PEM by key id, the form in
// which Google publishes the keys of its Identity Platform. The keys verify [RS256].
//
// The object is read as strictly as the claims of a token. The error wraps [ErrKey] for
// one that is not strict JSON, has no or more than [MaxJWKSKeys] members or is larger
// than [MaxJWKSSize], and for a member that is not one PEM certificate of an RSA key;
// see [ParsePEM] for what of a certificate counts.
func ParseCertificates(data []byte) (Keys, error) {
	all, err := strictObject(data, nil)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 || len(all) > MaxJWKSKeys {
		return nil, fmt.Errorf("%w: %d certificates, 1 to %d are allowed", ErrKey, len(all), MaxJWKSKeys)
	}
	keys := make(Keys, 0, len(all))
	for i, m := range all {
		key, err := certificateKey(m)
		if err != nil {
			return nil, fmt.Errorf("certificate %d: %w", i, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func certificateKey(m member) (Key, error) {
	certificate, ok := text(m.value)
	if !ok || !bytes.HasPrefix(bytes.TrimSpace([]byte(certificate)), []byte("-----BEGIN CERTIFICATE-----")) {
		return Key{}, fmt.Errorf("%w: not a certificate in PEM", ErrKey)
	}
	return ParsePEM(RS256, []byte(certificate), KeyID(string(m.name)))
}
