package main

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// api is the handlers of tasks. What each may do is in the context of the request, where
// the guard has put it.
type api struct{ store *store }

type listAnswer struct {
	Items []map[string]any `json:"items"`
	Total int64            `json:"total"`
	Next  string           `json:"next,omitempty"` // the URL of the next page
}

func (a api) list(w http.ResponseWriter, r *http.Request) error {
	columns := rolehttp.Permission(r.Context()).Columns
	readable := columns.Of(taskFields...)
	if len(readable) == 0 {
		return web.ErrRefused
	}
	q, err := parseList(r.URL.RawQuery, readable)
	if err != nil {
		return err
	}
	rows, more, total, err := a.store.list(r.Context(), rolehttp.Specification(r.Context()), q)
	if err != nil {
		return err
	}
	answer := listAnswer{Items: make([]map[string]any, len(rows)), Total: total}
	for i := range rows {
		answer.Items[i] = rows[i].shown(columns)
	}
	if more {
		answer.Next = nextPage(r.URL, cursorOf(&rows[len(rows)-1], q.sort))
	}
	return web.WriteJSON(w, http.StatusOK, answer)
}

// nextPage is the same list from behind a cursor.
func nextPage(u *url.URL, cursor string) string {
	query := u.Query() // it was parsed before
	query.Set("after", cursor)
	return (&url.URL{Path: u.Path, RawQuery: query.Encode()}).String()
}

func (a api) show(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	t, err := find(r.Context(), a.store.reads, id, rolehttp.Specification(r.Context()))
	if err != nil {
		return err
	}
	columns := rolehttp.Permission(r.Context()).Columns
	if columns.Has("version") {
		w.Header().Set("ETag", etag(&t))
	}
	return web.WriteJSON(w, http.StatusOK, t.shown(columns))
}

// idOf returns the id in the path. What is no id is a task that is not there.
func idOf(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || r.PathValue("id") != strconv.FormatInt(id, 10) {
		return 0, web.ErrNotFound
	}
	return id, nil
}
