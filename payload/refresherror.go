package payload

import "errors"

// Why a refresh token that verifies is not redeemed. Each is wrapped, beside [ErrInvalid],
// by an [*Error] of a [Refresher].
var (
	// ErrReused: the token was redeemed before, so somebody has a copy of it: all tokens
	// of its family are revoked, and the user has to log in again. A family is reported
	// once, which makes it an event to tell somebody about.
	ErrReused = errors.New("payload: refresh token was used before")
	// ErrRevoked: the token's family was revoked, forgotten after it expired, or never
	// begun by a Refresher.
	ErrRevoked = errors.New("payload: refresh token is revoked")
)

// Errors of a [Refresher] that are not about a token; they do not wrap [ErrInvalid].
var (
	// ErrStore: the store failed, so no token is issued. Over HTTP it is status 503. What
	// the store said is wrapped and not part of the text.
	ErrStore = errors.New("payload: the store of refresh tokens failed")
	// ErrRenew: the claims were not renewed, so no token is issued. What the callback said
	// is wrapped and not part of the text.
	ErrRenew = errors.New("payload: the claims were not renewed")
)

// wrapped is an error of a class and its cause, which errors.Is and errors.As find but
// the text does not tell: it may hold what does not belong into an answer.
type wrapped struct{ class, cause error }

func (w *wrapped) Error() string { return w.class.Error() }

func (w *wrapped) Unwrap() []error { return []error{w.class, w.cause} }
