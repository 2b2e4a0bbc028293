package payload_test

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"slices"
	"strings"
)

// mutator changes tokens in the ways an attacker would start with.
type mutator struct {
	*rand.Rand
	tokens []string
}

// mutate changes a token once, or now and then more often.
func (m mutator) mutate(token string) string {
	for {
		if m.IntN(2) == 0 {
			token = m.text(token)
		} else {
			token = m.inside(token)
		}
		if token == "" || m.IntN(4) > 0 {
			return token
		}
	}
}

// text changes a token as text.
func (m mutator) text(token string) string {
	const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\x00\xc3"
	i, c := m.IntN(len(token)), characters[m.IntN(len(characters))]
	switch m.IntN(6) {
	case 0: // another character
		return token[:i] + string([]byte{c}) + token[i+1:]
	case 1: // one more
		return token[:i] + string([]byte{c}) + token[i:]
	case 2: // one less
		return token[:i] + token[i+1:]
	case 3: // the end cut off
		return token[:i]
	case 4: // a bit
		return token[:i] + string([]byte{token[i] ^ 1<<m.IntN(8)}) + token[i+1:]
	default: // two characters swapped
		b := []byte(token)
		j := m.IntN(len(b))
		b[i], b[j] = b[j], b[i]
		return string(b)
	}
}

// inside changes what a segment decodes to, and encodes it again as it should be.
func (m mutator) inside(token string) string {
	parts := strings.Split(token, ".")
	k := m.IntN(len(parts))
	other := strings.Split(m.tokens[m.IntN(len(m.tokens))], ".")
	decoded, err := base64.RawURLEncoding.DecodeString(parts[k])
	if err != nil || len(decoded) == 0 || len(parts) != 3 || m.IntN(5) == 0 {
		parts[k] = other[k%3] // the segment of another token
		return strings.Join(parts, ".")
	}
	if k == 2 {
		decoded = m.signature(decoded)
	} else {
		decoded = m.json(decoded)
	}
	parts[k] = base64.RawURLEncoding.EncodeToString(decoded)
	return strings.Join(parts, ".")
}

// signature changes the bytes of a signature.
func (m mutator) signature(sig []byte) []byte {
	i, half := m.IntN(len(sig)), len(sig)/2
	switch m.IntN(7) {
	case 0: // a bit
		sig[i] ^= 1 << m.IntN(8)
		return sig
	case 1: // shorter
		return sig[:i]
	case 2: // longer, at its end or its beginning
		return append(sig, byte(m.IntN(256)))
	case 3:
		return append([]byte{0}, sig...)
	case 4: // r and s of ECDSA the other way round
		return slices.Concat(sig[half:], sig[:half])
	case 5: // r and s with more zeros before them
		return slices.Concat([]byte{0}, sig[:half], []byte{0}, sig[half:])
	default: // nothing, or nothing but zeros
		return make([]byte, len(sig)*m.IntN(2))
	}
}

// attacks are members that an attacker would like to see in a header or in claims.
var attacks = []string{
	`"alg":"none"`, `"alg":"HS256"`, `"alg":"RS256"`, `"Alg":"none"`, `"kid":"x"`, `"kid":null`, `"crit":[]`, `"b64":false`,
	`"jwk":{"kty":"oct","k":"AA"}`, `"typ":"refresh"`, `"roles":["root"]`, `"Roles":["root"]`, `"exp":9999999999`,
	`"sub":"root"`, `"aud":["api"]`, `"x":"\ud83d"`, `"\u0061lg":"none"`,
}

// json changes a header or claims: a byte, a digit, white space, members.
func (m mutator) json(doc []byte) []byte {
	i := m.IntN(len(doc))
	attack := attacks[m.IntN(len(attacks))]
	switch m.IntN(8) {
	case 0:
		doc[i] ^= 1 << m.IntN(8)
		return doc
	case 1:
		return slices.Delete(doc, i, i+1)
	case 2: // white space, which changes no meaning
		return slices.Insert(doc, i, " \t\r\n"[m.IntN(4)])
	case 3: // a member at the end
		return bytes.Replace(doc, []byte("}"), []byte(","+attack+"}"), 1)
	case 4: // a member at the beginning
		return bytes.Replace(doc, []byte("{"), []byte("{"+attack+","), 1)
	case 5: // the value of a name
		name, _, _ := strings.Cut(attack, ":")
		return bytes.Replace(doc, []byte(name+":"), []byte(attack+`,"y":`), 1)
	case 6: // a second document
		return append(doc, doc[i:]...)
	default:
		return bytes.Replace(doc, []byte("1"), []byte("2"), 1+m.IntN(3))
	}
}
