package policy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
)

// serve is a server that answers as told.
func serve(t *testing.T, answer http.HandlerFunc, opts ...policy.HTTPOption) policy.Source {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return mustHTTP(t, server.URL+"/policy", opts...)
}

func mustHTTP(t *testing.T, address string, opts ...policy.HTTPOption) policy.Source {
	t.Helper()
	source, err := policy.HTTP(address, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func TestHTTPAnswers(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		fails  string // a part of the error
	}{
		{"a policy", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, sound) }, ""},
		{"in parts", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, sound[:10])
			w.(http.Flusher).Flush()
			fmt.Fprint(w, sound[10:])
		}, ""},
		{"with a type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/yaml")
			fmt.Fprint(w, sound)
		}, ""},
		{"a page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>log in") }, "a page"},
		{"a page by its type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "TEXT/html;charset=utf-8")
			fmt.Fprint(w, sound)
		}, "a page"},
		{"a page of XHTML", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/xhtml+xml")
			fmt.Fprint(w, sound)
		}, "a page"},
		{"not found", http.NotFound, "404 Not Found"},
		{"an error with a policy", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, sound)
		}, "500 Internal Server Error"},
		{"a part", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPartialContent)
			fmt.Fprint(w, sound)
		}, "206"},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, "204"},
		{"unchanged, though nobody named a tag", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, "304"},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) }, "302 Found"},
		{"too long", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("#", policy.MaxSize+1)) }, "it is longer than 1048576 bytes"},
		{"at the longest", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("#", policy.MaxSize)) }, ""},
		{"shorter than it says", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(sound)+1))
			fmt.Fprint(w, sound)
		}, "unexpected EOF"},
		{"broken off", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, sound)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "unexpected EOF"},
		{"without a length", func(w http.ResponseWriter, _ *http.Request) {
			connection, buffer, _ := w.(http.Hijacker).Hijack()
			fmt.Fprint(buffer, "HTTP/1.0 200 OK\r\n\r\n", sound)
			buffer.Flush()
			connection.Close()
		}, "without a length"},
		{"no answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := serve(t, test.answer).Read(t.Context(), "")
			if (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("have %+v and error %v, want %q", text, err, test.fails)
			}
			if err != nil && len(text.Data) > 0 {
				t.Errorf("have %d bytes beside the error", len(text.Data))
			}
		})
	}
}

// TestHTTPTags follows a server that knows its texts by tags, and one that does not.
func TestHTTPTags(t *testing.T) {
	for _, tagged := range []bool{true, false} {
		var now atomic.Int64
		var full atomic.Int64
		now.Store(1)
		source := serve(t, func(w http.ResponseWriter, r *http.Request) {
			tag := fmt.Sprintf(`W/"%d"`, now.Load())
			if tagged {
				w.Header().Set("ETag", tag)
			}
			if tagged && r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			full.Add(1)
			fmt.Fprint(w, generation(int(now.Load())))
		})
		l := watch(t, source)
		for n, step := range []int64{1, 1, 2, 2, 1} {
			now.Store(step)
			if err := l.Reload(t.Context()); err != nil || shows(t, l) != step {
				t.Errorf("tagged %v, step %d: have generation %d and error %v, want %d", tagged, n, shows(t, l), err, step)
			}
		}
		if have, want := full.Load(), map[bool]int64{true: 3, false: 6}[tagged]; have != want {
			t.Errorf("tagged %v: have %d answers with a text, want %d", tagged, have, want)
		}
	}
}

func TestHTTPRequest(t *testing.T) {
	source := serve(t, func(w http.ResponseWriter, r *http.Request) {
		name, password, _ := r.BasicAuth()
		fmt.Fprint(w, r.Method, " ", r.URL.Path, " ", name, " ", password, " ", r.Header.Get("If-None-Match"))
	}, policy.WithHeader("Authorization", "Basic YTpi"))
	text, err := source.Read(t.Context(), `"x"`)
	if have := string(text.Data); err != nil || have != `GET /policy a b "x"` {
		t.Errorf("have %q and error %v", have, err)
	}
}

func TestHTTPSlow(t *testing.T) {
	hang := make(chan struct{})
	answer := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, sound)
		w.(http.Flusher).Flush()
		select {
		case <-hang:
		case <-r.Context().Done():
		}
	}
	defer close(hang)
	_, err := serve(t, answer, policy.WithClient(&http.Client{Timeout: 50 * time.Millisecond})).Read(t.Context(), "")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the timeout of the client: have error %v, want a deadline", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err = serve(t, answer, policy.WithClient(nil)).Read(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the context: have error %v, want a deadline", err)
	}
}

func TestHTTPAddresses(t *testing.T) {
	for address, fails := range map[string]string{
		"https://example.com/policy":         "",
		"HTTPS://example.com":                "",
		"http://localhost:1/policy":          "",
		"http://127.0.0.2/policy":            "",
		"http://[::1]:80/policy":             "",
		"http://example.com/policy":          "has to be https",
		"http://localhost.example.com":       "has to be https",
		"http://127.0.0.1.example.com":       "has to be https",
		"http://user@127.0.0.1@example.com/": "has to be https",
		"ftp://example.com/policy":           "has to be https",
		"file:///policy.yaml":                "no host",
		"policy.yaml":                        "no host",
		"":                                   "no host",
		"https:///policy":                    "no host",
		"https:policy":                       "no host",
		"https://user:secret@exa mple":       "not a URL",
		"http://user:secret@example.com/":    "has to be https",
	} {
		source, err := policy.HTTP(address)
		if (err == nil) != (fails == "") || (source == nil) != (err != nil) || !strings.Contains(text(err), fails) {
			t.Errorf("%s: have %v and error %v, want %q", address, source, err, fails)
		}
		if strings.Contains(text(err), "secret") {
			t.Errorf("%s: the password is in %v", address, err)
		}
	}
}

// TestHTTPSecrets: neither errors nor names hold a password.
func TestHTTPSecrets(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	address := strings.Replace(server.URL, "//", "//user:secret@", 1)
	_, answered := mustHTTP(t, address).Read(t.Context(), "")
	server.Close()
	_, unanswered := mustHTTP(t, address, policy.WithHeader("Authorization", "secret")).Read(t.Context(), "")
	_, refused := mustHTTP(t, address, policy.WithHeader("Authorization", "secret\n")).Read(t.Context(), "")
	for _, err := range []error{answered, unanswered, refused} {
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("have error %v, want one without the password", err)
		}
	}
	text, err := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, sound) }).Read(t.Context(), "")
	if err != nil || !strings.HasPrefix(text.Name, "http://127.0.0.1:") {
		t.Errorf("have name %q and error %v", text.Name, err)
	}
}

// TestHTTPSameReason: a server that goes on breaking connections is one reason,
// though each time it is another port of this end.
func TestHTTPSameReason(t *testing.T) {
	source := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		connection, _, _ := w.(http.Hijacker).Hijack()
		connection.(interface{ SetLinger(int) error }).SetLinger(0)
		connection.Close()
	})
	reasons := map[string]bool{}
	for range 5 {
		_, err := source.Read(t.Context(), "")
		reasons[text(err)] = true
	}
	if len(reasons) != 1 || reasons[""] {
		t.Errorf("have reasons %v, want one", reasons)
	}
}
