package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/http/internal/load"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy"
)

// TestMain lets the tests run the program itself, with its signals and exit status.
func TestMain(m *testing.M) {
	if os.Getenv("HTTP_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// world is a service with the seeded tasks, and who may call it.
type world struct {
	*service
	demo *demo
	live *policy.Live[Claims]
	url  string
}

// newWorld serves the policy in a file, or the one that is built in.
func newWorld(t *testing.T, policyFile string) *world {
	t.Helper()
	return newLoggedWorld(t, policyFile, slog.New(slog.DiscardHandler))
}

func newLoggedWorld(t *testing.T, policyFile string, log *slog.Logger) *world {
	t.Helper()
	ctx, s := context.Background(), newStore(t)
	if err := s.seed(ctx); err != nil {
		t.Fatal(err)
	}
	live, err := watchPolicy(ctx, policyFile, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(live.Close)
	return serveTest(t, s, live, log)
}

func newStore(t *testing.T) *store {
	t.Helper()
	s, err := openStore(context.Background(), filepath.Join(t.TempDir(), "tasks.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func serveTest(t *testing.T, s *store, live *policy.Live[Claims], log *slog.Logger) *world {
	t.Helper()
	demo, err := newDemo("https://login.example", "tasks")
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := newVerifier(payload.Keys{demo.public}, "https://login.example", "tasks")
	if err != nil {
		t.Fatal(err)
	}
	sv, err := newService(s, verifier, live, log)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sv.handler)
	t.Cleanup(server.Close)
	return &world{sv, demo, live, server.URL}
}

// token returns the token of somebody: "bob of acme". Nobody has none.
func (w *world) token(t *testing.T, who string, kind load.Kind) string {
	t.Helper()
	if who == "nobody" {
		return ""
	}
	for _, token := range w.demo.tokens {
		if token.Kind == kind && who == token.Subject+" of "+token.Account {
			return token.Token
		}
	}
	t.Fatalf("there is no token of %s", who)
	return ""
}

// reply is an answer that fits the document of the service.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request as somebody, and holds the answer against openapi.yaml.
func (w *world) ask(t *testing.T, who, method, path, body string, headers ...string) reply {
	t.Helper()
	return w.send(t, w.token(t, who, load.Valid), method, path, body, headers...)
}

func (w *world) send(t *testing.T, token, method, path, body string, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{answer.StatusCode, answer.Header, string(read)}
	fitsDocument(t, r, got)
	return got
}

// listing is a page as its reader sees it.
type listing struct {
	Items []map[string]any `json:"items"`
	Total int              `json:"total"`
	Next  string           `json:"next"`
}

func (w *world) list(t *testing.T, who, path string) listing {
	t.Helper()
	got := w.ask(t, who, "GET", path, "")
	var l listing
	if err := json.Unmarshal([]byte(got.body), &l); err != nil || got.status != http.StatusOK {
		t.Fatalf("%s GET %s: %d %s %v", who, path, got.status, got.body, err)
	}
	return l
}

// ids walks all pages.
func (w *world) ids(t *testing.T, who, path string) (ids []int, total int) {
	t.Helper()
	ids = []int{}
	for path != "" {
		l := w.list(t, who, path)
		for _, row := range l.Items {
			ids = append(ids, int(row["id"].(float64)))
		}
		total, path = l.Total, l.Next
		if len(ids) > 10_000 {
			t.Fatalf("%s GET %s: the pages do not end", who, path)
		}
	}
	return ids, total
}

// rows are the rows in the database, whoever asks.
func (s *store) rows(t *testing.T) []Task {
	t.Helper()
	found, err := s.reads.Query("SELECT " + columnList + " FROM tasks ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	var rows []Task
	for found.Next() {
		row, err := scan(found)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// text says all of a row, to see whether it has changed.
func (t Task) text() string {
	assignee := "nobody"
	if t.Assignee != nil {
		assignee = *t.Assignee
	}
	return fmt.Sprintln(t.ID, t.Version, t.Account, t.CreatedBy, assignee, t.Title, t.Status, t.Priority, t.Public, t.CreatedAt)
}

func texts(rows []Task) (all []string) {
	for _, row := range rows {
		all = append(all, row.text())
	}
	return all
}

func same(a, b []Task) bool { return slices.Equal(texts(a), texts(b)) }
