package main

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// requestTime is how long a request may take, the database included.
const requestTime = 10 * time.Second

// outermost bounds the time of a request, logs it, makes a panic a 500, and the text
// errors of http.ServeMux (404, 405) problems like all others.
//
// The log has the path and not the query, in which filters name what people look for.
func outermost(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				log.ErrorContext(ctx, "panic", "method", r.Method, "path", r.URL.Path, "panic", p)
				if rec.status != 0 {
					panic(http.ErrAbortHandler) // half an answer must not look whole
				}
				writeProblem(rec, http.StatusInternalServerError, "")
			}
			log.InfoContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "status", rec.status,
				"bytes", rec.bytes, "ms", float64(time.Since(begin).Microseconds())/1000)
		}()
		next.ServeHTTP(rec, r.WithContext(ctx))
		if rec.status == 0 {
			rec.WriteHeader(http.StatusOK)
		}
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
	muted  bool // the body is replaced
}

func (w *recorder) WriteHeader(status int) {
	if w.status != 0 {
		return
	}
	if status >= 400 && strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		writeProblem(w, status, "")
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
