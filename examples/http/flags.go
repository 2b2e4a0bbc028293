package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
)

// options are the flags of the service.
type options struct {
	addr, db, policy, keys, issuer, audience, tokens string
	demo                                             bool
	log                                              slog.Level
}

const help = `Serves tasks over HTTP, to each caller what policy.yaml permits.

	go run ./examples/http [flags]        serve; see -help below
	go run ./examples/http load [flags]   ask a running service, and check every answer

Without -keys it is a demonstration: the service makes a key for this run alone, prints
commands with tokens to try it, keeps the tokens in a file for load, and puts tasks into an
empty database. No key and no token is built in.

`

// parse reads the arguments. An error other than flag.ErrHelp is one of usage.
func parse(args []string, stdout io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("http", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.addr, "addr", "localhost:8080", "where to listen")
	flags.StringVar(&o.db, "db", "", "the SQLite `file`; a temporary one if left out")
	flags.StringVar(&o.policy, "policy", "", "a policy `file` to follow instead of the one that is built in")
	flags.StringVar(&o.keys, "keys", "", "a JWKS `file` of public keys that tokens are verified with")
	flags.StringVar(&o.issuer, "issuer", "", "who issues the tokens; needed with -keys")
	flags.StringVar(&o.audience, "audience", "tasks", "whom tokens have to be for")
	flags.StringVar(&o.tokens, "tokens", tokensPath(), "where a demonstration keeps its tokens")
	flags.BoolVar(&o.demo, "demo", false, "be a demonstration; the default without -keys")
	flags.TextVar(&o.log, "log", slog.LevelInfo, "the lowest `level` that is logged")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(stdout, help)
			flags.SetOutput(stdout)
			flags.PrintDefaults()
		}
		return o, err
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if !given["demo"] {
		o.demo = o.keys == ""
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("what is %q? See -help", flags.Arg(0))
	case o.demo && o.keys != "":
		return o, errors.New("-demo makes a key of its own, so there is no -keys with it")
	case !o.demo && o.keys == "":
		return o, errors.New("without -demo there has to be a -keys")
	case !o.demo && o.issuer == "":
		return o, errors.New("-keys needs an -issuer")
	}
	if o.demo && o.issuer == "" {
		o.issuer = "https://login.example"
	}
	return o, nil
}

// tokensPath is where the service leaves the tokens of a demonstration and load finds
// them.
func tokensPath() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		folder = os.TempDir()
	}
	return filepath.Join(folder, "rolespec-http-tokens.json")
}
