package main

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
)

// maxBody is the longest body that is read, in bytes.
const maxBody = 64 << 10

func badRequest(format string, args ...any) error {
	return web.Problemf(http.StatusBadRequest, format, args...)
}

// changes are the fields that a body names. Which it names matters twice: what is left
// out stays, and what is named has to be permitted.
type changes map[string]json.RawMessage

func readChanges(w http.ResponseWriter, r *http.Request, mediaTypes ...string) (changes, error) {
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || !slices.Contains(mediaTypes, got) {
		return nil, web.Problemf(http.StatusUnsupportedMediaType, "the body has to be %s", strings.Join(mediaTypes, " or "))
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, web.Problemf(http.StatusRequestEntityTooLarge, "the body is too long")
	case err != nil:
		return nil, badRequest("the body cannot be read")
	}
	var c changes
	if err := json.Unmarshal(body, &c); err != nil || c == nil {
		return nil, badRequest("the body is not a JSON object")
	}
	return c, nil
}

// apply writes the changes into a row. What is no field or no value of it is a bad
// request; what the caller may not write is refused, whatever it was before.
func (c changes) apply(t *Task, columns roles.FieldSet) error {
	permitted := true
	for _, field := range slices.Sorted(maps.Keys(c)) {
		set, ok := setters[field]
		if !ok {
			return badRequest("%q is not a field to write", field)
		}
		if err := set(t, c[field]); err != nil {
			return err
		}
		permitted = permitted && columns.Has(field)
	}
	if !permitted {
		return web.ErrRefused
	}
	if t.Title == "" {
		return badRequest("a task needs a title")
	}
	return nil
}
