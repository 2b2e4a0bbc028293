package main

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"
)

var errRestarted = errors.New("redis was restarted, and may have forgotten what it was told")

// connected refuses a connection to another run of the server than the answers are of: a
// Redis that was restarted may have read an old snapshot, with words and answers that
// were true then. Nothing is used until an epoch has begun.
func (s *inRedis) connected(ctx context.Context, c *redis.Conn) error {
	info, err := c.Info(ctx, "server").Result()
	if err != nil {
		return nil // one that does not tell, as a server that is not Redis
	}
	run := ""
	for line := range strings.Lines(info) {
		if id, ok := strings.CutPrefix(line, "run_id:"); ok {
			run = strings.TrimSpace(id)
		}
	}
	if known := s.run.Swap(&run); known != nil && *known != run {
		s.restarts.Add(1)
		return errRestarted
	}
	return nil
}
