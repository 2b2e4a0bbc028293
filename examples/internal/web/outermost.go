package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// RequestTime is how long a request may take, the database included, where a Config
// says nothing else.
const RequestTime = 10 * time.Second

// Config is how [Outermost] does its work. The zero Config logs and counts nothing.
type Config struct {
	Log     *slog.Logger
	Metrics *Metrics
	Time    time.Duration // of a request; RequestTime if zero
	// TrimSlash serves "/groups/" as "/groups". Without it that is another path. No
	// pattern of the service ends with a slash then, but for the one of everything.
	TrimSlash bool
}

// Outermost goes around everything that a service serves. It gives each request an id
// and an end, bounds its body, makes a panic a 500 and the text errors of http.ServeMux
// (404, and 405 with its Allow) problems like all others, and logs and counts what was
// answered.
//
// The log has the path and not the query, in which filters name what people look for.
func Outermost(next http.Handler, c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Time <= 0 {
		c.Time = RequestTime
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		ctx, cancel := context.WithTimeout(withID(r.Context()), c.Time)
		defer cancel()
		r = r.WithContext(ctx) // a copy, in which the mux will leave its pattern
		if c.TrimSlash {
			r.URL = trimSlash(r.URL)
		}
		w.Header().Set("X-Request-Id", RequestID(ctx))
		rec := &recorder{ResponseWriter: w}
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		done := c.Metrics.begin()
		defer func() {
			aborted := rec.recovered(ctx, c.Log, r, recover())
			done(r, rec.status, time.Since(begin))
			if c.Log.Enabled(ctx, slog.LevelInfo) {
				c.Log.InfoContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "route", r.Pattern,
					"status", rec.status, "bytes", rec.bytes, "ms", float64(time.Since(begin).Microseconds())/1000)
			}
			if aborted {
				panic(http.ErrAbortHandler) // half an answer must not look whole
			}
		}()
		next.ServeHTTP(rec, r)
		if rec.status == 0 {
			rec.WriteHeader(http.StatusOK)
		}
	})
}

// recovered makes a panic a 500, or reports that it is too late for one.
func (w *recorder) recovered(ctx context.Context, log *slog.Logger, r *http.Request, p any) (aborted bool) {
	if p == nil {
		return false
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return true
	}
	log.ErrorContext(ctx, "panic", "method", r.Method, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
	if w.status != 0 {
		return true
	}
	clear(w.Header()) // what was meant for another answer
	w.Header().Set("X-Request-Id", RequestID(ctx))
	WriteProblem(w, http.StatusInternalServerError, "")
	return false
}
