package policynats_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policynats"
)

// key is that of the policy in the tests.
const key = "tasks.main"

// text is a policy of which every answer says the generation twice.
func text(generation int) []byte {
	return fmt.Appendf(nil, `
rolespec: 1
resources:
  tasks:
    fields: {id: int, generation: int}
roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: PUT
        rule: generation == %d
        check: generation == %[1]d
`, generation)
}

var caller = policy.Claims{"roles": []string{"user"}}

// generation returns the one that an answer of the policy says.
func generation(t testing.TB, live *policy.Live[policy.Claims]) int {
	t.Helper()
	p, err := live.Permission(caller, "tasks", "PUT")
	if err != nil {
		t.Fatalf("permission: %v", err)
	}
	var rows, check int
	if _, err := fmt.Sscanf(p.Rows.String(), "generation == %d", &rows); err != nil {
		t.Fatalf("rows are %v: %v", p.Rows, err)
	}
	if _, err := fmt.Sscanf(p.Check.String(), "generation == %d", &check); err != nil {
		t.Fatalf("check is %v: %v", p.Check, err)
	}
	if rows != check {
		t.Fatalf("one answer of two policies: rows of %d, check of %d", rows, check)
	}
	return rows
}

// serve starts a server, on a port of its own unless the options name one.
func serve(t testing.TB, options server.Options) *server.Server {
	t.Helper()
	options.Host, options.JetStream, options.NoLog, options.NoSigs = "127.0.0.1", true, true, true
	if options.Port == 0 {
		options.Port = server.RANDOM_PORT
	}
	if options.StoreDir == "" {
		options.StoreDir = t.TempDir()
	}
	s, err := server.NewServer(&options)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { stop(s) })
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server is not ready")
	}
	return s
}

func stop(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

func port(s *server.Server) int { return s.Addr().(*net.TCPAddr).Port }

// somewhere returns the URL of the server that ROLESPEC_NATS_URL names, or else
// of one of the test's own.
func somewhere(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("ROLESPEC_NATS_URL"); url != "" {
		return url
	}
	return serve(t, server.Options{}).ClientURL()
}

// connect returns a connection that comes back by itself.
func connect(t testing.TB, url string, options ...nats.Option) *nats.Conn {
	t.Helper()
	conn, err := nats.Connect(url, append(options, nats.MaxReconnects(-1), nats.ReconnectWait(300*time.Millisecond))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func stream(t testing.TB, conn *nats.Conn) jetstream.JetStream {
	t.Helper()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// create makes a bucket of the test's own.
func create(t testing.TB, url string) jetstream.KeyValue {
	t.Helper()
	js := stream(t, connect(t, url))
	name := "rolespec_" + rand.Text()
	kv, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: name, History: 5})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = js.DeleteKeyValue(ctx, name) // a server of the test's own may be gone
	})
	return kv
}

// open returns the bucket through a connection.
func open(t testing.TB, conn *nats.Conn, bucket string) jetstream.KeyValue {
	t.Helper()
	kv, err := stream(t, conn).KeyValue(t.Context(), bucket)
	if err != nil {
		t.Fatal(err)
	}
	return kv
}

func publish(t testing.TB, kv jetstream.KeyValue, generation int, opts ...policynats.PublishOption) uint64 {
	t.Helper()
	revision, err := policynats.Publish(t.Context(), kv, key, text(generation), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// fleet returns services that follow the policy, each on a connection of its own.
// They learn of changes by notices alone: the interval is out of reach.
func fleet(t testing.TB, url, bucket string, size int, reconnects bool) []*policy.Live[policy.Claims] {
	t.Helper()
	services := make([]*policy.Live[policy.Claims], size)
	for i := range services {
		conn := connect(t, url)
		var opts []policynats.SourceOption
		if reconnects {
			opts = append(opts, policynats.Reconnects(conn))
		}
		services[i] = watch(t, policynats.Source(open(t, conn, bucket), key, opts...))
	}
	return services
}

func watch(t testing.TB, source policy.Source) *policy.Live[policy.Claims] {
	t.Helper()
	live, err := policy.Watch[policy.Claims](context.Background(), source, policy.Interval(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(live.Close)
	return live
}

// within returns once all of them satisfy the condition, or fails.
func within(t testing.TB, limit time.Duration, services []*policy.Live[policy.Claims], what string, holds func(*policy.Live[policy.Claims]) bool) {
	t.Helper()
	until(t, limit, what, func() bool {
		for _, live := range services {
			if !holds(live) {
				return false
			}
		}
		return true
	})
}

func until(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(limit); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}

func at(t testing.TB, want int) func(*policy.Live[policy.Claims]) bool {
	return func(live *policy.Live[policy.Claims]) bool {
		return generation(t, live) == want && live.Status().Err == nil
	}
}
