// Package load drives a running service with many callers at once, honest and not, and
// checks every answer: no row of another account ever, no server error, for each kind
// of token the status that it has to have.
package load

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Config is what a run needs.
type Config struct {
	URL      string
	Tokens   []Token
	Duration time.Duration
	Workers  int
}

// Parse reads arguments, and the tokens of a demonstration from their file, by default
// the one of the path. An error is one of usage, or flag.ErrHelp.
func Parse(args []string, path string, stdout io.Writer) (Config, error) {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var c Config
	flags.StringVar(&c.URL, "url", "", "where the service is; as the file of tokens says if left out")
	flags.StringVar(&path, "tokens", path, "the `file` of tokens that the service has left")
	seconds := flags.Float64("seconds", 10, "how long to ask")
	flags.IntVar(&c.Workers, "workers", 16, "how many ask at once")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(stdout, "Asks a running demonstration, and checks every answer.")
			flags.SetOutput(stdout)
			flags.PrintDefaults()
		}
		return c, err
	}
	if flags.NArg() > 0 || c.Workers < 1 || !(*seconds > 0) {
		return c, errors.New("load takes -url, -tokens, -seconds above 0 and -workers above 0")
	}
	f, err := read(path)
	if err != nil {
		return c, fmt.Errorf("the tokens of a running demonstration are needed: %w", err)
	}
	if c.URL == "" {
		c.URL = f.URL
	}
	c.Tokens = f.Tokens
	c.Duration = time.Duration(*seconds * float64(time.Second))
	return c, nil
}

// Run asks until the time is over or the context ends, and reports. It is an error if
// one answer was not what it has to be, or if something was never asked.
func Run(ctx context.Context, c Config, out io.Writer) error {
	callers, err := callersOf(c.Tokens)
	if err != nil {
		return err
	}
	client := &http.Client{
		Timeout:   30 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: c.Workers},
	}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, c.Duration)
	defer cancel()

	report := newReport()
	known := &known{}
	begin := time.Now()
	var workers sync.WaitGroup
	for n := range c.Workers {
		workers.Go(func() {
			newWorker(n, c.URL, client, callers, known, report).work(ctx)
		})
	}
	workers.Wait()
	return report.print(out, time.Since(begin))
}
