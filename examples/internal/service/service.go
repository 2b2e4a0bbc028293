package service

import (
	"context"
	"flag"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// Service is a program. Name and Build are needed; the rest may be left out.
type Service struct {
	Name  string
	Help  string                                                    // what it does, for -help
	Flags func(*flag.FlagSet)                                       // declares flags of its own
	Check func() error                                              // of those flags, once they are read; its error is one of usage
	Addr  string                                                    // where it listens if -addr does not say; "localhost:8080" if empty
	Build func(ctx context.Context, env *Env) (http.Handler, error) // its context ends when the service is told to stop
	// Migrations has the directories "sqlite" and "postgres"; without it nothing is
	// migrated.
	Migrations fs.FS
	TrimSlash  bool // serves "/groups/" as "/groups"; see [web.Config]
}

// Env is what a service is built from.
type Env struct {
	DB       *database.DB
	Log      *slog.Logger // adds the id of the request to what is logged with its context
	Registry *prometheus.Registry
	URL      string    // where it listens: "http://127.0.0.1:8080"
	Out      io.Writer // what people who start it should read

	closers []func() error
}

// OnClose adds what is to be closed once the last request is answered, or the service
// does not start; the last one added is closed first.
func (e *Env) OnClose(f func() error) { e.closers = append(e.closers, f) }

const (
	defaultAddr  = "localhost:8080"
	defaultDrain = 20 * time.Second
)
