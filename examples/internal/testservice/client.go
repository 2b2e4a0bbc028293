package testservice

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
)

// Client asks a service as one caller. It may be used by several goroutines at once.
type Client struct {
	url, token string
	document   *openapitest.Document
}

// Client returns a caller with a token; without one if that is empty.
func (s *Server) Client(token string) *Client { return &Client{url: s.URL, token: token} }

// Against returns the client that holds every answer against a document as well.
func (c *Client) Against(d *openapitest.Document) *Client {
	with := *c
	with.document = d
	return &with
}

// Reply is an answer.
type Reply struct {
	Status int
	Header http.Header
	Body   string

	asked string // method and path, for messages
}

// Do sends a request and reads the answer. A body is sent as JSON; one that is a string
// or bytes as it stands, and nil is none. Headers are names and values in turn, and
// replace those that the client sends by itself. Redirects are not followed.
func (c *Client) Do(t testing.TB, method, path string, body any, headers ...string) Reply {
	t.Helper()
	text, err := encode(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.url+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.through(t).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Reply{answer.StatusCode, answer.Header, string(read), method + " " + path}
}

func encode(body any) ([]byte, error) {
	switch body := body.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(body), nil
	case []byte:
		return body, nil
	}
	return json.Marshal(body)
}

func (c *Client) through(t testing.TB) *http.Client {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if c.document != nil {
		client.Transport = c.document.Transport(t, nil)
	}
	return client
}

// Want fails the test where the status is another.
func (r Reply) Want(t testing.TB, status int) Reply {
	t.Helper()
	if r.Status != status {
		t.Errorf("%s: %d, want %d: %s", r.asked, r.Status, status, r.Body)
	}
	return r
}

// IsProblem fails the test where the answer is no problem+json of this status.
func (r Reply) IsProblem(t testing.TB, status int) Reply {
	t.Helper()
	r.Want(t, status)
	var problem struct{ Status int }
	if err := json.Unmarshal([]byte(r.Body), &problem); err != nil || problem.Status != r.Status ||
		r.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s: no problem: %s %s", r.asked, r.Header.Get("Content-Type"), r.Body)
	}
	return r
}

// JSON reads the body of an answer with a status. It ends the test where it cannot, or
// where the body has a field that T has not.
func JSON[T any](t testing.TB, r Reply, status int) T {
	t.Helper()
	var v T
	if r.Status != status {
		t.Fatalf("%s: %d, want %d: %s", r.asked, r.Status, status, r.Body)
	}
	d := json.NewDecoder(strings.NewReader(r.Body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v: %s", r.asked, err, r.Body)
	}
	return v
}
