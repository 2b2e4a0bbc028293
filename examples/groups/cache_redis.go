package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/examples/internal/web"
)

const (
	answerLife     = 10 * time.Minute
	generationLife = time.Hour
	// avoidTime is how long a Redis that did not answer is not asked again.
	avoidTime = time.Second
)

// inRedis keeps answers in a Redis that several processes may share.
//
// As in memory, a user and a resource have generations: a word that no other has, in a
// key of its own. A change writes new words, once it is stored and before it is
// acknowledged, and an answer holds only with the words that were read before it was
// found out.
//
// Where Redis cannot be told of a change, no process may use what it keeps. They learn it
// from the database: answers are of an epoch, each process reads every few moments which
// one it is, and uses none for longer than the wait without reading it again. So a change
// that Redis was not told of begins an epoch, and is acknowledged after the wait.
type inRedis struct {
	client *redis.Client
	epochs *store
	log    *slog.Logger
	wait   time.Duration // half of what an answer may be late: for Redis, and then for the epoch
	lease  atomic.Pointer[lease]
	avoid  atomic.Pointer[time.Time] // no question to Redis until then

	run      atomic.Pointer[string] // of the server that answers
	restarts atomic.Int64           // of the server, as far as they were noticed
	begun    int64                  // restarts after which an epoch has begun
}

// lease is the epoch as a process knows it, and until when that is good enough.
type lease struct {
	epoch    string
	until    time.Time
	restarts int64
}

// newInRedis begins an epoch: an earlier process may have ended between storing a change
// and telling Redis of it.
func newInRedis(ctx context.Context, env *service.Env, url string, late time.Duration) (*inRedis, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	s := &inRedis{epochs: &store{env.DB}, log: env.Log, wait: late / 2}
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = s.wait, s.wait, s.wait, s.wait
	options.ContextTimeoutEnabled = true
	options.MaxRetries = -1
	options.OnConnect = s.connected
	s.client = redis.NewClient(options)
	env.OnClose(s.client.Close)
	if err := s.epochs.newEpoch(ctx); err != nil {
		return nil, err
	}
	s.renew(ctx)
	go s.follow(ctx)
	return s, nil
}

// follow reads the epoch until the service is told to stop. Then the lease runs out.
func (s *inRedis) follow(ctx context.Context) {
	tick := time.NewTicker(s.wait / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.renew(ctx)
		}
	}
}

func (s *inRedis) renew(ctx context.Context) {
	within, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	restarts := s.restarts.Load()
	if restarts != s.begun {
		if err := s.epochs.newEpoch(within); err != nil {
			return
		}
		s.begun = restarts
	}
	until := time.Now().Add(s.wait) // from before it is read: it may change right after
	if epoch, err := s.epochs.epoch(within); err == nil {
		s.lease.Store(&lease{epoch, until, restarts})
	}
}

// inTime is the context of one question to Redis.
func (s *inRedis) inTime(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, s.wait)
}

// epoch is the one whose answers may be used now; "" for none.
func (s *inRedis) epoch() string {
	l := s.lease.Load()
	if l == nil || !time.Now().Before(l.until) || l.restarts != s.restarts.Load() || s.avoided() {
		return ""
	}
	return l.epoch
}

func (s *inRedis) avoided() bool {
	until := s.avoid.Load()
	return until != nil && time.Now().Before(*until)
}

// failed is Redis not answering.
func (s *inRedis) failed(ctx context.Context, err error) {
	until := time.Now().Add(avoidTime)
	s.avoid.Store(&until)
	s.log.WarnContext(ctx, "redis does not answer", "err", err)
}

func (s *inRedis) look(ctx context.Context, q question) (allowed, found bool, _ place) {
	epoch := s.epoch()
	if epoch == "" {
		return false, false, nowhere{}
	}
	within, cancel := s.inTime(ctx)
	defer cancel()
	key := "groups:answer:" + epoch + ":" + q.user + "\x00" + q.resource
	names := []string{everyone, userKey(q.user), resourceKey(q.resource)}
	got, err := s.client.MGet(within, append(names, key)...).Result()
	if err == nil && (got[0] == nil || got[1] == nil || got[2] == nil) {
		got, err = s.begin(within, names)
	}
	if err != nil {
		if ctx.Err() == nil { // and not the caller who went away
			s.failed(ctx, err)
		}
		return false, false, nowhere{}
	}
	words := [3]string{}
	for i := range words {
		words[i], _ = got[i].(string)
	}
	at := strings.Join(words[:], " ") + " "
	if kept, _ := got[3].(string); strings.HasPrefix(kept, at) && s.epoch() == epoch {
		return kept == at+"yes", true, nil
	}
	return false, false, redisPlace{s, key, at}
}

// begin gives words to generations that have none, or none any more.
func (s *inRedis) begin(ctx context.Context, names []string) ([]any, error) {
	var got *redis.SliceCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, name := range names {
			p.SetNX(ctx, name, rand.Text(), generationLife)
		}
		got = p.MGet(ctx, names...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return append(got.Val(), nil), nil
}

const everyone = "groups:all"

func userKey(name string) string     { return "groups:user:" + name }
func resourceKey(name string) string { return "groups:resource:" + name }

func (s *inRedis) changed(ctx context.Context, c change) error {
	var err error
	if !s.avoided() {
		if err = s.tell(ctx, c); err == nil {
			return nil
		}
		s.failed(ctx, err)
	}
	within, cancel := context.WithTimeout(ctx, web.RequestTime)
	defer cancel()
	if err := s.epochs.newEpoch(within); err != nil {
		return err
	}
	s.lease.Store(nil) // until it is read again
	time.Sleep(s.wait)
	return nil
}

// tell writes new words.
func (s *inRedis) tell(ctx context.Context, c change) error {
	within, cancel := s.inTime(ctx)
	defer cancel()
	_, err := s.client.Pipelined(within, func(p redis.Pipeliner) error {
		if c.all {
			p.Set(within, everyone, rand.Text(), generationLife)
		}
		for _, name := range c.users {
			p.Set(within, userKey(name), rand.Text(), generationLife)
		}
		for _, name := range c.resources {
			p.Set(within, resourceKey(name), rand.Text(), generationLife)
		}
		return nil
	})
	return err
}

type redisPlace struct {
	*inRedis
	key, at string
}

func (p redisPlace) keep(ctx context.Context, allowed bool) {
	text := p.at + "no"
	if allowed {
		text = p.at + "yes"
	}
	within, cancel := p.inTime(ctx)
	defer cancel()
	if err := p.client.Set(within, p.key, text, answerLife).Err(); err != nil && ctx.Err() == nil {
		p.failed(ctx, err)
	}
}
