package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// The program ends with 0 where all went well, with 1 where something failed, with 2
// where it was called wrongly.
func main() {
	commands := map[string]func(context.Context, []string) error{"load": load, "bare": bare}
	if len(os.Args) > 1 && commands[os.Args[1]] != nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		context.AfterFunc(ctx, stop) // the second signal ends the program at once
		if err := commands[os.Args[1]](ctx, os.Args[2:]); err != nil && !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintf(os.Stderr, "groups %s: %v\n", os.Args[1], err)
			os.Exit(1)
		}
		return
	}
	program().Main()
}

// config are the flags of the service.
type config struct {
	cache                  string
	cacheTime              time.Duration
	keys, issuer, audience string
	seed                   bool
}

func (c *config) flags(flags *flag.FlagSet) {
	flags.StringVar(&c.cache, "cache", "memory", "where answers are kept: memory, for one process alone, redis://..., or off")
	flags.DurationVar(&c.cacheTime, "cache-timeout", 200*time.Millisecond, "how much later an answer may be because of a Redis that is down or slow")
	flags.StringVar(&c.keys, "keys", "", "a JWKS `file` of public keys; with it writers need a token")
	flags.StringVar(&c.issuer, "issuer", "", "who issues the tokens; needed with -keys")
	flags.StringVar(&c.audience, "audience", "groups", "whom tokens have to be for")
	flags.BoolVar(&c.seed, "seed", false, "put groups, users and resources to try into an empty database")
}

func (c *config) check() error {
	if c.keys != "" && c.issuer == "" {
		return errors.New("-keys needs an -issuer")
	}
	if c.keys == "" && c.issuer != "" {
		return errors.New("-issuer needs -keys")
	}
	if c.cacheTime < 10*time.Millisecond {
		return errors.New("-cache-timeout is 10ms at least")
	}
	if c.cache == "memory" || c.cache == "off" {
		return nil
	}
	if u, err := url.Parse(c.cache); err != nil || u.Scheme != "redis" && u.Scheme != "rediss" {
		return errors.New("-cache is memory, off or redis://host:port/number")
	}
	return nil
}

// program is the service.
func program() service.Service {
	var c config
	files, err := migrations()
	return service.Service{
		Name: "groups",
		Help: "Answers whether a user may use a resource: where they have a group in common.\n\n" +
			"With load in front of flags of its own, see load -help, it measures itself instead.",
		Flags:      c.flags,
		Check:      c.check,
		Migrations: files,
		TrimSlash:  true,
		Build: func(ctx context.Context, env *service.Env) (http.Handler, error) {
			if err != nil {
				return nil, err
			}
			return c.build(ctx, env)
		},
	}
}

func (c *config) build(ctx context.Context, env *service.Env) (http.Handler, error) {
	s, err := newStore(ctx, env.DB)
	if err != nil {
		return nil, err
	}
	if c.seed {
		if err := s.seed(ctx); err != nil {
			return nil, err
		}
	}
	a := &api{store: s, log: env.Log, guarded: c.keys != ""}
	if a.kept, err = c.open(ctx, env); err != nil {
		return nil, fmt.Errorf("-cache: %w", err)
	}
	a.declareRoutes()
	if a.decisions, err = audit.New(env.Log, env.Registry, a.routes.Endpoints()...); err != nil {
		return nil, err
	}
	guard, err := c.guard(a.decisions)
	if err != nil {
		return nil, err
	}
	return a.routes.Handler(guard)
}

// guard stands before writers. Without keys no route asks it, and it lets nobody through.
func (c *config) guard(decisions *audit.Audit) (*rolehttp.Guard[Claims], error) {
	var verifier rolehttp.Verifier[Claims] = nobody{}
	if c.keys != "" {
		keys, err := payload.ReadJWKS(c.keys)
		if err != nil {
			return nil, fmt.Errorf("-keys: %w", err)
		}
		verifier, err = payload.NewVerifier[Claims](keys, payload.WithIssuer(c.issuer),
			payload.WithAudience(c.audience), payload.WithRequired("sub"))
		if err != nil {
			return nil, err
		}
	}
	return rolehttp.New(verifier, writers, append(decisions.Guard(), rolehttp.WithRealm("groups"))...)
}

// open returns the cache that is asked for.
func (c *config) open(ctx context.Context, env *service.Env) (cache, error) {
	conn, err := hold(ctx, env, c.cache == "memory")
	if err != nil {
		return nil, err
	}
	switch c.cache {
	case "off":
		return nowhere{}, nil
	case "memory":
		m := newMemory()
		if conn != nil {
			go m.watch(ctx, conn, env)
		}
		return m, nil
	}
	return newInRedis(ctx, env, c.cache, c.cacheTime)
}
