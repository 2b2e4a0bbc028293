package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

// eachRedis runs a test with a Redis in the process, and with a real one where it is
// installed.
func eachRedis(t *testing.T, test func(t *testing.T, addr string)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) { test(t, miniredis.RunT(t).Addr()) })
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Log("there is no redis-server: tested with miniredis alone")
		return
	}
	t.Run("redis", func(t *testing.T) {
		addr := freeAddr(t)
		startRedis(t, addr, t.TempDir())
		test(t, addr)
	})
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// startRedis starts a server with a snapshot in a folder, and waits until it answers.
func startRedis(t *testing.T, addr, folder string) *exec.Cmd {
	t.Helper()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	until(t, "redis answers", func() bool { return client.Ping(t.Context()).Err() == nil })
	return cmd
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never was so that %s", what)
		}
	}
}

// line is a connection to Redis that can be cut, or swallow what is sent.
type line struct {
	net.Listener
	to     string
	silent atomic.Bool
}

func newLine(t *testing.T, to string) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	between := &line{Listener: l, to: to}
	go between.serve()
	return between
}

func (l *line) serve() {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.to)
		if err != nil {
			near.Close()
			continue
		}
		for from, to := range map[net.Conn]net.Conn{near: far, far: near} {
			go func() {
				defer to.Close()
				buffer := make([]byte, 4096)
				for {
					n, err := from.Read(buffer)
					if err != nil {
						return
					}
					if l.silent.Load() {
						continue
					}
					if _, err := to.Write(buffer[:n]); err != nil {
						return
					}
				}
			}()
		}
	}
}

const late = 200 * time.Millisecond

// slack is what a machine that does much else may take for what takes no time.
const slack = 3 * time.Second

func startWith(t *testing.T, dsn, redis string) world {
	t.Helper()
	return start(t, dsn, "-cache", "redis://"+redis, "-cache-timeout", late.String(), "-log", "error")
}

// A change that one process has acknowledged is in the next answer of another, while many
// ask and keep what they find.
func TestRevokeWhileAsked(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"memory", "redis"} {
		t.Run(kind, func(t *testing.T) {
			test := func(t *testing.T, addr string) {
				testservice.Each(t, func(t *testing.T, dsn string) {
					var writer, asker world
					if kind == "memory" {
						writer = start(t, dsn, "-log", "error")
						asker = writer
					} else {
						writer, asker = startWith(t, dsn, addr), startWith(t, dsn, addr)
					}
					g, r := writer.group("a"), writer.resource("r")
					writer.share(g, r).Want(t, 204)
					ctx, stop := context.WithCancel(t.Context())
					var askers sync.WaitGroup
					for range 4 {
						askers.Go(func() {
							for ctx.Err() == nil {
								asker.authorized("u", "r")
							}
						})
					}
					for range 30 {
						writer.attach(g, "u").Want(t, 204)
						asker.want("u", "r", true)
						writer.do("DELETE", fmt.Sprintf("/group/%d/user/u", g), nil).Want(t, 204)
						asker.want("u", "r", false)
					}
					stop()
					askers.Wait()
				})
			}
			if kind == "memory" {
				test(t, "")
				return
			}
			eachRedis(t, test)
		})
	}
}

// A change that Redis could not be told of is in the next answer all the same, also of a
// process that still reaches Redis, and nothing takes longer than was said.
func TestRevokeWhileRedisIsSilent(t *testing.T) {
	t.Parallel()
	eachRedis(t, func(t *testing.T, addr string) {
		testservice.Each(t, func(t *testing.T, dsn string) {
			cut := newLine(t, addr)
			writer, asker := startWith(t, dsn, cut.Addr().String()), startWith(t, dsn, addr)
			g, r := writer.group("a"), writer.resource("r")
			writer.attach(g, "u").Want(t, 204)
			writer.share(g, r).Want(t, 204)
			for round := range 3 {
				writer.want("u", "r", true)
				asker.want("u", "r", true) // and kept
				asker.want("u", "r", true)
				cut.silent.Store(true)
				begin := time.Now()
				writer.do("DELETE", fmt.Sprintf("/group/%d/user/u", g), nil).Want(t, 204)
				asker.want("u", "r", false)
				writer.want("u", "r", false)
				if took := time.Since(begin); took > 3*late+slack {
					t.Errorf("round %d: it took %v", round, took)
				}
				cut.silent.Store(false)
				writer.attach(g, "u").Want(t, 204)
				asker.want("u", "r", true)
			}
		})
	})
}

// Where nothing ever comes from Redis, or nobody listens, the answers are right and late
// by no more than was said.
func TestNoRedis(t *testing.T) {
	t.Parallel()
	hole, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer hole.Close()
	go func() {
		for {
			conn, err := hole.Accept()
			if err != nil {
				return
			}
			go io.Copy(io.Discard, conn)
		}
	}()
	for name, addr := range map[string]string{"black hole": hole.Addr().String(), "nobody": freeAddr(t)} {
		t.Run(name, func(t *testing.T) {
			w := startWith(t, filepath.Join(t.TempDir(), "groups.db"), addr)
			g, r := w.group("a"), w.resource("r")
			w.attach(g, "u").Want(t, 204)
			w.share(g, r).Want(t, 204)
			for range 20 {
				begin := time.Now()
				w.want("u", "r", true)
				if took := time.Since(begin); took > late+slack {
					t.Errorf("an answer took %v", took)
				}
			}
			begin := time.Now()
			w.do("DELETE", fmt.Sprintf("/group/%d/user/u", g), nil).Want(t, 204)
			if took := time.Since(begin); took > late+slack {
				t.Errorf("a change took %v", took)
			}
			w.want("u", "r", false)
		})
	}
}

// A Redis that comes back with an old snapshot gives no answer of then.
func TestRedisRestarts(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("redis-server is not installed")
		}
		t.Skip("redis-server is not installed")
	}
	addr, folder := freeAddr(t), t.TempDir()
	server := startRedis(t, addr, folder)
	w := startWith(t, filepath.Join(t.TempDir(), "groups.db"), addr)
	g, r := w.group("a"), w.resource("r")
	w.attach(g, "u").Want(t, 204)
	w.share(g, r).Want(t, 204)
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	until(t, "an answer is kept", func() bool {
		w.want("u", "r", true)
		keys, err := client.Keys(t.Context(), "groups:answer:*").Result()
		return err == nil && len(keys) > 0
	})
	if err := client.Save(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	w.do("DELETE", fmt.Sprintf("/group/%d/user/u", g), nil).Want(t, 204)
	w.want("u", "r", false)
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	startRedis(t, addr, folder)
	if keys, err := client.Keys(t.Context(), "groups:answer:*").Result(); err != nil || len(keys) == 0 {
		t.Fatalf("the snapshot was not read: %v %v", keys, err)
	}
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); {
		w.want("u", "r", false)
	}
}

// An answer is kept and used: what the cache holds is what is answered.
func TestAnswersAreKept(t *testing.T) {
	t.Parallel()
	q := question{"u", "r"}
	server := miniredis.RunT(t)
	w := startWith(t, filepath.Join(t.TempDir(), "groups.db"), server.Addr())
	for name, c := range map[string]cache{"memory": newMemory(), "redis": redisOf(t, w, server.Addr())} {
		_, found, place := c.look(t.Context(), q)
		if found {
			t.Errorf("%s: an answer that nobody has found out", name)
		}
		place.keep(t.Context(), true)
		if allowed, found, _ := c.look(t.Context(), q); !found || !allowed {
			t.Errorf("%s: allowed %v, found %v", name, allowed, found)
		}
		// One that was found out before a change is not kept.
		for _, changed := range []change{{users: []string{"u"}}, {resources: []string{"r"}}, {all: true}} {
			_, found, early := c.look(t.Context(), question{"u", "r"})
			if !found {
				early.keep(t.Context(), true)
			}
			_, _, other := c.look(t.Context(), question{"u", "other"})
			if err := c.changed(t.Context(), changed); err != nil {
				t.Fatal(err)
			}
			if _, found, _ := c.look(t.Context(), q); found {
				t.Errorf("%s: %v has changed, and an answer from before is found", name, changed)
			}
			if other != nil && len(changed.resources) == 0 {
				other.keep(t.Context(), true)
				if _, found, _ := c.look(t.Context(), question{"u", "other"}); found {
					t.Errorf("%s: %v has changed, and what was found out before is kept", name, changed)
				}
			}
		}
	}
}

func redisOf(t *testing.T, w world, addr string) cache {
	t.Helper()
	c, err := newInRedis(t.Context(), w.server.Env, "redis://"+addr, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two processes that each keep answers in memory would not learn of each other's changes:
// the second does not start.
func TestMemoryIsForOne(t *testing.T) {
	t.Parallel()
	dsn := engines.PostgresURL(t)
	first := start(t, dsn)
	for _, kept := range []string{"memory", "off"} {
		_, err := program().Start(t.Context(), []string{"-addr", "127.0.0.1:0", "-db", dsn, "-cache", kept}, io.Discard, io.Discard)
		if !errors.Is(err, errNotAlone) {
			t.Errorf("-cache %s: %v", kept, err)
		}
	}
	if err := first.server.Stop(); err != nil {
		t.Error(err)
	}
	start(t, dsn, "-cache", "off")
	start(t, dsn, "-cache", "off")
}
