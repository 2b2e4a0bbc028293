package rolehttp

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/rolespec/rolespec/payload"
)

// Problem is the body of a refusal (RFC 9457). It says nothing of the caller, the rows
// or the policy.
type Problem struct {
	Type   string `json:"type"` // about:blank: the status says it all
	Title  string `json:"title"`
	Status int    `json:"status"`
	// Err is why, for logs and not for the client: a *[DeniedError], or nil where the
	// handler refused.
	Err error `json:"-"`
}

func problem(status int, err error) Problem {
	return Problem{"about:blank", http.StatusText(status), status, err}
}

// status returns the status of an outcome; 500 for one that there is not.
func (o Outcome) status() int {
	switch o {
	case BadRequest:
		return http.StatusBadRequest
	case NoToken, InvalidToken:
		return http.StatusUnauthorized
	case Forbidden:
		return http.StatusForbidden
	case Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// refuse answers a request that is not let through.
func (s settings) refuse(w http.ResponseWriter, r *http.Request, d *DeniedError) {
	if challenge := s.challenge(d); challenge != "" {
		w.Header().Set("WWW-Authenticate", challenge)
	}
	write(w, r, s.write, problem(d.Outcome.status(), d))
}

// challenge is the WWW-Authenticate of RFC 6750 3; empty where the token is not to blame.
func (s settings) challenge(d *DeniedError) string {
	challenge := fmt.Sprintf(`Bearer realm="%s"`, s.realm)
	says := func(code, description string) string {
		return fmt.Sprintf(`%s, error="%s", error_description="%s"`, challenge, code, description)
	}
	switch d.Outcome {
	case NoToken: // who sent nothing is told nothing
		return challenge
	case BadRequest:
		return says("invalid_request", "The access token is malformed or sent more than once")
	case InvalidToken:
		if errors.Is(d, payload.ErrExpired) {
			return says("invalid_token", "The access token expired")
		}
		return says("invalid_token", "The access token is not valid")
	case Forbidden:
		return says("insufficient_scope", "The request is not permitted")
	}
	return ""
}

// NotFound answers 404 in the way of the guard: for a row that is not there, and for
// one that the specification hides. The two must not be told apart.
func NotFound(w http.ResponseWriter, r *http.Request) { fail(w, r, http.StatusNotFound) }

// Refuse answers 403 in the way of the guard: for a row that was seen, and may not be
// written as the caller wants it.
func Refuse(w http.ResponseWriter, r *http.Request) { fail(w, r, http.StatusForbidden) }

func fail(w http.ResponseWriter, r *http.Request, status int) {
	with := stateOf(r.Context()).write
	if with == nil {
		with = writeJSON
	}
	write(w, r, with, problem(status, nil))
}

// write writes a problem with the headers that all of them have.
func write(w http.ResponseWriter, r *http.Request, with func(http.ResponseWriter, *http.Request, Problem), p Problem) {
	w.Header().Set("Cache-Control", "no-store")
	never := &refusal{ResponseWriter: w, status: p.Status}
	with(never, r, p)
	never.finish()
}

func writeJSON(w http.ResponseWriter, _ *http.Request, p Problem) {
	body, _ := json.Marshal(p) // two texts and a number
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // who went away is not told
}
