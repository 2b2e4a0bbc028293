package rolehttp_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// source is where the text of a policy can be changed.
type source struct {
	mu   sync.Mutex
	text string
}

func (s *source) Read(context.Context, string) (policy.Text, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return policy.Text{Name: "test", Data: []byte(s.text)}, nil
}

func (s *source) set(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = text
}

// granting is a policy of one generation.
func granting(endpoint string, generation int) string {
	return fmt.Sprintf("rolespec: 1\nroles:\n- name: user\n  allow:\n  - {endpoint: %s, methods: GET, rule: generation == %d}\n", endpoint, generation)
}

func watch(t *testing.T, s *source) *policy.Live[claims] {
	t.Helper()
	l, err := policy.Watch[claims](t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// TestLive: a policy that changes is in force with the next request.
func TestLive(t *testing.T) {
	s := &source{text: granting("tasks", 1)}
	live := watch(t, s)
	var version string
	g, err := rolehttp.New(newVerifier(t), live,
		rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { version = e.Version }))
	if err != nil {
		t.Fatal(err)
	}
	var rs rolehttp.Routes
	rs.Handle("GET /tasks", "tasks", shown)
	h, err := rs.Handler(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		why    string
		text   string
		status int
		shows  string
	}{
		{"the first", granting("tasks", 1), 200, "generation == 1"},
		{"another", granting("tasks", 2), 200, "generation == 2"},
		{"the route is granted to nobody", granting("notes", 3), 403, bodies[403]},
		{"no policy", "x", 403, bodies[403]},
		{"granted again", granting("tasks", 4), 200, "generation == 4"},
	} {
		s.set(step.text)
		_ = live.Reload(t.Context()) // the one that is no policy says so
		have := answer(h, request("GET", "/tasks", with(token(nil))...))
		if have.Code != step.status || have.Body.String() != step.shows {
			t.Errorf("%s: have %d %q, want %d %q", step.why, have.Code, have.Body, step.status, step.shows)
		}
		if version == "" || version != live.Version() {
			t.Errorf("%s: have version %q, want %q", step.why, version, live.Version())
		}
	}
}

// TestSwap: while the policy changes, an event names the policy that decided.
func TestSwap(t *testing.T) {
	s := &source{text: granting("tasks", 0)}
	live := watch(t, s)
	versions := map[string]string{} // of the policies, what they show
	for i := range 2 {
		p, err := policy.Parse("test", []byte(granting("tasks", i)))
		if err != nil {
			t.Fatal(err)
		}
		versions[p.Version()] = fmt.Sprint("generation == ", i)
	}
	type versionKey struct{}
	g, err := rolehttp.New(fake(asUser), live, rolehttp.WithAudit(func(ctx context.Context, e rolehttp.Event) {
		*ctx.Value(versionKey{}).(*string) = e.Version
	}))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			s.set(granting("tasks", i%2))
			if err := live.Reload(context.Background()); err != nil {
				t.Error(err)
			}
		}
	}()
	var askers sync.WaitGroup
	for range 4 {
		askers.Add(1)
		go func() {
			defer askers.Done()
			for range 500 {
				var version string
				ctx, err := g.Admit(context.WithValue(context.Background(), versionKey{}, &version), "a1", "tasks", "GET")
				have := rolehttp.Specification(ctx).String()
				if err != nil || !strings.HasPrefix(have, "generation == ") || version != "" && versions[version] != have {
					t.Errorf("have %q of version %q and error %v, want that of one policy", have, version, err)
				}
			}
		}()
	}
	askers.Wait()
	close(stop)
	wg.Wait()
}

// turning is a policy whose version changes at every look.
type turning struct {
	rolehttp.Policy[claims]
	looks int
}

func (p *turning) Version() string { p.looks++; return fmt.Sprint(p.looks) }

// TestVersionUnknown: no version is named that may not be the one that decided.
func TestVersionUnknown(t *testing.T) {
	version := "not told"
	g, err := rolehttp.New(fake(asUser), &turning{Policy: service},
		rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) { version = e.Version }))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Admit(t.Context(), "a1", "tasks", "GET"); err != nil || version != "" {
		t.Errorf("have version %q and error %v, want none", version, err)
	}
}
