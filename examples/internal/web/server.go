package web

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer returns the server of every service, which nobody keeps busy by being slow.
func NewServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       RequestTime,
		WriteTimeout:      2 * RequestTime,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10, // a token has 8 kB at most
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
