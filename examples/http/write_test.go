package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// What is written, by whom, and what becomes of it.
func TestWrites(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, who, method, path, body string
		status                        int
		reason                        string
	}{
		{"create", "bob of acme", "POST", "/tasks", `{"title":"x"}`, 201, "in the caller's name"},
		{"create in the other account", "bob of globex", "POST", "/tasks", `{"title":"x"}`, 201, "the account is the caller's there too"},
		{"create for oneself by name", "bob of acme", "POST", "/tasks", `{"title":"x","account":"acme","created_by":"bob"}`, 201, "what would be so anyway"},
		{"create for another", "bob of acme", "POST", "/tasks", `{"title":"x","created_by":"mia"}`, 403, "the check"},
		{"create for another as manager", "mia of acme", "POST", "/tasks", `{"title":"x","created_by":"bob"}`, 201, "the check of managers"},
		{"create in another account", "bob of acme", "POST", "/tasks", `{"title":"x","account":"globex"}`, 403, "the restriction"},
		{"create in another account as admin", "ann of acme", "POST", "/tasks", `{"title":"x","account":"globex"}`, 403, "the restriction stands over admins too"},
		{"create what is done", "bob of acme", "POST", "/tasks", `{"title":"x","status":"done"}`, 403, "the check"},
		{"create with a column that is not writable", "bob of acme", "POST", "/tasks", `{"title":"x","priority":9}`, 403, "the columns"},
		{"create as a guest", "eve of acme", "POST", "/tasks", `{"title":"x"}`, 403, "no grant"},

		{"move as admin by PUT", "ann of acme", "PUT", "/tasks/1", `{"title":"x","account":"globex"}`, 403, "the restriction is for the new row too"},
		{"move as admin by PATCH", "ann of acme", "PATCH", "/tasks/1", `{"account":"globex"}`, 403, "the same"},
		{"move as user", "bob of acme", "PUT", "/tasks/1", `{"title":"x","account":"globex"}`, 403, "the columns"},
		{"fetch from another account", "ann of acme", "PUT", "/tasks/6", `{"title":"x","account":"acme"}`, 404, "the old row is hidden"},
		{"fetch another's", "bob of acme", "PATCH", "/tasks/4", `{"assignee":"bob"}`, 404, "seen, but not one to change"},
		{"give away", "bob of acme", "PATCH", "/tasks/3", `{"assignee":"mia"}`, 403, "it would not be bob's any more"},
		{"finish", "bob of acme", "PATCH", "/tasks/1", `{"status":"done"}`, 204, "the check allows it"},
		{"reopen", "bob of acme", "PATCH", "/tasks/2", `{"status":"open"}`, 404, "what is done is not there to change"},
		{"take over", "mia of acme", "PATCH", "/tasks/1", `{"created_by":"mia"}`, 403, "the columns"},
		{"take over as admin", "ann of acme", "PATCH", "/tasks/1", `{"created_by":"ann"}`, 204, "all columns"},
		{"the same value in a column that is not writable", "bob of acme", "PATCH", "/tasks/1", `{"priority":3}`, 403, "whether it is the same is not to be found out"},

		{"no title", "bob of acme", "POST", "/tasks", `{}`, 400, "required"},
		{"no title in PUT", "bob of acme", "PUT", "/tasks/1", `{"status":"open"}`, 400, "the whole is set"},
		{"no title in PATCH", "bob of acme", "PATCH", "/tasks/1", `{"assignee":null}`, 204, "it stays"},
		{"an unknown field", "bob of acme", "PATCH", "/tasks/1", `{"nonsense":1}`, 400, ""},
		{"an unknown field in another case", "bob of acme", "PATCH", "/tasks/1", `{"Title":"x"}`, 400, "names are exact"},
		{"the id", "ann of acme", "PATCH", "/tasks/1", `{"id":7}`, 400, "nobody sets it"},
		{"another type", "bob of acme", "PATCH", "/tasks/1", `{"title":1}`, 400, ""},
		{"null", "bob of acme", "PATCH", "/tasks/1", `{"title":null}`, 400, "a title is not null"},
		{"an empty text", "bob of acme", "PATCH", "/tasks/1", `{"assignee":""}`, 400, ""},
		{"a long text", "bob of acme", "PATCH", "/tasks/1", `{"title":"` + strings.Repeat("ä", 201) + `"}`, 400, ""},
		{"as long as may be", "bob of acme", "PATCH", "/tasks/1", `{"title":"` + strings.Repeat("ä", 200) + `"}`, 204, "characters, not bytes"},
		{"no label", "bob of acme", "PATCH", "/tasks/1", `{"status":"lost"}`, 400, ""},
		{"beyond", "ann of acme", "PATCH", "/tasks/1", `{"priority":1001}`, 400, ""},
		{"a fraction", "ann of acme", "PATCH", "/tasks/1", `{"priority":1.5}`, 400, ""},
		{"a list", "bob of acme", "PATCH", "/tasks/1", `[1]`, 400, ""},
		{"null for all", "bob of acme", "PATCH", "/tasks/1", `null`, 400, ""},
		{"two values", "bob of acme", "PATCH", "/tasks/1", `{} {}`, 400, ""},
		{"no JSON", "bob of acme", "PATCH", "/tasks/1", `{`, 400, ""},
		{"too long", "bob of acme", "PATCH", "/tasks/1", `{"title":"` + strings.Repeat("x", maxBody) + `"}`, 413, ""},
		{"a bad body for a row that is hidden", "bob of acme", "PATCH", "/tasks/6", `{"nonsense":1}`, 404, "the row decides first"},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "")
			before := w.store.rows(t)
			got := w.ask(t, test.who, test.method, test.path, test.body)
			if got.status != test.status {
				t.Errorf("have %d %s, want %d: %s", got.status, got.body, test.status, test.reason)
			}
			if got.status == 403 && got.body != forbidden {
				t.Errorf("a refusal says more than that: %s", got.body)
			}
			if unchanged := same(before, w.store.rows(t)); unchanged != (test.status >= 300) {
				t.Errorf("status %d, and the rows are the same: %t", got.status, unchanged)
			}
		})
	}
}

func TestCreated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	got := w.ask(t, "bob of acme", "POST", "/tasks", `{"title":"new","assignee":"mia"}`)
	if got.status != 201 || got.body != `{"id":8}`+"\n" || got.header.Get("Location") != "/tasks/8" {
		t.Fatalf("%d %s%v", got.status, got.body, got.header)
	}
	rows := w.store.rows(t)
	row := rows[len(rows)-1]
	if row.Account != "acme" || row.CreatedBy != "bob" || *row.Assignee != "mia" || row.Title != "new" || row.Status != "open" {
		t.Errorf("stored is %s", row.text())
	}
	shown := w.ask(t, "bob of acme", "GET", "/tasks/8", "")
	if shown.status != 200 || shown.header.Get("ETag") != got.header.Get("ETag") {
		t.Errorf("%d %v", shown.status, shown.header)
	}
}

// PUT sets what the caller may write, and nothing else.
func TestReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	for _, test := range []struct{ who, path, want string }{
		{"bob of acme", "/tasks/1", "1 2 acme bob nobody new open 3 false"},
		{"mia of acme", "/tasks/2", "2 2 acme bob nobody new open 0 false"},
		{"ann of acme", "/tasks/4", "4 2 acme mia nobody new open 0 false"},
	} {
		got := w.ask(t, test.who, "PUT", test.path, `{"title":"new"}`)
		found := false
		for _, row := range w.store.rows(t) {
			found = found || strings.HasPrefix(row.text(), test.want+" ")
		}
		if got.status != 204 || !found {
			t.Errorf("%s: %d %s, no row is %s", test.who, got.status, got.body, test.want)
		}
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	tag := w.ask(t, "bob of acme", "GET", "/tasks/1", "").header.Get("ETag")
	for _, step := range []struct {
		name, method, path, match string
		status                    int
	}{
		{"the version that was read", "PATCH", "/tasks/1", tag, 204},
		{"one that is over", "PATCH", "/tasks/1", tag, 412},
		{"one of a list", "PATCH", "/tasks/1", `"99", "2"`, 204},
		{"whichever", "PATCH", "/tasks/1", "*", 204},
		{"a weak one", "PATCH", "/tasks/1", `W/"4"`, 412},
		{"one that is over, to delete", "DELETE", "/tasks/1", tag, 412},
		{"a row that is hidden has no version", "PATCH", "/tasks/6", `"99"`, 404},
		{"a row that is not there has none", "DELETE", "/tasks/8", "*", 404},
		{"to delete", "DELETE", "/tasks/1", `"4"`, 204},
	} {
		body := ""
		if step.method == "PATCH" {
			body = `{"title":"x"}`
		}
		if got := w.ask(t, "bob of acme", step.method, step.path, body, "If-Match", step.match); got.status != step.status {
			t.Errorf("%s: have %d %s, want %d", step.name, got.status, got.body, step.status)
		}
	}
}

// Of many who change the same version, one does.
func TestChangesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	const callers, rounds = 8, 5
	for round := range rounds {
		tag := w.ask(t, "ann of acme", "GET", "/tasks/4", "").header.Get("ETag")
		var done, late atomic.Int32
		var all sync.WaitGroup
		for n := range callers {
			all.Go(func() {
				got := w.ask(t, "ann of acme", "PATCH", "/tasks/4", fmt.Sprintf(`{"title":"by %d"}`, n), "If-Match", tag)
				switch got.status {
				case http.StatusNoContent:
					done.Add(1)
				case http.StatusPreconditionFailed:
					late.Add(1)
				}
			})
		}
		all.Wait()
		if done.Load() != 1 || late.Load() != callers-1 {
			t.Errorf("round %d: %d did, %d were late", round, done.Load(), late.Load())
		}
	}
	if tag := w.ask(t, "ann of acme", "GET", "/tasks/4", "").header.Get("ETag"); tag != fmt.Sprintf(`"%d"`, 1+rounds) {
		t.Errorf("the version is %s", tag)
	}
}
