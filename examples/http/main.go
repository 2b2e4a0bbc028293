package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/rolespec/rolespec/examples/http/internal/load"
)

// The program ends with 0 where all went well, with 1 where something failed or load has
// found an answer that must not be, with 2 where it was called wrongly.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "http:", err)
	var usage *usageError
	if errors.As(err, &usage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// usageError says that the program was called wrongly.
type usageError struct{ error }

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == "load" {
		c, err := load.Parse(args[1:], tokensPath(), stdout)
		if err != nil {
			return wrong(err)
		}
		return load.Run(ctx, c, stdout)
	}
	opts, err := parse(args, stdout)
	if err != nil {
		return wrong(err)
	}
	return serve(ctx, opts, stdout, stderr)
}

// wrong is an error of usage, unless help was asked for and given.
func wrong(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	return &usageError{err}
}
