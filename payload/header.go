package payload

import "strings"

// header is what a verifier takes from the header of a token. Everything else in it
// (jwk, jku, x5c, x5u, ...) is ignored: a token does not bring its own key.
type header struct {
	alg    Algorithm
	kid    string
	hasKid bool
	typ    string // as it was written, but for "application/"; "" where there is none
}

// headerDepth bounds the nesting of a header, where an ignored jwk may stand.
const headerDepth = 8

// headerShape has the names that must not appear in another case.
var headerShape = func() *shape {
	s := newShape()
	for _, name := range []string{"alg", "b64", "crit", "kid", "typ"} {
		s.add(name, nil)
	}
	return s
}()

// readHeader reads the decoded header of a token; the reason is "" when it is good.
// Which typ is meant is checked with the claims where one is asked for (anyTyp).
func readHeader(doc []byte, anyTyp bool) (h header, reason string) {
	all, reason := members(doc, headerDepth, headerShape)
	if reason != "" {
		return h, "header: " + reason
	}
	for _, m := range all {
		switch string(m.name) {
		case "crit", "b64":
			return h, "header: an extension (crit or b64) is asked for"
		case "alg":
			alg, ok := text(m.value)
			if !ok {
				return h, "header: alg is not text"
			}
			h.alg = Algorithm(alg)
		case "kid":
			if h.kid, h.hasKid = text(m.value); !h.hasKid {
				return h, "header: kid is not text"
			}
		case "typ":
			typ, ok := text(m.value)
			h.typ = bareType(typ)
			if !ok || h.typ == "" || !anyTyp && !strings.EqualFold(h.typ, "JWT") && !strings.EqualFold(h.typ, "at+jwt") {
				return h, "header: typ is neither JWT nor at+jwt"
			}
		}
	}
	if h.alg == "" {
		return h, "header: alg is missing"
	}
	return h, ""
}

// bareType returns a media type without "application/", which may be left out of a typ
// where no other slash is in it (RFC 7515 4.1.9).
func bareType(typ string) string {
	const prefix = "application/"
	if len(typ) >= len(prefix) && strings.EqualFold(typ[:len(prefix)], prefix) && !strings.Contains(typ[len(prefix):], "/") {
		return typ[len(prefix):]
	}
	return typ
}
