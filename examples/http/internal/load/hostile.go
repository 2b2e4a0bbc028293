package load

import (
	"bytes"
	"fmt"
	"net/http"
)

var writing = []string{http.MethodPut, http.MethodPatch, http.MethodDelete}

// gone holds the answer for a row against that for one that never was: letter for letter
// the same.
func (w *worker) gone(a answer) {
	switch {
	case !a.ok:
	case w.missing == nil:
		w.missing = a.body
	case !bytes.Equal(w.missing, a.body):
		w.report.violation("%s: another body than for a row that is not there", a.request)
	}
}

func (w *worker) notThere() {
	w.gone(w.ask("not there", w.caller(false), http.MethodGet, "/tasks/999999999999", "", http.StatusNotFound))
}

// outside asks for a row of another account.
func (w *worker) outside() {
	t := w.caller(true)
	id, ok := w.known.outside(t.Account)
	if !ok {
		return
	}
	method := pick(append([]string{http.MethodGet, http.MethodGet}, writing...))
	w.gone(w.ask("of another account", t, method, fmt.Sprintf("/tasks/%d", id), `{"title":"stolen"}`, http.StatusNotFound))
}

// move makes a row, or makes one of its own one, that is of another account.
func (w *worker) move() {
	const body = `{"title":"smuggled","account":"elsewhere"}`
	if len(w.mine) == 0 || w.made%2 == 0 {
		w.ask("move to another account", w.caller(true), http.MethodPost, "/tasks", body, http.StatusForbidden)
		return
	}
	m := pick(w.mine)
	w.ask("move to another account", m.by, pick(writing[:2]), m.path(), body, http.StatusForbidden)
	w.verify(m)
}

// forbidden does what a guest may not.
func (w *worker) forbidden() {
	for _, t := range w.callers.valid {
		if t.Role == "guest" {
			method := pick(append([]string{http.MethodPost}, writing...))
			w.ask("forbidden", t, method, w.somePath(method), `{"title":"mine now"}`, http.StatusForbidden)
			return
		}
	}
}

func (w *worker) expired() { w.refused(Expired) }
func (w *worker) foreign() { w.refused(Foreign) }
func (w *worker) forged()  { w.refused(Forged) }

// refused asks with a token that is not valid, for what its bearer could if it were.
func (w *worker) refused(kind Kind) {
	t := pick(w.callers.refused[kind])
	method := pick(append([]string{http.MethodGet, http.MethodPost}, writing...))
	w.ask(string(t.Kind), t, method, w.somePath(method), `{"title":"forged"}`, http.StatusUnauthorized)
}

func (w *worker) noToken() {
	method := pick(append([]string{http.MethodGet, http.MethodPost}, writing...))
	w.ask("no token", Token{Subject: "nobody"}, method, w.somePath(method), `{"title":"?"}`, http.StatusUnauthorized)
}

// somePath is a path that has the method: the list, or a row, of its own if it has one.
func (w *worker) somePath(method string) string {
	switch {
	case method == http.MethodPost, method == http.MethodGet && w.made%2 == 0:
		return "/tasks"
	case len(w.mine) == 0:
		return "/tasks/1"
	}
	return pick(w.mine).path()
}
