package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// tally is what came of asking.
type tally struct {
	took       []time.Duration
	yes, wrong int
	length     time.Duration
}

func (t *tally) add(other tally) {
	t.took = append(t.took, other.took...)
	t.yes += other.yes
	t.wrong += other.wrong
	t.length += other.length
}

func (t *tally) rate() float64 { return float64(len(t.took)) / t.length.Seconds() }

func (t *tally) quantile(q float64) time.Duration {
	if len(t.took) == 0 {
		return 0
	}
	slices.Sort(t.took)
	return t.took[int(q*float64(len(t.took)-1))].Round(time.Microsecond)
}

// ask asks for a while, and holds each answer against the data.
func (l loading) ask(ctx context.Context, url string, length time.Duration) (tally, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.workers}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	var (
		mu     sync.Mutex
		all    tally
		failed error
		asking sync.WaitGroup
	)
	begin := time.Now()
	for range l.workers {
		asking.Go(func() {
			var own tally
			var err error
			for time.Since(begin) < length && err == nil && ctx.Err() == nil {
				err = own.one(ctx, client, url, l.size)
			}
			mu.Lock()
			defer mu.Unlock()
			all.add(own)
			if err != nil {
				failed = err
			}
		})
	}
	asking.Wait()
	all.length = time.Since(begin)
	if failed == nil {
		failed = ctx.Err()
	}
	return all, failed
}

// one asks about a user and a resource: half of the time about two that have a group in
// common.
func (t *tally) one(ctx context.Context, client *http.Client, url string, s size) error {
	user, resource := rand.IntN(s.users), rand.IntN(s.resources)
	if rand.IntN(2) == 0 {
		user = s.memberOf(resource)
	}
	r, err := http.NewRequestWithContext(ctx, "GET", url+ask(userName(user), resourceName(resource)), nil)
	if err != nil {
		return err
	}
	begin := time.Now()
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	t.took = append(t.took, time.Since(begin))
	allowed := s.overlap(user, resource)
	if allowed {
		t.yes++
	}
	status := http.StatusForbidden
	if allowed {
		status = http.StatusOK
	}
	if want := fmt.Sprintf("{\"authorized\":%v}\n", allowed); answer.StatusCode != status || string(body) != want {
		t.wrong++
	}
	return nil
}
