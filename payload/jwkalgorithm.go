package payload

import "fmt"

// curveAlgorithms has the algorithm of a key that is of a curve.
var curveAlgorithms = map[string]Algorithm{"P-256": ES256, "P-384": ES384, "P-521": ES512, "Ed25519": EdDSA}

// algorithm returns the algorithm of the key: its alg, or else that of its curve, or else
// that of [WithAlgorithm].
func (k jwk) algorithm() (Algorithm, error) {
	kty, err := k.text("kty")
	if err != nil {
		return "", err
	}
	if k.has("alg") {
		return k.ownAlgorithm()
	}
	switch kty {
	case "EC", "OKP":
		crv, err := k.text("crv")
		if err != nil {
			return "", err
		}
		alg, ok := curveAlgorithms[crv]
		if !ok {
			return "", fmt.Errorf("%w: its curve is not one for signatures here", errForeign)
		}
		return alg, nil
	case "RSA", "oct":
		if k.rules.alg == "" {
			return "", fmt.Errorf("%w: the JWK is RSA or oct and has no alg; give WithAlgorithm", ErrKey)
		}
		return k.rules.alg, nil
	}
	return "", fmt.Errorf("%w: its kty is not known", errForeign)
}

func (k jwk) ownAlgorithm() (Algorithm, error) {
	alg, err := k.text("alg")
	if err != nil {
		return "", err
	}
	if !Algorithm(alg).known() {
		return "", fmt.Errorf("%w: its alg is not one for signatures here", errForeign)
	}
	return Algorithm(alg), nil
}

func (a Algorithm) known() bool {
	_, rsa := rsaMethods[a]
	_, hmac := hmacMethods[a]
	switch a {
	case ES256, ES384, ES512, EdDSA:
		return true
	}
	return rsa || hmac
}
