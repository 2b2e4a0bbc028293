package payloadjwks_test

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
)

// floods are what the server does while 10,000 kids that nobody has come in a second.
var floods = map[string]func(good []byte) http.HandlerFunc{
	"it answers": body,
	"it fails":   func([]byte) http.HandlerFunc { return http.NotFound },
	"it hangs": func([]byte) http.HandlerFunc {
		return func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	},
	"it breaks off": func([]byte) http.HandlerFunc {
		return func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	},
}

// Whatever the server does in a flood: known kids do not wait, nobody waits longer than the
// timeout, nothing is kept of the flood, and the server hears nothing of it.
func TestSustainedFlood(t *testing.T) {
	const (
		timeout = 300 * time.Millisecond
		busy    = 10 * time.Second // what a busy machine may add to a wait
		kept    = 2 << 20          // bytes; the kids of a flood have more than that
	)
	for name, answer := range floods {
		t.Run(name, func(t *testing.T) {
			one := named(t, "one")
			srv := newServer(t, one)
			s := newSource(t, srv.URL, payloadjwks.WithTimeout(timeout), payloadjwks.WithRateLimit(time.Second))
			v, good := verifier(t, s), token(t, one)
			srv.answer(answer(must[[]byte](t)(payload.PublicJWKS(one))))
			time.Sleep(time.Second) // the rate limit
			before, routines := heap(), runtime.NumGoroutine()

			waits, known := flood(t, s, v, good)
			if waits > timeout+busy || known > busy {
				t.Errorf("an unknown kid waited for %v, a known one for %v; the timeout is %v", waits, known, timeout)
			}
			if grown := heap() - before; grown > kept {
				t.Errorf("%d bytes are kept of a flood", grown)
			}
			if have := srv.fetches.Load(); have < 2 || have > 20 { // one a second, on a machine that may be slow
				t.Errorf("%d fetches", have)
			}
			srv.CloseClientConnections()
			until(t, "the goroutines have ended", func() bool { return runtime.NumGoroutine() <= routines+5 })
			t.Logf("waits up to %v, known kids %v; %d fetches", waits, known, srv.fetches.Load())
		})
	}
}

// flood sends 10,000 kids in a second, and tokens of a known one beside them. It returns
// the longest waits of both.
func flood(t *testing.T, s *payloadjwks.Source, v *payload.Verifier[Claims], good string) (waits, known time.Duration) {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	kid := strings.Repeat("x", 240)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for i := range 100 {
		<-tick.C
		for j := range 100 {
			all.Add(1)
			go func() {
				defer all.Done()
				began := time.Now()
				_, err := s.Key(ctx, payload.EdDSA, fmt.Sprint(kid, i, "-", j), true)
				took := time.Since(began)
				if !errors.Is(err, payload.ErrUnknownKey) {
					t.Errorf("%v, want ErrUnknownKey", err)
				}
				mu.Lock()
				defer mu.Unlock()
				waits = max(waits, took)
			}()
		}
		began := time.Now()
		accepted(t, v, good, "a known kid in a flood")
		known = max(known, time.Since(began))
	}
	all.Wait()
	return waits, known
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// deafTransport is a transport that does not mind the context of a request.
type deafTransport struct{ until chan struct{} }

func (d deafTransport) RoundTrip(*http.Request) (*http.Response, error) {
	<-d.until
	return nil, errors.New("at last")
}

// A transport that goes on after the timeout keeps nobody waiting.
func TestDeafTransport(t *testing.T) {
	transport := deafTransport{make(chan struct{})}
	s := newSource(t, "http://localhost/", payloadjwks.WithLazyLoad(), payloadjwks.WithTransport(transport),
		payloadjwks.WithTimeout(50*time.Millisecond))
	defer close(transport.until)
	for range 3 {
		done := make(chan error)
		go func() {
			_, err := s.Key(ctx, payload.EdDSA, "one", true)
			done <- err
		}()
		select {
		case err := <-done:
			if !errors.Is(err, payloadjwks.ErrFetch) {
				t.Errorf("%v, want ErrFetch", err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("a token waits longer than the timeout")
		}
	}
}
