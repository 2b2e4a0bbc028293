package payload

import (
	"slices"
	"time"
)

// Option changes how a [Verifier] checks tokens. Giving an option twice, or one and the
// waiver of it, is an error, and so is a nil Option.
type Option interface{ applyVerifier(*verifierBuild) }

// The defaults of the options.
const (
	DefaultMaxTokenSize = 8 << 10 // bytes
	DefaultMaxDepth     = 32      // levels of JSON
)

// What the options can be set to at most.
const (
	mostLeeway    = 10 * time.Minute
	mostTokenSize = 1 << 20
	mostDepth     = 1000
)

// TypeAccess and TypeRefresh are the typ claims a [Signer] sets.
const (
	TypeAccess  = "access"
	TypeRefresh = "refresh"
)

// WithIssuer sets the issuer: a token whose iss is absent or not exactly this is
// refused. A Verifier has one issuer, because all of its keys speak for it.
func WithIssuer(issuer string) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("issuer", "WithIssuer")
		if issuer == "" {
			b.problem("WithIssuer: the issuer is empty; AnyIssuer is the way to accept all")
		}
		b.issuer = issuer
	})
}

// AnyIssuer is the waiver of [WithIssuer]: iss may be anything, or absent.
func AnyIssuer() Option {
	return verifierOption(func(b *verifierBuild) { b.once("issuer", "AnyIssuer") })
}

// WithAudience sets the names this service has: a token whose aud does not hold at
// least one of them exactly is refused.
func WithAudience(names ...string) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("audience", "WithAudience")
		if len(names) == 0 || slices.Contains(names, "") {
			b.problem("WithAudience: an audience is missing or empty; AnyAudience is the way to accept all")
		}
		b.audiences = slices.Clone(names)
	})
}

// AnyAudience is the waiver of [WithAudience]: aud may be anything, or absent. Tokens
// issued for another service of the same issuer are then accepted.
func AnyAudience() Option {
	return verifierOption(func(b *verifierBuild) { b.once("audience", "AnyAudience") })
}

// WithType sets the typ claim (not the header) a token must have. By default it is
// [TypeAccess], so a refresh token does not pass for an access token.
func WithType(typ string) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("type", "WithType")
		if typ == "" {
			b.problem("WithType: the type is empty; AnyType is the way to accept all")
		}
		b.typ = typ
	})
}

// AnyType is the waiver of [WithType], for issuers that set no typ claim. What else they
// sign for this audience is accepted then, unless [WithHeaderType] tells it apart.
func AnyType() Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("type", "AnyType")
		b.typ = ""
	})
}

// WithHeaderType sets the typ header (not the claim) a token must have, in any case, with
// "application/" before it or without; a token that has none, or another, is refused with
// [ErrType]. An issuer that follows RFC 9068 sets "at+jwt" for access tokens, and no typ
// claim, so this is what tells them from its ID tokens:
//
//	payload.WithHeaderType("at+jwt"), payload.AnyType()
//
// By default the header may be absent, JWT or at+jwt.
func WithHeaderType(typ string) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("header type", "WithHeaderType")
		if b.headerTyp = bareType(typ); b.headerTyp == "" {
			b.problem("WithHeaderType: the type is empty")
		}
	})
}

// WithLeeway allows the clocks of the issuer and of this service to differ: exp, nbf, iat
// and the age are checked that much in the token's favour. By default it is 0; it can be 10
// minutes at most.
func WithLeeway(leeway time.Duration) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("leeway", "WithLeeway")
		if leeway < 0 || leeway > mostLeeway {
			b.problem("WithLeeway: %v is not between 0 and %v", leeway, mostLeeway)
		}
		b.leeway = leeway
	})
}

// WithMaxAge bounds the time since a token was issued, whatever its exp says: one whose
// iat lies more than age back, by more than the leeway, is refused with [ErrTooOld], and
// one without iat with [ErrClaims]. Use it where an issuer gives out tokens that live
// longer than this service will rely on their roles. By default there is no such bound;
// age must be positive.
func WithMaxAge(age time.Duration) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("age", "WithMaxAge")
		if age <= 0 {
			b.problem("WithMaxAge: %v is not positive", age)
		}
		b.maxAge = age
	})
}

// WithRequired names claims that must be there and not be null, beside those that are
// always checked. Use it for what a rule relies on: without it a claim that is absent is
// the zero value of its field.
func WithRequired(claims ...string) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("required", "WithRequired")
		if len(claims) == 0 || slices.Contains(claims, "") {
			b.problem("WithRequired: a claim name is missing or empty")
		}
		b.required = slices.Clone(claims)
	})
}

// WithMaxDepth bounds the nesting of a token's claims. By default it is
// [DefaultMaxDepth]; it can be from 1 to 1,000.
func WithMaxDepth(levels int) Option {
	return verifierOption(func(b *verifierBuild) {
		b.once("depth", "WithMaxDepth")
		if levels < 1 || levels > mostDepth {
			b.problem("WithMaxDepth: %d is not between 1 and %d", levels, mostDepth)
		}
		b.depth = levels
	})
}

type verifierOption func(*verifierBuild)

func (f verifierOption) applyVerifier(b *verifierBuild) { f(b) }
