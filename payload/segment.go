package payload

import "encoding/base64"

// segments are the three parts of a compact JWS as they were sent.
type segments struct {
	header, payload, signature string
	input                      string // what is signed: header.payload
}

// alphabet marks the characters of base64url. The decoder of the standard library is not
// enough: it skips line breaks.
var alphabet = func() (set [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
		set[c] = true
	}
	return set
}()

// split takes a token apart; the reason is "" when it is three segments of base64url.
func split(token string) (s segments, reason string) {
	var dots [2]int
	n := 0
	for i := range len(token) {
		switch c := token[i]; {
		case alphabet[c]:
		case c != '.':
			return s, "a character that is not base64url"
		case n == len(dots):
			return s, "more than three segments"
		default:
			dots[n] = i
			n++
		}
	}
	if n < len(dots) {
		return s, "fewer than three segments"
	}
	s = segments{
		header:    token[:dots[0]],
		payload:   token[dots[0]+1 : dots[1]],
		signature: token[dots[1]+1:],
		input:     token[:dots[1]],
	}
	if s.header == "" || s.payload == "" || s.signature == "" {
		return s, "an empty segment"
	}
	return s, ""
}

// strict refuses trailing bits that are not zero, so no two texts decode to one value.
var strict = base64.RawURLEncoding.Strict()

func decodeSegment(segment string) (data []byte, reason string) {
	data, err := strict.DecodeString(segment)
	if err != nil {
		return nil, "base64url that is not canonical"
	}
	return data, ""
}
