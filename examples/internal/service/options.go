package service

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// UsageError says that the program was called wrongly.
type UsageError struct{ Err error }

func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns Err.
func (e *UsageError) Unwrap() error { return e.Err }

// options are the flags that every service has.
type options struct {
	addr, db, format string
	level            slog.Level
	drain            time.Duration
}

// parse reads the arguments. An error is flag.ErrHelp, once help is given, or a
// *UsageError.
func (s Service) parse(args []string, stdout io.Writer) (o options, err error) {
	addr := s.Addr
	if addr == "" {
		addr = defaultAddr
	}
	flags := flag.NewFlagSet(s.Name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.addr, "addr", addr, "where to listen")
	flags.StringVar(&o.db, "db", "", "a SQLite `file` or postgres://...; a temporary database if left out")
	flags.StringVar(&o.format, "log-format", "text", "of the log: text or json")
	flags.TextVar(&o.level, "log", slog.LevelInfo, "the lowest `level` that is logged")
	flags.DurationVar(&o.drain, "drain", defaultDrain, "how long what has begun may take to finish when the service stops")
	if s.Flags != nil {
		s.Flags(flags)
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintf(stdout, "%s\n\n\tgo run ./examples/%s [flags]\n\n", s.Help, s.Name)
			flags.SetOutput(stdout)
			flags.PrintDefaults()
			return o, err
		}
		return o, &UsageError{err}
	}
	switch {
	case flags.NArg() > 0:
		return o, &UsageError{fmt.Errorf("what is %q? See -help", flags.Arg(0))}
	case o.format != "text" && o.format != "json":
		return o, &UsageError{errors.New("-log-format is text or json")}
	case o.drain <= 0:
		return o, &UsageError{errors.New("-drain has to be longer than nothing")}
	}
	if s.Check != nil {
		if err := s.Check(); err != nil {
			return o, &UsageError{err}
		}
	}
	return o, nil
}

// logger writes to the error stream of the program.
func (o options) logger(w io.Writer) *slog.Logger {
	with := &slog.HandlerOptions{Level: o.level}
	var h slog.Handler = slog.NewTextHandler(w, with)
	if o.format == "json" {
		h = slog.NewJSONHandler(w, with)
	}
	return slog.New(web.LogHandler(h))
}
