package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

// requestError is a mistake of the caller. Its detail is for the caller, so it holds
// nothing but what the caller has sent or is documented.
type requestError struct {
	status int
	detail string
}

func (e *requestError) Error() string { return e.detail }

func badRequest(format string, args ...any) error {
	return &requestError{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// handler answers by itself or returns why it does not.
type handler func(w http.ResponseWriter, r *http.Request) error

// answering turns the errors of a handler into answers.
func answering(h handler, log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var request *requestError
		switch err := h(w, r); {
		case err == nil:
		case errors.Is(err, errNotFound):
			rolehttp.NotFound(w, r)
		case errors.Is(err, errRefused):
			rolehttp.Refuse(w, r)
		case errors.As(err, &request):
			writeProblem(w, request.status, request.detail)
		case r.Context().Err() != nil: // the time is over, or the client is gone
			writeProblem(w, http.StatusServiceUnavailable, "")
		default:
			log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", r.Pattern, "err", err)
			writeProblem(w, http.StatusInternalServerError, "")
		}
	}
}

// writeProblem answers with problem+json (RFC 9457), as the guard does.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	body, _ := json.Marshal(struct { // texts and a number
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail,omitempty"`
	}{"about:blank", http.StatusText(status), status, detail})
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // who went away is not told
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false) // it is not HTML, and its URLs have &
	if err := e.Encode(v); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store") // what one caller may see is for no cache
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
	return nil
}
