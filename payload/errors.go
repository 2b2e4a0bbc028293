package payload

import (
	"errors"
	"log/slog"
)

// ErrInvalid is wrapped by every error of [Verifier.Verify], and by those of a [Refresher]
// that are about the token: it must not be trusted, which over HTTP is status 401, but for
// [ErrKeysUnavailable]. Use errors.Is with the errors below it to learn why.
var ErrInvalid = errors.New("payload: token is not valid")

// Why a token is refused. Exactly one of these is wrapped, beside [ErrInvalid], by
// every error of [Verifier.Verify]. They are listed in the order of the checks, so
// each one says that all the checks before it passed. In particular a token that is
// ErrExpired is genuine and right in every other respect: the caller may be sent to
// refresh it.
var (
	// ErrMalformed: not a compact JWS, too large, not strict JSON, a header that asks
	// for something the verifier does not do, or an ambiguous name.
	ErrMalformed = errors.New("payload: token is malformed")
	// ErrUnknownKey: no key of the verifier fits the token's algorithm and key id.
	ErrUnknownKey = errors.New("payload: token is signed with an unknown key")
	// ErrSignature: the key fits, the signature does not.
	ErrSignature = errors.New("payload: token has a wrong signature")
	// ErrClaims: a claim is missing, of the wrong type, out of range, or does not fit
	// the claims type of the verifier.
	ErrClaims = errors.New("payload: token has wrong claims")
	// ErrIssuer: the issuer is absent or another one.
	ErrIssuer = errors.New("payload: token is from another issuer")
	// ErrAudience: none of the verifier's audiences is named by the token.
	ErrAudience = errors.New("payload: token is for another audience")
	// ErrType: a refresh token where an access token is expected, or the like.
	ErrType = errors.New("payload: token is of another type")
	// ErrNotYetValid: nbf or iat lies in the future.
	ErrNotYetValid = errors.New("payload: token is not valid yet")
	// ErrTooOld: iat lies further back than [WithMaxAge] allows. Like an expired token it
	// is right in every respect but time.
	ErrTooOld = errors.New("payload: token was issued too long ago")
	// ErrExpired: exp has come.
	ErrExpired = errors.New("payload: token has expired")
)

// ErrKeysUnavailable is an [ErrUnknownKey] of a key source that failed, as when a server
// cannot be reached and no set of its keys is held: the token must not be trusted, but it
// may be a good one. Over HTTP it is status 503, so that nobody is logged out by it. What
// the source said is wrapped and not part of the text.
var ErrKeysUnavailable error = &wrapped{errors.New("payload: the keys of tokens are not available"), ErrUnknownKey}

// Errors of the constructors and of signing. They are not about a token and do not
// wrap [ErrInvalid].
var (
	// ErrKey: a key is missing, weak, or does not fit its algorithm.
	ErrKey = errors.New("payload: unusable key")
	// ErrConfig: a Verifier or Signer cannot be built; the text names every problem.
	ErrConfig = errors.New("payload: bad configuration")
	// ErrSign: claims cannot be signed as they are.
	ErrSign = errors.New("payload: claims cannot be signed")
)

// Error is the error of [Verifier.Verify], and of a [Refresher] for a bad token. Its text
// says no more than its class, so it can be shown to whoever sent the token;
// [Error.Reason] is for the log. Neither holds any part of the token, a claim value or
// key material. The zero Error is an [ErrInvalid] without a reason.
type Error struct {
	class  error
	reason string
}

// Error returns the text of the error's class.
func (e *Error) Error() string {
	if e.class == nil {
		return ErrInvalid.Error()
	}
	return e.class.Error()
}

// Reason says which check refused the token, in words fixed in this package; where a
// claim does not fit its Go type it names the claim as the Go type declares it. It is
// for logs: it tells more than a client needs to know.
func (e *Error) Reason() string { return e.reason }

// Unwrap makes errors.Is true for [ErrInvalid] and for the error's class.
func (e *Error) Unwrap() []error {
	if e.class == nil {
		return []error{ErrInvalid}
	}
	return []error{ErrInvalid, e.class}
}

// LogValue logs the class and the reason.
func (e *Error) LogValue() slog.Value {
	return slog.GroupValue(slog.String("error", e.Error()), slog.String("reason", e.reason))
}

// refuse makes the error of a token that failed a check of the class.
func refuse(class error, reason string) error { return &Error{class: class, reason: reason} }
