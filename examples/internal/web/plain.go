package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"
)

// plain is a problem where a body is no JSON, or JSON that two readers could read in two
// ways. Encoding/json alone takes the last of two equal keys, and "ID" for "id".
func plain(body []byte) error {
	if !utf8.Valid(body) {
		return Problemf(http.StatusBadRequest, "the body is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := plainValue(d, MaxDepth); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Problemf(http.StatusBadRequest, "the body is more than one JSON value")
	}
	return nil
}

// plainValue reads one value.
func plainValue(d *json.Decoder, depth int) error {
	token, err := next(d)
	if err != nil {
		return err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	if depth == 0 {
		return Problemf(http.StatusBadRequest, "the body is nested deeper than %d", MaxDepth)
	}
	keys := map[string]bool{}
	for d.More() {
		if delim == '{' {
			if err := plainKey(d, keys); err != nil {
				return err
			}
		}
		if err := plainValue(d, depth-1); err != nil {
			return err
		}
	}
	_, err = next(d) // what closes it
	return err
}

// plainKey reads a key that the object has not had yet.
func plainKey(d *json.Decoder, keys map[string]bool) error {
	token, err := next(d)
	if err != nil {
		return err
	}
	key, _ := token.(string)
	folded := strings.ToLower(strings.ToUpper(key)) // as encoding/json: ſ is s
	if keys[folded] {
		return Problemf(http.StatusBadRequest, "the key %q stands twice", key)
	}
	keys[folded] = true
	return nil
}

// next reads a token. Texts with NUL are refused here, as no PostgreSQL stores them.
func next(d *json.Decoder) (json.Token, error) {
	token, err := d.Token()
	if err != nil {
		return nil, &Problem{Status: http.StatusBadRequest, Detail: "the body is not JSON", Err: err}
	}
	if text, ok := token.(string); ok && strings.ContainsRune(text, 0) {
		return nil, Problemf(http.StatusUnprocessableEntity, "a text of the body has a NUL")
	}
	return token, nil
}
