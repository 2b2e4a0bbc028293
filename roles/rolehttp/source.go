package rolehttp

import (
	"net/http"
	"strings"
)

// Source is a place of a request where a token can be. The zero Source is none, and
// refused by [WithTokenFrom].
type Source struct {
	header string // that the answer varies with; empty for none
	read   func(*http.Request) (token string, ok bool)
}

// FromHeader is the Authorization header with the scheme Bearer (RFC 6750 2.1), in any
// case. Another scheme is no token. A request with two such headers, or without a token
// behind the scheme, is refused (400).
func FromHeader() Source { return Source{"Authorization", readHeader} }

// FromCookie is a cookie. A request with two of the name is refused (400): which of
// them the service set cannot be told.
//
// Browsers send cookies along with requests that other sites make them send. Where
// this is used, put http.CrossOriginProtection (since Go 1.25) in front of the guard, and set the
// cookie with HttpOnly, Secure, SameSite and a name that begins with "__Host-".
func FromCookie(name string) Source {
	return Source{"Cookie", func(r *http.Request) (string, bool) {
		switch cookies := r.CookiesNamed(name); len(cookies) {
		case 0:
			return "", true
		case 1:
			token := cookies[0].Value
			return token, isToken(token)
		}
		return "", false
	}}
}

// FromFunc is any other place: a function that returns the token, "" where there is
// none, and false where there is something else. It may be called more than once for a
// request. The header, if any, is that which it reads, for caches (Vary).
//
// A token in the URL ends up in logs and in the history of browsers (RFC 6750 5.3).
func FromFunc(header string, read func(r *http.Request) (token string, ok bool)) Source {
	return Source{header, read}
}

// tokenOf returns the one token of a request, "" where it has none.
func tokenOf(sources []Source, r *http.Request) (token string, _ *DeniedError) {
	for _, from := range sources {
		found, ok := from.read(r)
		switch {
		case !ok:
			return "", denied(BadRequest, "the token is malformed, or there is more than one")
		case found != "" && token != "":
			return "", denied(BadRequest, "there is a token in more than one place")
		case found != "":
			token = found
		}
	}
	return token, nil
}

func readHeader(r *http.Request) (token string, ok bool) {
	values := r.Header["Authorization"]
	switch len(values) {
	case 0:
		return "", true
	case 1:
		return readBearer(values[0])
	}
	return "", false
}

// readBearer reads credentials = "Bearer" 1*SP b64token.
func readBearer(credentials string) (token string, ok bool) {
	scheme, token, _ := strings.Cut(credentials, " ")
	if scheme != "" && !strings.EqualFold(scheme, "Bearer") {
		return "", isScheme(scheme)
	}
	token = strings.TrimLeft(token, " ")
	if scheme == "" || !isToken(token) {
		return "", false
	}
	return token, true
}

// isToken reports whether the text is a b64token of RFC 6750.
func isToken(text string) bool {
	text = strings.TrimRight(text, "=")
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		return !isLetterOrDigit(c) && !strings.ContainsRune("-._~+/", c)
	})
}

// isScheme reports whether the text is a token of RFC 9110, as schemes are.
func isScheme(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool {
		return !isLetterOrDigit(c) && !strings.ContainsRune("!#$%&'*+-.^_`|~", c)
	})
}

func isLetterOrDigit(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
