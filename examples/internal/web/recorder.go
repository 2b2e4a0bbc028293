package web

import (
	"net/http"
	"strings"
)

// recorder remembers what was answered, and answers with a problem where net/http would
// with a text.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
	muted  bool // the body is replaced
}

func (w *recorder) WriteHeader(status int) {
	switch {
	case w.status != 0:
		return
	case status < 200: // more is to come
		w.ResponseWriter.WriteHeader(status)
		return
	case status >= 400 && strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain"):
		WriteProblem(w, status, "")
		w.muted = true
		return
	}
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(body []byte) (int, error) {
	if w.muted {
		return len(body), nil
	}
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(body)
	w.bytes += n
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
