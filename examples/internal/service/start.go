package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// Running is a service that serves.
type Running struct {
	*Env
	stop     context.CancelFunc
	draining atomic.Bool
	done     chan struct{}
	err      error
}

// Start begins to serve, until the context ends or Stop is called. When it returns, the
// service answers; Wait tells how it ends. With an error nothing is left open.
func (s Service) Start(ctx context.Context, args []string, stdout, stderr io.Writer) (_ *Running, err error) {
	o, err := s.parse(args, stdout)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	r := &Running{
		Env:  &Env{Log: o.logger(stderr), Registry: prometheus.NewRegistry(), Out: stdout},
		stop: stop,
		done: make(chan struct{}),
	}
	defer func() {
		if err != nil {
			stop()
			err = errors.Join(err, r.close())
		}
	}()
	if r.DB, err = database.Open(ctx, o.db); err != nil {
		return nil, fmt.Errorf("-db: %w", err)
	}
	r.OnClose(r.DB.Close)
	if s.Migrations != nil {
		if err := r.DB.Migrate(ctx, s.Migrations); err != nil {
			return nil, err
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.addr)
	if err != nil {
		return nil, fmt.Errorf("-addr: %w", err)
	}
	r.URL = "http://" + listener.Addr().String()
	handler, err := s.handler(ctx, r)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	fmt.Fprintf(stdout, "%s: %s\n", s.Name, r.URL)
	r.Log.Info("serving", "addr", listener.Addr().String(), "database", r.DB.Dialect.String())
	go r.serve(ctx, listener, handler, o.drain)
	return r, nil
}

// handler is everything that is served.
func (s Service) handler(ctx context.Context, r *Running) (http.Handler, error) {
	for _, c := range []prometheus.Collector{
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewDBStatsCollector(r.DB.DB, s.Name),
	} {
		if err := r.Registry.Register(c); err != nil {
			return nil, err
		}
	}
	metrics, err := web.NewMetrics(r.Registry)
	if err != nil {
		return nil, err
	}
	built, err := s.Build(ctx, r.Env)
	if err != nil {
		return nil, err
	}
	if built == nil {
		return nil, errors.New("the service has no handler")
	}
	config := web.Config{Log: r.Log, Metrics: metrics, TrimSlash: s.TrimSlash}
	return web.Outermost(r.beside(built), config), nil
}

// serve serves until the context ends. Requests that have begun by then are answered:
// their contexts are not the one that ends.
func (r *Running) serve(ctx context.Context, listener net.Listener, handler http.Handler, drain time.Duration) {
	defer close(r.done)
	defer r.stop()
	server := web.NewServer(handler, r.Log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case r.err = <-failed:
	case <-ctx.Done():
		r.draining.Store(true)
		r.Log.Info("stopping")
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		if r.err = server.Shutdown(within); r.err != nil {
			r.err = errors.Join(fmt.Errorf("not all requests were answered: %w", r.err), server.Close())
		}
	}
	r.err = errors.Join(r.err, r.close())
}

// close closes what was opened, the last first.
func (r *Running) close() error {
	var err error
	for _, f := range slices.Backward(r.closers) {
		err = errors.Join(err, f())
	}
	r.closers = nil
	return err
}

// Stop ends the service as a signal does, and waits until it has ended.
func (r *Running) Stop() error {
	r.stop()
	return r.Wait()
}

// Wait waits until the service has ended, and tells how.
func (r *Running) Wait() error {
	<-r.done
	return r.err
}
