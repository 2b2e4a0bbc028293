package main

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/examples/http/internal/load"
)

// lines is a log that several goroutines write and one reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// The log says who did what and what was decided, and holds no token, no row and nothing
// that was searched for.
func TestLog(t *testing.T) {
	t.Parallel()
	var log lines
	w := newLoggedWorld(t, "", slog.New(slog.NewTextHandler(&log, nil)))
	w.ask(t, "bob of acme", "GET", "/tasks?title=private", "")
	w.ask(t, "eve of acme", "POST", "/tasks", `{"title":"private"}`)
	w.ask(t, "ann of acme", "GET", "/tasks/6", "")
	expired := w.token(t, "gil of globex", load.Expired)
	w.send(t, expired, "DELETE", "/tasks/7", "")
	until(t, "all four requests are in the log", func() bool { return strings.Count(log.String(), "msg=request") == 4 })
	got := log.String()
	for _, want := range []string{
		"access.outcome=allowed access.endpoint=tasks access.method=GET", "access.subject=bob",
		"access.outcome=forbidden access.endpoint=tasks access.method=POST", "access.subject=eve",
		`access.outcome="invalid token"`, "claim exp has come",
		`method=GET path=/tasks route="GET /tasks" status=200`, `method=POST path=/tasks route="POST /tasks" status=403`,
		`method=GET path=/tasks/6 route="GET /tasks/{id}" status=404`, `path=/tasks/7 route="DELETE /tasks/{id}" status=401`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in the log", want)
		}
	}
	for _, secret := range []string{"private", expired, expired[len(expired)-20:], "acme", "globex", "gil", "Order paper"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}
