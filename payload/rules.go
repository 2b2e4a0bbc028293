package payload

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// rules are the checks of a verifier, whatever its claims type. An empty issuer, list of
// audiences or typ is one that was waived, an empty headerTyp one that was not given.
type rules struct {
	limits
	keys      finder
	issuer    string
	audiences []string
	typ       string
	headerTyp string
	leeway    time.Duration
	maxAge    time.Duration // 0: any
	required  []string
	depth     int
	shape     *shape
}

// authenticate checks everything up to the signature and returns header and claims, as
// JSON, that somebody with a key has signed. Nothing in the payload is looked at before that.
func (r *rules) authenticate(ctx context.Context, token string) (h header, doc []byte, err error) {
	if len(token) > r.size {
		return h, nil, refuse(ErrMalformed, "longer than the limit")
	}
	parts, reason := split(token)
	if reason != "" {
		return h, nil, refuse(ErrMalformed, reason)
	}
	doc, reason = decodeSegment(parts.header)
	if reason != "" {
		return h, nil, refuse(ErrMalformed, "header: "+reason)
	}
	h, reason = readHeader(doc, r.headerTyp != "")
	if reason != "" {
		return h, nil, refuse(ErrMalformed, reason)
	}
	key, err := r.keys.find(ctx, h)
	if err != nil {
		return h, nil, err
	}
	signature, reason := decodeSegment(parts.signature)
	if reason != "" {
		return h, nil, refuse(ErrMalformed, "signature: "+reason)
	}
	if key.verify(parts.input, signature) != nil {
		return h, nil, refuse(ErrSignature, "the signature does not fit")
	}
	doc, reason = decodeSegment(parts.payload)
	if reason != "" {
		return h, nil, refuse(ErrMalformed, "claims: "+reason)
	}
	return h, doc, nil
}

// read reads the claims strictly: what is there, and of which type. Whether they are JSON
// is looked at unless that is known.
func (r *rules) read(doc []byte, isJSON bool) (*Registered, error) {
	read := members
	if isJSON && utf8.Valid(doc) {
		read = membersOfValid
	}
	all, reason := read(doc, r.depth, r.shape)
	if reason != "" {
		return nil, refuse(ErrMalformed, "claims: "+reason)
	}
	reg := new(Registered)
	if reason := reg.read(all, false); reason != "" {
		return nil, refuse(ErrClaims, reason)
	}
	if reg.ExpiresAt.IsZero() {
		return nil, refuse(ErrClaims, "claim exp is missing")
	}
	if r.maxAge != 0 && reg.IssuedAt.IsZero() {
		return nil, refuse(ErrClaims, "claim iat is missing, and the age of a token is bounded")
	}
	for _, name := range r.required {
		if !present(all, name) {
			return nil, refuse(ErrClaims, "a required claim is missing or null")
		}
	}
	return reg, nil
}

func present(all []member, name string) bool {
	return slices.ContainsFunc(all, func(m member) bool {
		return string(m.name) == name && string(m.value) != "null"
	})
}

// check checks what the claims say, and the header about their type. The first moment
// that is too late is exp itself, the first that is not too early is nbf or iat itself.
// Expiry is the last check of all.
func (r *rules) check(h header, reg *Registered) error {
	now := r.now()
	switch {
	case r.issuer != "" && reg.Issuer != r.issuer:
		return refuse(ErrIssuer, "claim iss is absent or another issuer")
	case len(r.audiences) > 0 && !slices.ContainsFunc(r.audiences, reg.Audience.Has):
		return refuse(ErrAudience, "claim aud does not hold an audience of this service")
	case r.headerTyp != "" && !strings.EqualFold(h.typ, r.headerTyp):
		return refuse(ErrType, "header typ is absent or another type")
	case r.typ != "" && reg.Type != r.typ:
		return refuse(ErrType, "claim typ is absent or another type")
	case now.Add(r.leeway).Before(reg.NotBefore.Time):
		return refuse(ErrNotYetValid, "claim nbf lies in the future")
	case now.Add(r.leeway).Before(reg.IssuedAt.Time):
		return refuse(ErrNotYetValid, "claim iat lies in the future")
	case r.maxAge != 0 && now.Add(-r.leeway).Sub(reg.IssuedAt.Time) > r.maxAge:
		return refuse(ErrTooOld, "claim iat lies further back than the greatest age")
	case !now.Add(-r.leeway).Before(reg.ExpiresAt.Time):
		return refuse(ErrExpired, "claim exp has come")
	}
	return nil
}
