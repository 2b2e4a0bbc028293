package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// The bounds of the texts, in characters, which openapi.yaml has as well.
const (
	maxText  = 255
	maxEmail = 100
	maxPhone = 13
)

// field is a value of a body: what is left out stays as it is, and null empties what can
// be empty.
type field[T any] struct {
	given bool
	value *T // nil for null
}

// UnmarshalJSON is called for what stands in the body, null as well.
func (f *field[T]) UnmarshalJSON(text []byte) error {
	f.given = true
	if bytes.Equal(text, []byte("null")) {
		return nil
	}
	f.value = new(T)
	if err := json.Unmarshal(text, f.value); err != nil {
		return web.Problemf(http.StatusUnprocessableEntity, "the body has a value of another type than it should")
	}
	return nil
}

func printable(text string) bool {
	return utf8.ValidString(text) && strings.IndexFunc(text, unicode.IsControl) < 0
}

// foldEmail makes one of the addresses that differ in case alone, so that nobody
// registers as somebody else.
func foldEmail(email string) string { return strings.ToLower(email) }

// isEmail accepts an address alone, without a name or a comment.
func isEmail(email string) bool {
	if utf8.RuneCountInString(email) > maxEmail || !printable(email) || strings.ContainsAny(email, " \"") {
		return false
	}
	parsed, err := mail.ParseAddress(email)
	return err == nil && parsed.Address == email
}

// idOf returns the id in the path.
func idOf(r *http.Request) (uuid.UUID, error) {
	text, err := web.PathUUID(r, "id")
	if err != nil {
		return uuid.UUID{}, err
	}
	return uuid.Parse(text)
}

// page returns the part of a list that is asked for.
func page(r *http.Request) (web.Page, error) {
	query := web.Query(r)
	p := query.Page(100, 500)
	return p, query.Done()
}
