package rolehttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// TestEvents: one event for each request, whatever became of it.
func TestEvents(t *testing.T) {
	var events []rolehttp.Event
	g := newGuard(t, rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { events = append(events, e) }))
	broken, err := rolehttp.New(fake(func(context.Context, string) (claims, error) { return claims{}, errors.New("down") }), service,
		rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { events = append(events, e) }))
	if err != nil {
		t.Fatal(err)
	}
	const ann = "ann-" + marker
	for _, c := range []struct {
		why    string
		g      *rolehttp.Guard[claims]
		method string
		on     string
		header []string
		want   string // subject, endpoint, method, roles, outcome
		reason string // a part of it
	}{
		{"allowed", g, "GET", "tasks", with(token(nil)), ann + " tasks GET [user] allowed", ""},
		{"forbidden", g, "DELETE", "tasks", with(token(nil)), ann + " tasks DELETE [] forbidden", "no role of the caller permits it"},
		{"a rule that panics", g, "GET", "broken", with(token(nil)), ann + " broken GET [] forbidden", "it panicked"},
		{"no endpoint", g, "GET", "", with(token(nil)), ann + "  GET [] forbidden", "no endpoint"},
		{"lower case", g, "get", "tasks", with(token(nil)), " tasks get [] forbidden", "upper case"},
		{"no token", g, "GET", "tasks", nil, " tasks GET [] no token", "no token"},
		{"two headers", g, "GET", "tasks", append(with("a"), with("a")...), " tasks GET [] bad request", "more than one"},
		{"a bad token", g, "GET", "tasks", with("a.b.c"), " tasks GET [] invalid token", "base64url"},
		{"expired", g, "GET", "tasks", with(token(func(c map[string]any) { c["exp"] = 1000 })), " tasks GET [] invalid token", "exp has come"},
		{"down", broken, "GET", "tasks", with("a"), " tasks GET [] unavailable", "could not be verified"},
	} {
		t.Run(c.why, func(t *testing.T) {
			events = nil
			began := time.Now()
			answer(c.g.Endpoint(c.on)(shown), request(c.method, "/", c.header...))
			if len(events) != 1 {
				t.Fatalf("have %d events, want one", len(events))
			}
			e := events[0]
			if have := fmt.Sprint(e.Subject, " ", e.Endpoint, " ", e.Method, " ", e.Roles, " ", e.Outcome); have != c.want {
				t.Errorf("have %q, want %q", have, c.want)
			}
			if (c.reason == "") != (e.Reason == "") || !strings.Contains(e.Reason, c.reason) || (c.reason == "") != (e.Err == nil) {
				t.Errorf("have the reason %q and error %v, want %q", e.Reason, e.Err, c.reason)
			}
			if e.Time.Before(began) || e.Latency < 0 || e.Latency > time.Since(began) {
				t.Errorf("have %v and %v, want the time it took", e.Time, e.Latency)
			}
		})
	}
}

// TestLog: what is in the log is the subject, on purpose, and no other claim, no
// token and no row.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	l := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h := newMux(t, rolehttp.WithAudit(rolehttp.LogAudit(l)), rolehttp.WithSubject(func(claims) string { return "ann" }))
	for _, c := range requests {
		log.Reset()
		answer(h, request(c.method, c.path, c.header...))
		if strings.Contains(log.String(), marker) || strings.Contains(log.String(), "eyJ") {
			t.Errorf("%s: logged %s", c.why, &log)
		}
		var line struct {
			Level  string
			Msg    string
			Access map[string]any
		}
		if err := json.Unmarshal(log.Bytes(), &line); err != nil {
			t.Errorf("%s: logged %s: %v", c.why, &log, err)
			continue
		}
		level := "WARN"
		switch {
		case c.status == 200 || line.Access["outcome"] == "allowed":
			level = "INFO"
		case c.status == 500:
			level = "ERROR"
		}
		if line.Level != level || line.Msg != "access" || line.Access["outcome"] == "" || line.Access["latency"] == nil {
			t.Errorf("%s: logged %s, want level %s", c.why, &log, level)
		}
	}
	log.Reset()
	g, err := rolehttp.New(fake(func(context.Context, string) (claims, error) { return claims{}, errors.New("dial: refused") }), service,
		rolehttp.WithAudit(rolehttp.LogAudit(l)), rolehttp.WithAudit(rolehttp.LogAudit(nil)))
	if err != nil {
		t.Fatal(err)
	}
	answer(g.Endpoint("tasks")(shown), request("GET", "/", with("a")...))
	if !strings.Contains(log.String(), `"level":"ERROR"`) || !strings.Contains(log.String(), "dial: refused") {
		t.Errorf("logged %s, want why the verifier failed", &log)
	}
}

// TestSubjects: where the subject of a caller is found.
func TestSubjects(t *testing.T) {
	type pointed struct{ *payload.Registered }
	type deeper struct{ claims }
	r := payload.Registered{Subject: "ann", Roles: []string{"user"}}
	checkSubject(t, "a registered", r, "ann")
	checkSubject(t, "a pointer", &r, "ann")
	checkSubject(t, "embedded", claims{Registered: r}, "ann")
	checkSubject(t, "embedded deeper", deeper{claims{Registered: r}}, "ann")
	checkSubject(t, "an embedded pointer is none that payload takes", pointed{&r}, "")
	checkSubject(t, "a map", policy.Claims{"sub": "ann", "roles": []string{"user"}}, "ann")
	checkSubject(t, "a map with another sub", policy.Claims{"sub": 7, "roles": []string{"user"}}, "")
	checkSubject(t, "a map without", policy.Claims{"roles": []string{"user"}}, "")
	checkSubject(t, "something else", names{"user"}, "")
	checkSubject(t, "given", claims{Registered: r}, "own", rolehttp.WithSubject(func(claims) string { return "own" }))
	checkSubject(t, "a function that panics", claims{Registered: r}, "", rolehttp.WithSubject(func(claims) string { panic(marker) }))
}

type names []string

func (n names) RoleNames() []string { return n }

// one is a verifier of a single caller.
type one[C any] struct{ claims C }

func (v one[C]) Verify(context.Context, string) (C, error) { return v.claims, nil }

func checkSubject[C roles.Payload](t *testing.T, why string, c C, want string, opts ...rolehttp.Option) {
	t.Helper()
	everybody := roles.MustService[C](roles.New("user", roles.AllowAll(roles.Everything)))
	have := "not told"
	g, err := rolehttp.New(one[C]{c}, everybody, append(opts, rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { have = e.Subject }))...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Admit(t.Context(), "x", "tasks", "GET"); err != nil || have != want {
		t.Errorf("%s: have subject %q and error %v, want %q", why, have, err, want)
	}
}

// TestCounters: what strangers send makes no new series.
func TestCounters(t *testing.T) {
	c := rolehttp.NewCounters("tasks", "tasks", "broken")
	g := newGuard(t, rolehttp.WithAudit(c.Audit))
	byURL := g.EndpointFunc(func(r *http.Request) string { return r.URL.Path })
	for i := range 300 {
		answer(byURL(shown), request("GET", fmt.Sprint("/x", i), with(bearing("a1", "admin"))...))
		answer(g.Endpoint("tasks")(shown), request(fmt.Sprint("M", i), "/"))
	}
	for range 3 {
		answer(g.Endpoint("tasks")(shown), request("GET", "/", with(token(nil))...))
	}
	answer(g.Endpoint("broken")(shown), request("GET", "/", with(token(nil))...))
	answer(g.Endpoint("order_pizza", rolehttp.As(roles.Execute))(shown), request("POST", "/", with(token(nil))...))
	want := []string{"tasks GET allowed 3", "tasks other no token 300", "broken GET forbidden 1", "other GET allowed 300", "other EXECUTE allowed 1"}
	var have []string
	for _, n := range c.Snapshot() {
		have = append(have, fmt.Sprint(n.Endpoint, " ", n.Method, " ", n.Outcome, " ", n.Count))
		if n.Seconds <= 0 || n.Seconds > 60 {
			t.Errorf("%v took %v s", n.Label, n.Seconds)
		}
	}
	if !slices.Equal(have, want) {
		t.Errorf("have %q, want %q", have, want)
	}
	var read []rolehttp.Count
	if err := json.Unmarshal([]byte(c.String()), &read); err != nil || !slices.Equal(read, c.Snapshot()) {
		t.Errorf("have %s and error %v, want the snapshot as JSON", c, err)
	}
	for _, none := range []*rolehttp.Counters{nil, {}} {
		none.Audit(t.Context(), rolehttp.Event{Endpoint: "tasks", Method: "GET", Outcome: rolehttp.Allowed})
		if none.String() != "[]" {
			t.Errorf("have %s, want nothing", none)
		}
	}
}

// An audit, for which the policy is asked in another way, changes no answer: where only
// the check of a grant cannot be evaluated it is forbidden with and without one.
func TestAuditChangesNoAnswer(t *testing.T) {
	service := roles.MustService[claims](roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("id", 1),
		roles.CheckWhere(spec.Eq("account", spec.Var("account"))))))
	var events []rolehttp.Event
	audit := rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { events = append(events, e) })
	for _, opts := range [][]rolehttp.Option{nil, {audit}} {
		g, err := rolehttp.New(newVerifier(t), service, opts...)
		if err != nil {
			t.Fatal(err)
		}
		for account, permitted := range map[string]bool{"a1": true, "": false} {
			_, err := g.Admit(t.Context(), token(func(c map[string]any) { c["account"] = account }), "tasks", roles.Get)
			if (err == nil) != permitted {
				t.Errorf("%d options, account %q: have %v", len(opts), account, err)
			}
		}
	}
	for _, e := range events {
		if (e.Outcome == rolehttp.Allowed) != (len(e.Roles) > 0) {
			t.Errorf("have the roles %v with the outcome %v", e.Roles, e.Outcome)
		}
	}
}
