package load

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// callers are the tokens by what may be asked with them.
type callers struct {
	valid   []Token
	refused map[Kind][]Token
}

func callersOf(tokens []Token) (callers, error) {
	c := callers{refused: map[Kind][]Token{}}
	accounts := map[string]bool{}
	for _, t := range tokens {
		if t.Kind != Valid {
			c.refused[t.Kind] = append(c.refused[t.Kind], t)
			continue
		}
		accounts[t.Account] = true
		c.valid = append(c.valid, t)
		forged, err := forge(t)
		if err != nil {
			return c, err
		}
		c.refused[Forged] = append(c.refused[Forged], forged...)
	}
	if len(accounts) < 2 || len(c.refused[Expired]) == 0 || len(c.refused[Foreign]) == 0 {
		return c, errors.New("valid tokens of two accounts are needed, expired ones and foreign ones")
	}
	return c, nil
}

// forge makes of a valid token what somebody without the key can make of it.
func forge(t Token) ([]Token, error) {
	header, rest, _ := strings.Cut(t.Token, ".")
	claims, signature, ok := strings.Cut(rest, ".")
	plain, err := base64.RawURLEncoding.DecodeString(claims)
	if err != nil || !ok {
		return nil, fmt.Errorf("the token of %s is none", t.Subject)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	_, own, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	promoted := b64([]byte(strings.Replace(string(plain), `"`+t.Role+`"`, `"admin"`, 1) + " "))
	moved := b64([]byte(strings.Replace(string(plain), `"account":"`, `"account":"x`, 1)))
	var forged []Token
	for _, token := range []string{
		header + "." + promoted + "." + signature,
		header + "." + moved + "." + signature,
		header + "." + claims + "." + b64(ed25519.Sign(own, []byte(header+"."+claims))),
		header + "." + claims + ".",
		b64([]byte(`{"alg":"none"}`)) + "." + claims + ".",
		b64([]byte(`{"alg":"HS256","kid":"demo"}`)) + "." + claims + "." + signature,
	} {
		t.Kind, t.Token = Forged, token
		forged = append(forged, t)
	}
	return forged, nil
}
