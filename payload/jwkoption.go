package payload

import "fmt"

// JWKOption changes how JSON Web Keys are read. Giving an option twice is an error, and
// so is a nil JWKOption.
type JWKOption func(*jwkRules) error

// jwkRules are what the options say.
type jwkRules struct {
	alg     Algorithm // of RSA keys and secrets without one
	private bool
}

// WithAlgorithm gives an algorithm to the RSA keys and secrets that name none. They could
// serve several, so without it they are refused; the curve of any other key decides. It
// must be one of RSA or of HMAC, and a key that it does not fit is refused.
func WithAlgorithm(alg Algorithm) JWKOption {
	return func(r *jwkRules) error {
		_, rsa := rsaMethods[alg]
		_, hmac := hmacMethods[alg]
		switch {
		case r.alg != "":
			return fmt.Errorf("%w: WithAlgorithm given twice", ErrKey)
		case !rsa && !hmac:
			return fmt.Errorf("%w: WithAlgorithm: %q is not an algorithm of RSA or HMAC", ErrKey, string(alg))
		}
		r.alg = alg
		return nil
	}
}

// WithPrivateKeys reads private keys and secrets as well. By default they are refused:
// where keys to verify with are expected, one that can sign has got out.
func WithPrivateKeys() JWKOption {
	return func(r *jwkRules) error {
		if r.private {
			return fmt.Errorf("%w: WithPrivateKeys given twice", ErrKey)
		}
		r.private = true
		return nil
	}
}

func jwkRulesOf(opts []JWKOption) (r jwkRules, err error) {
	for _, opt := range opts {
		if opt == nil {
			return r, fmt.Errorf("%w: a nil JWKOption", ErrKey)
		}
		if err := opt(&r); err != nil {
			return r, err
		}
	}
	return r, nil
}
