package main

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

// TestMain lets the tests run the program itself, with its signals and exit status.
func TestMain(m *testing.M) {
	if os.Getenv("GROUPS_MAIN") != "" {
		main()
		return
	}
	engines.Main(m)
}

// world is a service without keys, and a client whose answers are held against the
// document.
type world struct {
	*testing.T
	*testservice.Client
	server *testservice.Server
}

// each runs a test against a service on each database.
func each(t *testing.T, test func(w world), args ...string) {
	t.Helper()
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) { test(start(t, dsn, args...)) })
}

func start(t *testing.T, dsn string, args ...string) world {
	t.Helper()
	s := testservice.Start(t, program(), dsn, args...)
	return world{t, s.Client("").Against(openapitest.Read(t, document)), s}
}

func (w world) do(method, path string, body any) testservice.Reply {
	w.Helper()
	return w.Do(w.T, method, path, body)
}

func (w world) group(name string) int64 {
	w.Helper()
	return testservice.JSON[Group](w.T, w.do("POST", "/group", map[string]string{"name": name}), 200).ID
}

func (w world) resource(name string) int64 {
	w.Helper()
	return testservice.JSON[Resource](w.T, w.do("POST", "/resource", map[string]string{"name": name}), 200).ID
}

func (w world) attach(group int64, users ...string) testservice.Reply {
	w.Helper()
	items := []map[string]string{}
	for _, user := range users {
		items = append(items, map[string]string{"userId": user})
	}
	return w.do("POST", fmt.Sprintf("/group/%d/user", group), items)
}

func (w world) share(group int64, ids ...int64) testservice.Reply {
	w.Helper()
	items := []map[string]int64{}
	for _, id := range ids {
		items = append(items, map[string]int64{"resourceId": id})
	}
	return w.do("POST", fmt.Sprintf("/group/%d/authorize", group), items)
}

// authorized is the answer to the question, which has a body and a status that agree.
func (w world) authorized(user, resource string) bool {
	w.Helper()
	r := w.do("GET", ask(user, resource), nil)
	status := 403
	if r.Status == 200 {
		status = 200
	}
	answer := testservice.JSON[map[string]bool](w.T, r, status)["authorized"]
	if answer != (status == 200) {
		w.Errorf("%s: status %d, %s", ask(user, resource), r.Status, r.Body)
	}
	return answer
}

func (w world) want(user, resource string, allowed bool) {
	w.Helper()
	if w.authorized(user, resource) != allowed {
		w.Errorf("%s may use %s: not %v", user, resource, allowed)
	}
}

// list walks all pages.
func list[T interface{ id() string }](w world, path string) []string {
	w.Helper()
	ids := []string{}
	for path != "" {
		l := testservice.JSON[listing[T]](w.T, w.do("GET", path, nil), 200)
		if l.Count != len(l.Items) {
			w.Errorf("GET %s: count %d, and %d items", path, l.Count, len(l.Items))
		}
		for _, row := range l.Items {
			ids = append(ids, row.id())
		}
		path = l.Next
	}
	return ids
}

func (w world) lists(path string, got []string, want ...string) {
	w.Helper()
	if !slices.Equal(got, want) {
		w.Errorf("GET %s: %q, want %q", path, got, want)
	}
}
