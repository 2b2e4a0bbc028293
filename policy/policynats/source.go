package policynats

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
)

// SourceOption changes how [Source] listens.
type SourceOption func(*source)

// Reconnects makes the source look at the bucket, and watch it anew, as soon as a
// lost connection is back. It has to be the connection of the bucket.
func Reconnects(conn *nats.Conn) SourceOption {
	return func(s *source) { s.conn = conn }
}

// Source returns the policy of a key as a source for [policy.Watch]. Its tag is the
// revision and a hash of the text.
//
// An answer never goes back behind an earlier one of the same source. Any replica
// of the bucket may answer, and may lag: where the revision is lower and was not put
// there later, the newer text stands. A lower revision that was put there later is
// of a bucket that was made anew, and is believed. A bucket that was restored from a
// backup is so from its next publication on; services that start before that take
// the text of the backup.
func Source(kv jetstream.KeyValue, key string, opts ...SourceOption) policy.Notifier {
	s := &source{kv: kv, key: key, turn: make(chan struct{}, 1)}
	for _, opt := range opts {
		if opt != nil {
			opt(s)
		}
	}
	return s
}

type source struct {
	kv   jetstream.KeyValue
	key  string
	conn *nats.Conn // nil: not watched

	turn   chan struct{} // has room for the one that reads
	newest answer        // the newest that was read
}

// answer is what the bucket says.
type answer struct {
	text     policy.Text
	revision uint64
	created  time.Time
}

// Read implements [policy.Source]. One goroutine at a time asks: of two answers
// that overtake each other nobody knows which is newer.
func (s *source) Read(ctx context.Context, tag string) (policy.Text, error) {
	if s.kv == nil {
		return policy.Text{}, errNoBucket
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return policy.Text{}, ctx.Err()
	}
	next, err := s.ask(ctx)
	if err != nil {
		return policy.Text{}, err
	}
	if !next.lagsBehind(s.newest) {
		s.newest = next
	}
	if s.newest.text.Tag == tag {
		return policy.Text{}, policy.ErrUnchanged
	}
	text := s.newest.text
	text.Data = bytes.Clone(text.Data)
	return text, nil
}

func (a answer) lagsBehind(newest answer) bool {
	return a.revision < newest.revision && !a.created.After(newest.created)
}

func (s *source) ask(ctx context.Context) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	entry, err := s.kv.Get(ctx, s.key)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return answer{}, fmt.Errorf("%w: %s/%s", ErrNotFound, s.kv.Bucket(), s.key)
	case err != nil:
		return answer{}, fmt.Errorf("policynats: reading %s/%s: %w", s.kv.Bucket(), s.key, err)
	}
	name := fmt.Sprintf("%s/%s@%d", s.kv.Bucket(), s.key, entry.Revision())
	if len(entry.Value()) > policy.MaxSize {
		return answer{}, fmt.Errorf("%s: %w", name, policy.ErrTooLarge)
	}
	tag := fmt.Sprintf("%d-%x", entry.Revision(), sha256.Sum256(entry.Value()))
	return answer{policy.Text{Name: name, Data: entry.Value(), Tag: tag}, entry.Revision(), entry.Created()}, nil
}
