package load

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
)

// maxMine is how many rows a worker keeps, so that a long run does not measure how
// large the table has become.
const maxMine = 30

// queries are lists that every role may ask for.
var queries = []string{"", "?limit=5", "?limit=100&sort=-id", "?sort=title&limit=7", "?sort=created_by,-title&limit=9",
	"?status=open", "?title__contains=worker&limit=50", "?account=acme", "?account=globex", "?public=true&sort=-title"}

// list walks up to three pages. None may have a row that the caller may not see, and
// none more rows than are counted. No row may be there twice, unless it moves meanwhile,
// as in an order by the title that somebody changes.
func (w *worker) list() {
	t := w.caller(false)
	path := "/tasks" + pick(queries)
	moving := strings.Contains(path, "title")
	seen := map[int64]bool{}
	for range 3 {
		a := w.ask("list", t, http.MethodGet, path, "", http.StatusOK)
		var p page
		if !a.ok || !w.read(a, &p) {
			return
		}
		for _, r := range p.Items {
			w.check(a, t, r)
			if seen[r.ID] && !moving {
				w.report.violation("%s: a row of an earlier page", a.request)
			}
			seen[r.ID] = true
		}
		if len(p.Items) > p.Total {
			w.report.violation("%s: %d rows of %d", a.request, len(p.Items), p.Total)
		}
		if path = p.Next; path == "" {
			return
		}
	}
}

func (w *worker) check(a answer, t Token, r row) {
	w.report.checked(1)
	if why := r.wrong(t); why != "" {
		w.report.violation("%s: %s", a.request, why)
	}
}

func (w *worker) read(a answer, to any) bool {
	err := decode(a.body, to)
	if err != nil {
		w.report.violation("%s: %v", a.request, err)
	}
	return err == nil
}

func (w *worker) create() {
	if len(w.mine) >= maxMine {
		w.remove()
		return
	}
	t := w.caller(true)
	w.made++
	made := task{title: fmt.Sprintf("worker %d, task %d", w.number, w.made), by: t}
	public := ""
	if t.Role != "user" {
		public = fmt.Sprintf(`,"public":%t`, rand.IntN(2) == 0)
	}
	a := w.ask("create", t, http.MethodPost, "/tasks", fmt.Sprintf(`{"title":%q%s}`, made.title, public), http.StatusCreated)
	var r row
	if !a.ok || !w.read(a, &r) {
		return
	}
	made.id = r.ID
	w.mine = append(w.mine, made)
	w.known.add(t.Account, made.id)
	w.verify(made)
}

// verify reads a row that was acknowledged.
func (w *worker) verify(m task) {
	a := w.ask("show", m.by, http.MethodGet, m.path(), "", http.StatusOK)
	var r row
	if !a.ok || !w.read(a, &r) {
		return
	}
	w.check(a, m.by, r)
	if r.ID != m.id || r.Title != m.title || r.CreatedBy != m.by.Subject {
		w.report.violation("%s: not what was acknowledged", a.request)
	}
}

func (m task) path() string { return "/tasks/" + strconv.FormatInt(m.id, 10) }

func (w *worker) show() {
	if len(w.mine) > 0 {
		w.verify(pick(w.mine))
	}
}

func (w *worker) change() {
	if len(w.mine) == 0 {
		return
	}
	m := &w.mine[rand.IntN(len(w.mine))]
	method := pick([]string{http.MethodPut, http.MethodPatch})
	title := m.title + "'"
	if len(title) > 60 {
		title = title[:len(title)-40]
	}
	if a := w.ask("change", m.by, method, m.path(), fmt.Sprintf(`{"title":%q}`, title), http.StatusNoContent); a.ok {
		m.title = title
		w.verify(*m)
	}
}

// remove deletes a row, which is then not there for anybody. A manager deletes what is
// done.
func (w *worker) remove() {
	if len(w.mine) == 0 {
		return
	}
	i := rand.IntN(len(w.mine))
	m := w.mine[i]
	if m.by.Role == "manager" {
		w.ask("change", m.by, http.MethodPatch, m.path(), `{"status":"done"}`, http.StatusNoContent)
	}
	if a := w.ask("delete", m.by, http.MethodDelete, m.path(), "", http.StatusNoContent); a.ok {
		w.mine = append(w.mine[:i], w.mine[i+1:]...)
		w.gone(w.ask("not there", m.by, http.MethodGet, m.path(), "", http.StatusNotFound))
	}
}
