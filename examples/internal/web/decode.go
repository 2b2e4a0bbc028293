package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

const (
	// MaxBody is the longest body that is read, in bytes.
	MaxBody = 256 << 10
	// MaxDepth is how deep the lists and objects of a body may be nested.
	MaxDepth = 32
)

// Decode reads a body of JSON into a T, strictly: one value, no field that T has not, no
// key twice, however it is written, no NUL and nothing that is no UTF-8.
//
// Each error is a *Problem: 415 for another media type, 413 for a body longer than
// [MaxBody], 400 for what is no JSON or nested deeper than [MaxDepth], 422 for JSON that
// does not fit T. A *Problem that an UnmarshalJSON of T returns stays what it is; of any
// other error of one the caller is told nothing.
func Decode[T any](w http.ResponseWriter, r *http.Request) (T, error) {
	var v, none T
	if err := mediaType(r, "application/json"); err != nil {
		return none, err
	}
	body, err := readBody(w, r)
	if err != nil {
		return none, err
	}
	if err := plain(body); err != nil {
		return none, err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return none, unfit(err)
	}
	return v, nil
}

// mediaType is a 415 where the body is of another type.
func mediaType(r *http.Request, want string) error {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || got != want {
		return Problemf(http.StatusUnsupportedMediaType, "the body has to be %s", want)
	}
	return nil
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	return body, unread(err)
}

// unread is the problem of a body that could not be read.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return Problemf(http.StatusRequestEntityTooLarge, "the body is longer than %d bytes", tooLarge.Limit)
	}
	return &Problem{Status: http.StatusBadRequest, Detail: "the body cannot be read", Err: err}
}

// unfit is the problem of JSON that is no T.
func unfit(err error) error {
	var problem *Problem
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &problem) && problem != nil:
		return problem
	case errors.As(err, &kind):
		p := Invalid(Field{pointer(kind.Field), "a JSON " + kind.Value + " does not fit here"})
		p.Err = err
		return p
	}
	p := Invalid()
	p.Err = err
	// The one error of encoding/json that has no type. Its name is what was sent.
	if _, name, found := strings.Cut(err.Error(), "json: unknown field "); found {
		p.Detail = "there is no field " + name
	}
	return p
}

// pointer makes a JSON pointer of the path of encoding/json: "user.email".
func pointer(path string) string {
	if path == "" {
		return ""
	}
	return "/" + strings.NewReplacer("~", "~0", "/", "~1", ".", "/").Replace(path)
}
