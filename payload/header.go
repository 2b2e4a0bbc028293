package payload

import "strings"

// header is what a verifier takes from the header of a token. Everything else in it
// (jwk, jku, x5c, x5u, ...) is ignored: a token does not bring its own key.
type header struct {
	alg    Algorithm
	kid    string
	hasKid bool
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
func readHeader(doc []byte) (h header, reason string) {
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
			if !ok || !strings.EqualFold(typ, "JWT") && !strings.EqualFold(typ, "at+jwt") {
				return h, "header: typ is neither JWT nor at+jwt"
			}
		}
	}
	if h.alg == "" {
		return h, "header: alg is missing"
	}
	return h, ""
}
