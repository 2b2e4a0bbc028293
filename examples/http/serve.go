package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/payload"
)

// drainTime is how long what runs may take to finish once the service is told to stop.
const drainTime = 20 * time.Second

// serve runs the service until the context ends, and then finishes what runs.
func serve(ctx context.Context, opts options, stdout, stderr io.Writer) (err error) {
	log := slog.New(web.LogHandler(slog.NewJSONHandler(stderr, &slog.HandlerOptions{Level: opts.log})))
	if opts.db == "" {
		folder, err := os.MkdirTemp("", "tasks-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		opts.db = filepath.Join(folder, "tasks.db")
	}
	s, err := openStore(ctx, opts.db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	live, err := watchPolicy(ctx, opts.policy, log)
	if err != nil {
		return err
	}
	defer live.Close()
	keys, demo, err := opts.keySet()
	if err != nil {
		return err
	}
	verifier, err := newVerifier(keys, opts.issuer, opts.audience)
	if err != nil {
		return err
	}
	sv, err := newService(s, verifier, live, log)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", opts.addr)
	if err != nil {
		return err
	}
	if demo != nil {
		if err := demo.begin(ctx, s, "http://"+listener.Addr().String(), opts.tokens, stdout); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	log.Info("serving", "addr", listener.Addr().String(), "policy", live.Version())
	return sv.run(ctx, listener)
}

// keySet returns the keys that tokens are verified with, and the demonstration if there
// is to be one.
func (o options) keySet() (payload.Keys, *demo, error) {
	if o.demo {
		d, err := newDemo(o.issuer, o.audience)
		if err != nil {
			return nil, nil, err
		}
		return payload.Keys{d.public}, d, nil
	}
	keys, err := payload.ReadJWKS(o.keys)
	if err != nil {
		return nil, nil, fmt.Errorf("-keys: %w", err)
	}
	return keys, nil, nil
}

// run serves on the listener until the context ends. Requests that have begun by then
// are answered: their contexts are not the one that ends.
func (sv *service) run(ctx context.Context, listener net.Listener) error {
	server := web.NewServer(sv.handler, sv.log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	sv.draining.Store(true)
	sv.log.Info("stopping")
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	return server.Shutdown(within)
}
