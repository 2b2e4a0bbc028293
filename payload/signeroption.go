package payload

import "time"

// SignerOption changes what a [Signer] issues. Giving an option twice is an error, and so
// is a nil SignerOption.
type SignerOption interface{ applySigner(*signerBuild) }

const (
	defaultAccess  = 600 * time.Second
	defaultRefresh = 86_400 * time.Second
)

// WithAccessLifetime sets how long access tokens are valid. By default it is 600 seconds;
// it must be a positive number of whole seconds.
func WithAccessLifetime(lifetime time.Duration) SignerOption {
	return signerOption(func(b *signerBuild) {
		b.access = b.lifetime("WithAccessLifetime", lifetime)
	})
}

// WithRefreshLifetime sets how long refresh tokens are valid. By default it is 86,400
// seconds; it must be a positive number of whole seconds.
func WithRefreshLifetime(lifetime time.Duration) SignerOption {
	return signerOption(func(b *signerBuild) {
		b.refresh = b.lifetime("WithRefreshLifetime", lifetime)
	})
}

// signerBuild is a Signer that is being built.
type signerBuild struct {
	choices
	signing
}

func (b *signerBuild) lifetime(option string, lifetime time.Duration) time.Duration {
	b.once(option, option)
	if lifetime <= 0 || lifetime%time.Second != 0 {
		b.problem("%s: %v is not a positive number of whole seconds", option, lifetime)
	}
	return lifetime
}

func (b *signerBuild) apply(opts []SignerOption) {
	for i, opt := range opts {
		if opt == nil {
			b.problem("option %d is nil", i)
			continue
		}
		opt.applySigner(b)
	}
	switch {
	case b.key == nil:
		b.problem("no key is given")
	case b.key.signingKey().keyData == nil:
		b.problem("the key is the zero Key, or of a ring without one")
	case !b.key.signingKey().CanSign():
		b.problem("the key is public: it cannot sign")
	}
	if b.issuer == "" {
		b.problem("the issuer is empty")
	}
	if b.audience == "" {
		b.problem("the audience is empty")
	}
}

type signerOption func(*signerBuild)

func (f signerOption) applySigner(b *signerBuild) { f(b) }
