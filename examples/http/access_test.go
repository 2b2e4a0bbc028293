package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The seeded tasks, by what they are to the callers of acme.
const (
	bobsOpen = 1 + iota
	bobsDone
	givenToBob
	publicOfMia
	annsDone
	bobsOfGlobex
	gilsOfGlobex
	notThere // and so has never been
	deleted
)

// notFound is the answer for a row that is hidden, letter for letter.
const (
	notFound  = `{"type":"about:blank","title":"Not Found","status":404}` + "\n"
	forbidden = `{"type":"about:blank","title":"Forbidden","status":403}` + "\n"
)

// Who gets which status for which row. The letters are o (200, 201 or 204), f (403) and
// n (404), one for each row from bobsOpen to deleted. Written by hand from the
// sentences of the policy: nothing of it comes from rolespec. A PUT that names no
// assignee takes the task from who is only that, and so is refused.
var accessTable = []struct {
	who, method, rows string
}{
	{"ann of acme", "GET", "ooooonnnn"},
	{"ann of acme", "PUT", "ooooonnnn"},
	{"ann of acme", "PATCH", "ooooonnnn"},
	{"ann of acme", "DELETE", "ooooonnnn"},
	{"mia of acme", "GET", "ooooonnnn"},
	{"mia of acme", "PUT", "ooooonnnn"},
	{"mia of acme", "PATCH", "ooooonnnn"},
	{"mia of acme", "DELETE", "nonnonnnn"},
	{"bob of acme", "GET", "oooonnnnn"},
	{"bob of acme", "PUT", "onfnnnnnn"},
	{"bob of acme", "PATCH", "ononnnnnn"},
	{"bob of acme", "DELETE", "onnnnnnnn"},
	{"eve of acme", "GET", "nnnonnnnn"},
	{"eve of acme", "PUT", "fffffffff"},
	{"eve of acme", "PATCH", "fffffffff"},
	{"eve of acme", "DELETE", "fffffffff"},
	{"gil of globex", "GET", "nnnnnoonn"},
	{"gil of globex", "PATCH", "nnnnnoonn"},
	{"gil of globex", "DELETE", "nnnnnoonn"},
	{"bob of globex", "GET", "nnnnnoonn"},
	{"bob of globex", "PUT", "nnnnnofnn"},
	{"bob of globex", "DELETE", "nnnnnonnn"},
}

func TestAccess(t *testing.T) {
	t.Parallel()
	for _, test := range accessTable {
		t.Run(strings.ReplaceAll(test.who, " ", "_")+"_"+test.method, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "")
			w.removeRow(t, deleted)
			for i, letter := range test.rows {
				w.oneAccess(t, test.who, test.method, bobsOpen+i, letter)
			}
		})
	}
}

// removeRow makes sure that the row with the id was there and is not any more.
func (w *world) removeRow(t *testing.T, id int) {
	t.Helper()
	if _, err := w.store.writes.Exec(`INSERT OR REPLACE INTO tasks VALUES (?, 1, 'acme', 'bob', NULL, 'x', 'open', 0, 1, 0)`, id); err != nil {
		t.Fatal(err)
	}
	if got := w.ask(t, "ann of acme", "DELETE", fmt.Sprintf("/tasks/%d", id), ""); got.status != 204 {
		t.Fatalf("not deleted: %d", got.status)
	}
}

func (w *world) oneAccess(t *testing.T, who, method string, id int, letter rune) {
	t.Helper()
	body := ""
	if method == "PUT" || method == "PATCH" {
		body = `{"title":"changed"}`
	}
	before := w.store.rows(t)
	got := w.ask(t, who, method, fmt.Sprintf("/tasks/%d", id), body)
	after := w.store.rows(t)
	switch letter {
	case 'n':
		if got.status != 404 || got.body != notFound || len(got.header["Etag"]) > 0 {
			t.Errorf("row %d: %d %s%v, and not that it is not there", id, got.status, got.body, got.header)
		}
	case 'f':
		if got.status != 403 || got.body != forbidden {
			t.Errorf("row %d: %d %s", id, got.status, got.body)
		}
	default:
		if got.status/100 != 2 {
			t.Errorf("row %d: %d %s", id, got.status, got.body)
		}
	}
	changed := slices.Compact(slices.DeleteFunc(texts(before), func(s string) bool { return slices.Contains(texts(after), s) }))
	wantChanged := letter == 'o' && method != "GET"
	if wantChanged != (len(changed) == 1) || len(changed) > 1 || wantChanged && !strings.HasPrefix(changed[0], fmt.Sprint(id)+" ") {
		t.Errorf("row %d: changed is %q", id, changed)
	}
}

// The lists are what single rows say, and count nothing else.
func TestLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	for _, test := range accessTable {
		if test.method != "GET" {
			continue
		}
		want := []int{}
		for i, letter := range test.rows {
			if letter == 'o' {
				want = append(want, bobsOpen+i)
			}
		}
		if got, total := w.ids(t, test.who, "/tasks"); !slices.Equal(got, want) || total != len(want) {
			t.Errorf("%s: has %v of %d, want %v", test.who, got, total, want)
		}
	}
}

// A guest sees some fields, and can neither filter nor sort by the others.
func TestHiddenFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	const want = `{"account":"acme","created_by":"mia","id":4,"public":true,"status":"open","title":"Plan the party"}` + "\n"
	got := w.ask(t, "eve of acme", "GET", fmt.Sprintf("/tasks/%d", publicOfMia), "")
	if got.body != want || len(got.header["Etag"]) > 0 {
		t.Errorf("have %s%v, want %s", got.body, got.header, want)
	}
	l := w.list(t, "eve of acme", "/tasks")
	for field := range l.Items[0] {
		if !strings.Contains(want, field) {
			t.Errorf("the list shows %s", field)
		}
	}
	nonsense := w.ask(t, "eve of acme", "GET", "/tasks?nonsense=1", "")
	for _, query := range []string{"priority__gte=5", "sort=priority", "sort=-assignee", "assignee__isnone=true", "version=1"} {
		if got := w.ask(t, "eve of acme", "GET", "/tasks?"+query, ""); got.status != 400 {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
	hidden := w.ask(t, "eve of acme", "GET", "/tasks?priority=1", "")
	if strings.ReplaceAll(hidden.body, "priority", "nonsense") != nonsense.body {
		t.Errorf("a hidden field and none are told apart:\n%s%s", hidden.body, nonsense.body)
	}
}
