package pgclaims

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Setting is where policies find the claims, a JSON object. It is absent, or empty,
// where there are none.
const Setting = "rolespec.claims"

// maxDepth is how deep objects and lists may be nested.
const maxDepth = 100

// encode returns the claims as the text of a JSON object. Errors hold no claim.
func encode(claims any) (string, error) {
	text, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("%w: %T does not become JSON", ErrClaims, claims)
	}
	if text[0] != '{' {
		return "", fmt.Errorf("%w: %T is not an object", ErrClaims, claims)
	}
	if plain(text) {
		return string(text), nil
	}
	if err := unambiguous(json.NewDecoder(bytes.NewReader(text)), 0); err != nil {
		return "", fmt.Errorf("%w: %T: %w", ErrClaims, claims, err)
	}
	return string(text), nil
}

var (
	errJSON  = errors.New("not JSON")
	errTwice = errors.New("an object has a name twice")
	errDeep  = fmt.Errorf("nested deeper than %d", maxDepth)
	errText  = errors.New("a text has a NUL, or is not UTF-8")
)

// unambiguous reads one value, which has to mean the same to every reader. A type
// that marshals itself can say a name twice, and readers differ in which holds.
func unambiguous(d *json.Decoder, depth int) error {
	token, err := d.Token()
	if err != nil {
		return errJSON
	}
	open, ok := token.(json.Delim)
	switch {
	case !ok:
		return checkText(token)
	case depth == maxDepth:
		return errDeep
	}
	seen := map[json.Token]bool{}
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			switch {
			case err != nil:
				return errJSON
			case seen[name]:
				return errTwice
			}
			if err := checkText(name); err != nil {
				return err
			}
			seen[name] = true
		}
		if err := unambiguous(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token() // the end of it
	return err
}

// checkText refuses a NUL, which PostgreSQL cannot hold, and the character that
// encoding/json puts in place of what is not UTF-8: two callers could become one.
func checkText(token json.Token) error {
	if text, ok := token.(string); ok && strings.ContainsAny(text, "\x00"+string(utf8.RuneError)) {
		return errText
	}
	return nil
}
