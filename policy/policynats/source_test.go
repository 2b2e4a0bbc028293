package policynats_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policynats"
)

func read(t testing.TB, source policy.Source, tag string) policy.Text {
	t.Helper()
	text, err := source.Read(t.Context(), tag)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRead(t *testing.T) {
	t.Parallel()
	kv := create(t, somewhere(t))
	source := policynats.Source(kv, key, nil)
	if _, err := source.Read(t.Context(), ""); !errors.Is(err, policynats.ErrNotFound) {
		t.Errorf("nothing is published: have %v, want ErrNotFound", err)
	}
	publish(t, kv, 1)
	first := read(t, source, "")
	if !bytes.Equal(first.Data, text(1)) || first.Tag == "" || first.Name != kv.Bucket()+"/"+key+"@1" {
		t.Errorf("have %q, %q, %q", first.Name, first.Tag, first.Data)
	}
	if _, err := source.Read(t.Context(), first.Tag); !errors.Is(err, policy.ErrUnchanged) {
		t.Errorf("nothing changed: have %v, want ErrUnchanged", err)
	}
	publish(t, kv, 1)
	if again := read(t, source, first.Tag); again.Tag == first.Tag {
		t.Errorf("another revision has the tag of the one before: %q", again.Tag)
	}
	if _, err := policynats.Source(kv, "no key").Read(t.Context(), ""); !errors.Is(err, jetstream.ErrInvalidKey) {
		t.Errorf("have %v, want what NATS says", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.Read(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("have %v, want that the context has ended", err)
	}
}

func TestReadTooLarge(t *testing.T) {
	t.Parallel()
	kv := create(t, serve(t, server.Options{MaxPayload: 4 << 20}).ClientURL())
	if _, err := kv.Put(t.Context(), key, append(text(1), strings.Repeat(" ", policy.MaxSize)...)); err != nil {
		t.Fatal(err)
	}
	if _, err := policynats.Source(kv, key).Read(t.Context(), ""); !errors.Is(err, policy.ErrTooLarge) {
		t.Errorf("have %v, want ErrTooLarge", err)
	}
}

// replica is a bucket that answers with what it has, of late or not.
type replica struct {
	jetstream.KeyValue
	has jetstream.KeyValueEntry
}

func (r *replica) Get(context.Context, string) (jetstream.KeyValueEntry, error) { return r.has, nil }

func entry(t testing.TB, kv jetstream.KeyValue) jetstream.KeyValueEntry {
	t.Helper()
	e, err := kv.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// set changes when an entry was put there.
type set struct {
	jetstream.KeyValueEntry
	created time.Time
}

func (s set) Created() time.Time { return s.created }

func TestLaggingReplica(t *testing.T) {
	t.Parallel()
	kv := create(t, somewhere(t))
	publish(t, kv, 1)
	older := entry(t, kv)
	publish(t, kv, 2)
	newer := entry(t, kv)
	r := &replica{KeyValue: kv, has: older}
	source := policynats.Source(r, key)
	first := read(t, source, "")
	r.has = newer
	second := read(t, source, first.Tag)
	clear(second.Data) // what is given out is not what is kept
	for _, tag := range []string{"", first.Tag, second.Tag} {
		for _, lagging := range []jetstream.KeyValueEntry{older, set{older, newer.Created()}} {
			r.has = lagging
			switch have, err := source.Read(t.Context(), tag); {
			case tag == second.Tag && !errors.Is(err, policy.ErrUnchanged):
				t.Errorf("have %v, want ErrUnchanged", err)
			case tag != second.Tag && (err != nil || !bytes.Equal(have.Data, text(2))):
				t.Errorf("have %s, %v, want the newer text", have.Data, err)
			}
		}
	}
	// The clock of another server may be behind.
	publish(t, kv, 3)
	r.has = set{entry(t, kv), older.Created()}
	if have := read(t, source, second.Tag); !bytes.Equal(have.Data, text(3)) {
		t.Errorf("have %s, want the higher revision", have.Data)
	}
}

// A bucket that is made anew begins with revision 1, and is believed.
func TestBucketMadeAnew(t *testing.T) {
	t.Parallel()
	url := somewhere(t)
	kv := create(t, url)
	for generation := range 5 {
		publish(t, kv, generation)
	}
	source := policynats.Source(kv, key)
	before := read(t, source, "")
	js := stream(t, connect(t, url))
	if err := js.DeleteKeyValue(t.Context(), kv.Bucket()); err != nil {
		t.Fatal(err)
	}
	if _, err := source.Read(t.Context(), before.Tag); err == nil || errors.Is(err, policy.ErrUnchanged) {
		t.Errorf("have %v, want that there is no bucket", err)
	}
	if _, err := js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: kv.Bucket()}); err != nil {
		t.Fatal(err)
	}
	if revision := publish(t, kv, 7); revision != 1 {
		t.Fatalf("have revision %d", revision)
	}
	if have := read(t, source, before.Tag); !bytes.Equal(have.Data, text(7)) {
		t.Errorf("have %s, want what was published in the new bucket", have.Data)
	}
}

func TestNoBucket(t *testing.T) {
	t.Parallel()
	source := policynats.Source(nil, key)
	_, reading := source.Read(t.Context(), "")
	_, publishing := policynats.Publish(t.Context(), nil, key, text(1))
	listening := source.Notify(t.Context(), func() { t.Error("a notice") })
	for what, err := range map[string]error{"Read": reading, "Publish": publishing, "Notify": listening} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
