package service

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Main runs the program with the arguments, streams and signals of the process, and ends
// it: with 0 where all went well, with 1 where something failed, with 2 where it was
// called wrongly.
func (s Service) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	os.Exit(s.main(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func (s Service) main(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := s.Run(ctx, args, stdout, stderr)
	if err == nil {
		return 0
	}
	fmt.Fprintf(stderr, "%s: %v\n", s.Name, err)
	var usage *UsageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

// Run serves until the context ends. The error is nil if then all requests were answered
// and everything was closed; a *[UsageError] where the arguments are wrong. Asked for
// help, it gives it and is done.
func (s Service) Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	running, err := s.Start(ctx, args, stdout, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	return running.Wait()
}
