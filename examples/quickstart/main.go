package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// The program answers 0 where SQL and memory agree everywhere, 1 where something
// failed or they do not, 2 where it was called wrongly.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil {
		return
	}
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	stop()
	fmt.Fprintln(os.Stderr, "quickstart:", err)
	var usage *usageError
	if errors.As(err, &usage) {
		os.Exit(2)
	}
	os.Exit(1)
}

// errDifferent is what must not happen.
var errDifferent = errors.New("SQL and memory gave different rows")

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	opts, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, err := io.WriteString(stdout, help)
		return err
	}
	if err != nil {
		return err
	}
	out := newPrinter(stdout)
	if opts.table != "" {
		return runOwn(ctx, out, opts, stderr)
	}
	return runTour(ctx, out, opts, stderr)
}
