package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"unicode/utf8"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Whatever is in a query, it is the caller's mistake or a list that SQLite can be asked
// for, in an order that is whole.
func FuzzList(f *testing.F) {
	for _, seed := range []string{
		"", "limit=5&sort=-priority,title", "status=open&priority__gte=5", "sort=-assignee&after=" + cursor(`[null,3]`),
		"after=" + cursor(`["2026-01-02T03:04:05Z",1]`) + "&sort=created_at", "title__matches=(?i)a*", "id__in=1&id__in=2",
		"assignee__isnone=true", "title__containsfold=%C3%84", "a;b", "%zz", "limit=101", "sort=id,-id", "public__in",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := parseList(raw, taskFields)
		if err != nil {
			if request := (*web.Problem)(nil); !errors.As(err, &request) || request.Status != http.StatusBadRequest {
				t.Errorf("%q: %v", raw, err)
			}
			return
		}
		if _, _, err := tasks.SQL(spec.Eq("account", "acme").And(q.filter, q.after), sqlspec.SQLite); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
		whole := false
		for i, key := range q.sort {
			whole = whole || key.Field == "id"
			if orderBy(q.sort)[i] == "" {
				t.Errorf("%q: no column for %q", raw, key.Field)
			}
		}
		if !whole || q.limit < 1 || q.limit > maxLimit {
			t.Errorf("%q: order %v, limit %d", raw, q.sort, q.limit)
		}
	})
}

// Whatever is in a body, it is the caller's mistake or a row within the bounds; and
// where no column may be written, nothing is.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		`{"title":"x"}`, `{"title":"x","assignee":null,"status":"done","priority":9,"public":true}`, `{"account":"a","created_by":"b"}`,
		`{"title":null}`, `{"Title":"x"}`, `{"title":"\u0000"}`, `{"priority":1e3}`, `[]`, `null`, `{} {}`, `{"title":"x","title":"y"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest("POST", "/tasks", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		c, err := readChanges(httptest.NewRecorder(), r, "application/json")
		row := Task{Account: "acme", CreatedBy: "bob", Title: "old", Status: "open"}
		if err == nil {
			refused := row
			if err := c.apply(&refused, roles.Fields()); err == nil && len(c) > 0 {
				t.Errorf("%q is written where nothing may be", body)
			}
			err = c.apply(&row, roles.AllFields())
		}
		if err != nil {
			if request := (*web.Problem)(nil); !errors.As(err, &request) {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		texts := []string{row.Account, row.CreatedBy, row.Title}
		if row.Assignee != nil {
			texts = append(texts, *row.Assignee)
		}
		for _, text := range texts {
			if text == "" || utf8.RuneCountInString(text) > maxTitle || !utf8.ValidString(text) {
				t.Errorf("%q: stored would be %q", body, text)
			}
		}
		if row.Status != "open" && row.Status != "done" || row.Priority < 0 || row.Priority > maxPriority {
			t.Errorf("%q: stored would be %s", body, row.text())
		}
	})
}
