package policynats

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
)

// PublishOption changes how [Publish] publishes.
type PublishOption func(*publishing)

// After makes [Publish] fail with [ErrConflict] unless the key is at that revision:
// the one that was read before the text was edited. 0 is for a key that is not
// there, or was deleted. Without it the last one to publish wins.
func After(revision uint64) PublishOption {
	return func(p *publishing) { p.after = &revision }
}

// Check makes [Publish] refuse a policy of which check returns an error: one with a
// claim that the services do not have ([policy.NewService]), or one whose tests
// fail. It is called with a policy that [policy.Parse] takes, and may be given
// several times.
func Check(check func(*policy.Policy) error) PublishOption {
	return func(p *publishing) {
		if check != nil {
			p.checks = append(p.checks, check)
		}
	}
}

type publishing struct {
	after  *uint64
	checks []func(*policy.Policy) error
}

// Publish puts a policy in force under a key and returns its revision. Revisions
// grow, though not by one. A text that [policy.Parse] or a [Check] refuses is not
// published, and the error wraps theirs: what is in the bucket should be a policy
// that services take. With [After] it fails with [ErrConflict] where somebody else
// was faster.
//
// An error other than these leaves open whether it was published: an answer of
// NATS may have been lost.
func Publish(ctx context.Context, kv jetstream.KeyValue, key string, text []byte, opts ...PublishOption) (uint64, error) {
	if kv == nil {
		return 0, errNoBucket
	}
	var p publishing
	for _, opt := range opts {
		if opt != nil {
			opt(&p)
		}
	}
	if err := p.accept(key, text); err != nil {
		return 0, fmt.Errorf("policynats: %s is not published: %w", key, err)
	}
	revision, err := p.put(ctx, kv, key, text)
	switch {
	case isConflict(err):
		return 0, fmt.Errorf("%w: %s/%s", ErrConflict, kv.Bucket(), key)
	case err != nil:
		return 0, fmt.Errorf("policynats: publishing %s/%s: %w", kv.Bucket(), key, err)
	}
	return revision, nil
}

// accept returns why a text must not be published.
func (p publishing) accept(key string, text []byte) error {
	parsed, err := policy.Parse(key, text)
	if err != nil {
		return err
	}
	for _, check := range p.checks {
		if err := check(parsed); err != nil {
			return err
		}
	}
	return nil
}

func (p publishing) put(ctx context.Context, kv jetstream.KeyValue, key string, text []byte) (uint64, error) {
	switch {
	case p.after == nil:
		return kv.Put(ctx, key, text)
	case *p.after == 0:
		return kv.Create(ctx, key, text)
	default:
		return kv.Update(ctx, key, text, *p.after)
	}
}

// isConflict reports whether the key is at another revision than was expected. A
// bucket with replicas says so in another way than one without.
func isConflict(err error) bool {
	var refused *jetstream.APIError
	return errors.As(err, &refused) && (refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}
