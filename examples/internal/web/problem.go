package web

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Problem is an error that is answered as problem+json. Detail and Fields are for the
// caller, so they hold nothing but what the caller has sent or is documented; Err is for
// logs and is never shown.
//
// A Status that is none of 400 to 599, as that of the zero Problem, is answered as 500.
type Problem struct {
	Status int
	Detail string
	Fields []Field // of the body, that do not fit
	Err    error
}

// Field is what does not fit in a body.
type Field struct {
	Pointer string `json:"pointer"` // RFC 6901: "/email"
	Detail  string `json:"detail"`
}

// Problemf is a problem with a detail for the caller.
func Problemf(status int, format string, args ...any) *Problem {
	return &Problem{Status: status, Detail: fmt.Sprintf(format, args...)}
}

// Invalid is the problem of a body that can be read and does not fit: 422.
func Invalid(fields ...Field) *Problem {
	return &Problem{Status: http.StatusUnprocessableEntity, Detail: "the body does not fit", Fields: fields}
}

func (p *Problem) Error() string {
	text := fmt.Sprintf("%d %s", p.status(), http.StatusText(p.status()))
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	for _, f := range p.Fields {
		text += fmt.Sprintf("; %s: %s", f.Pointer, f.Detail)
	}
	if p.Err != nil {
		text += ": " + p.Err.Error()
	}
	return text
}

// Unwrap returns Err.
func (p *Problem) Unwrap() error { return p.Err }

func (p *Problem) status() int {
	if p == nil || p.Status < 400 || p.Status > 599 {
		return http.StatusInternalServerError
	}
	return p.Status
}

// Write answers with the problem, in the form of rolehttp: what a guard refuses and what
// a handler does cannot be told apart. Nil is a 500.
func (p *Problem) Write(w http.ResponseWriter) {
	status := p.status()
	answer := struct { // texts and a number
		Type   string  `json:"type"`
		Title  string  `json:"title"`
		Status int     `json:"status"`
		Detail string  `json:"detail,omitempty"`
		Errors []Field `json:"errors,omitempty"`
	}{Type: "about:blank", Title: http.StatusText(status), Status: status}
	if p != nil {
		answer.Detail, answer.Errors = p.Detail, p.Fields
	}
	body, _ := json.Marshal(answer)
	write(w, status, "application/problem+json", append(body, '\n'))
}

// WriteProblem answers with a status alone, or with a detail for the caller.
func WriteProblem(w http.ResponseWriter, status int, detail string) {
	(&Problem{Status: status, Detail: detail}).Write(w)
}

// write answers with headers that all bodies have: what one caller may see is for no
// cache, and is what it says it is.
func write(w http.ResponseWriter, status int, mediaType string, body []byte) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who went away is not told
}
