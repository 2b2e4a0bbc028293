package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

var (
	// ErrNotFound is for a row that is not there and for one that the caller may not
	// know of: from here on nobody can tell the two apart. It is answered 404.
	ErrNotFound = errors.New("not found")
	// ErrRefused is for a row that was seen and may not be written so, and for a
	// field that the caller may not write. It is answered 403.
	ErrRefused = errors.New("not permitted")
)

// HandlerFunc answers by itself or returns why it does not. What returns an error has
// written nothing.
type HandlerFunc func(w http.ResponseWriter, r *http.Request) error

// Answers turns errors of handlers into answers:
//
//	ErrNotFound, ErrRefused   404 and 403, as rolehttp has them
//	*Problem                  what it says
//	*ParameterError           Parameter, or 400
//	the context has ended     503
//	anything else             500, which says nothing; the log does
//
// The zero Answers is ready for use and logs nothing.
type Answers struct {
	Log *slog.Logger
	// Translate, if there is one, is asked first: it makes an error of the service one
	// of those above, such as a name that is taken a Problem of 409, and returns others
	// as they are.
	Translate func(error) error
	// Parameter is the status of a parameter that does not fit.
	Parameter int
}

// Handle returns the handler that answers for h.
func (a Answers) Handle(h HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		if a.Translate != nil {
			if translated := a.Translate(err); translated != nil {
				err = translated // an error never becomes a success
			}
		}
		var problem *Problem
		var parameter *ParameterError
		switch {
		case errors.Is(err, ErrNotFound):
			rolehttp.NotFound(w, r)
		case errors.Is(err, ErrRefused):
			rolehttp.Refuse(w, r)
		case errors.As(err, &problem) && problem != nil:
			if problem.status() >= 500 {
				a.log(r, err)
			}
			problem.Write(w)
		case errors.As(err, &parameter) && parameter != nil:
			status := http.StatusBadRequest
			if a.Parameter != 0 {
				status = a.Parameter
			}
			WriteProblem(w, status, parameter.Error())
		case r.Context().Err() != nil: // the time is over, or the client is gone
			WriteProblem(w, http.StatusServiceUnavailable, "")
		default:
			a.log(r, err)
			WriteProblem(w, http.StatusInternalServerError, "")
		}
	}
}

func (a Answers) log(r *http.Request, err error) {
	if a.Log != nil {
		a.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", r.Pattern, "err", err)
	}
}

// WriteJSON answers with a value. The error is of a value that is no JSON, and then
// nothing is written.
func WriteJSON(w http.ResponseWriter, status int, v any) error {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false) // it is not HTML, and its URLs have &
	if err := e.Encode(v); err != nil {
		return err
	}
	write(w, status, "application/json", body.Bytes())
	return nil
}
