package policynats_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policynats"
	"github.com/rolespec/rolespec/roles"
)

func TestPublishRefuses(t *testing.T) {
	t.Parallel()
	kv := create(t, somewhere(t))
	errCheck := errors.New("its tests fail")
	for _, c := range []struct {
		name, reason string
		text         []byte
		opts         []policynats.PublishOption
		want         error
	}{
		{"empty", "no text is no policy", nil, nil, roles.ErrPolicy},
		{"no policy", "no service would take it", []byte("roles: []"), nil, roles.ErrPolicy},
		{"bad rule", "rules are read as well", []byte("rolespec: 1\nroles: [{name: a, allow: [{endpoint: t, methods: GET, rule: 'x =='}]}]"), nil, roles.ErrPolicy},
		{"check", "the caller knows more of what services take", text(1),
			[]policynats.PublishOption{nil, policynats.Check(nil), policynats.Check(func(p *policy.Policy) error { return errCheck })}, errCheck},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := policynats.Publish(t.Context(), kv, key, c.text, c.opts...); !errors.Is(err, c.want) {
				t.Errorf("have %v, want %v: %s", err, c.want, c.reason)
			}
			if _, err := policynats.Source(kv, key).Read(t.Context(), ""); !errors.Is(err, policynats.ErrNotFound) {
				t.Errorf("it was published: %v", err)
			}
		})
	}
	if _, err := policynats.Publish(t.Context(), kv, "", text(1)); !errors.Is(err, jetstream.ErrInvalidKey) {
		t.Errorf("no key: have %v, want what NATS says", err)
	}
}

// Of those who edited the same revision one wins, and the others are told.
func TestPublishTogether(t *testing.T) {
	t.Parallel()
	const editors = 4
	kv := create(t, somewhere(t))
	var revision uint64 // 0: the first is published together as well
	for round := range 25 {
		var published [editors]uint64
		var refused [editors]error
		var wait sync.WaitGroup
		for i := range editors {
			wait.Go(func() {
				published[i], refused[i] = policynats.Publish(t.Context(), kv, key, text(i), policynats.After(revision))
			})
		}
		wait.Wait()
		winner := -1
		for i, err := range refused {
			switch {
			case err == nil && winner >= 0:
				t.Fatalf("round %d: two have won", round)
			case err == nil:
				winner = i
			case !errors.Is(err, policynats.ErrConflict) || published[i] != 0:
				t.Fatalf("round %d: have %d and %v, want ErrConflict", round, published[i], err)
			}
		}
		if winner < 0 {
			t.Fatalf("round %d: nobody has won: %v", round, refused)
		}
		if published[winner] <= revision {
			t.Fatalf("round %d: revision %d after %d", round, published[winner], revision)
		}
		revision = published[winner]
		if have := read(t, policynats.Source(kv, key), ""); string(have.Data) != string(text(winner)) {
			t.Fatalf("round %d: in force is %s", round, have.Data)
		}
		if round%5 == 4 { // the first after a deletion is published together as well
			if err := kv.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			revision = 0
		}
	}
}

func TestPublishAfter(t *testing.T) {
	t.Parallel()
	kv := create(t, somewhere(t))
	conflict := func(after uint64, reason string) {
		t.Helper()
		if _, err := policynats.Publish(t.Context(), kv, key, text(9), policynats.After(after)); !errors.Is(err, policynats.ErrConflict) {
			t.Errorf("have %v, want ErrConflict: %s", err, reason)
		}
	}
	conflict(1, "nothing is published")
	first := publish(t, kv, 1, policynats.After(0))
	conflict(0, "something is published")
	second := publish(t, kv, 2, policynats.After(first))
	conflict(first, "published since")
	conflict(second+1, "not published yet")
	if err := kv.Delete(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	conflict(second, "deleted")
	if third := publish(t, kv, 3, policynats.After(0)); third <= second {
		t.Errorf("have revision %d after %d", third, second)
	}
}

// replicated is a bucket whose servers say with another code that the key is at
// another revision.
type replicated struct{ jetstream.KeyValue }

func (replicated) Bucket() string { return "policies" }

func (replicated) Update(context.Context, string, []byte, uint64) (uint64, error) {
	return 0, &jetstream.APIError{Code: 400, ErrorCode: jetstream.JSErrCodeStreamWrongLastSequenceConstant}
}

func TestPublishReplicated(t *testing.T) {
	t.Parallel()
	if _, err := policynats.Publish(t.Context(), replicated{}, key, text(1), policynats.After(1)); !errors.Is(err, policynats.ErrConflict) {
		t.Errorf("have %v, want ErrConflict", err)
	}
}

// The subjects that the documentation gives are enough, and no more than that.
func TestRights(t *testing.T) {
	t.Parallel()
	only := func(subjects ...string) *server.SubjectPermission { return &server.SubjectPermission{Allow: subjects} }
	s := serve(t, server.Options{Users: []*server.User{
		{Username: "admin", Password: "x"},
		{Username: "service", Password: "x", Permissions: &server.Permissions{
			Publish: only("$JS.API.STREAM.INFO.KV_policies", "$JS.API.DIRECT.GET.KV_policies.>", "$JS.API.CONSUMER.CREATE.KV_policies.>",
				"$JS.API.CONSUMER.DELETE.KV_policies.>", "$JS.FC.KV_policies.>"),
			Subscribe: only("_INBOX.>"),
		}},
		{Username: "publisher", Password: "x", Permissions: &server.Permissions{
			Publish:   only("$JS.API.STREAM.INFO.KV_policies", "$JS.API.DIRECT.GET.KV_policies.>", "$KV.policies.>"),
			Subscribe: only("_INBOX.>"),
		}},
	}})
	admin := connect(t, s.ClientURL(), nats.UserInfo("admin", "x"))
	if _, err := stream(t, admin).CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: "policies"}); err != nil {
		t.Fatal(err)
	}
	publishing := open(t, connect(t, s.ClientURL(), nats.UserInfo("publisher", "x")), "policies")
	first := publish(t, publishing, 1, policynats.After(0))
	conn := connect(t, s.ClientURL(), nats.UserInfo("service", "x"), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		t.Logf("NATS says: %v", err)
	}))
	reading := open(t, conn, "policies")
	live := watch(t, policynats.Source(reading, key, policynats.Reconnects(conn)))
	publish(t, publishing, 2, policynats.After(first))
	within(t, soon, []*policy.Live[policy.Claims]{live}, "followed", at(t, 2))
	live.Close()
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond) // NATS leaves it without an answer
	defer cancel()
	if _, err := policynats.Publish(short, reading, key, text(3)); err == nil {
		t.Error("a service may publish")
	}
}
