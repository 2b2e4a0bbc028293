package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Who writes a row is not shown it: what may be read is for GET to say. So the answers
// have no body but for the id of a new row.

// create stores a new row that satisfies the check. It is the caller's unless the body
// says otherwise, and whether it may is for the columns and the check to say.
func (a api) create(w http.ResponseWriter, r *http.Request) error {
	claims, ok := rolehttp.Claims[Claims](r.Context())
	if !ok {
		return errors.New("no guard stands before the handler")
	}
	body, err := readChanges(w, r, "application/json")
	if err != nil {
		return err
	}
	may := rolehttp.Permission(r.Context())
	t := Task{Account: claims.Account, CreatedBy: claims.Subject, Status: "open", CreatedAt: time.Now()}
	if err := body.apply(&t, may.Columns); err != nil {
		return err
	}
	if t, err = a.store.add(r.Context(), t, may.Check); err != nil {
		return err
	}
	w.Header().Set("Location", fmt.Sprintf("/tasks/%d", t.ID))
	w.Header().Set("ETag", etag(&t))
	return web.WriteJSON(w, http.StatusCreated, map[string]int64{"id": t.ID})
}

// replace is PUT: what the caller may write and does not name is as in a new task.
func (a api) replace(w http.ResponseWriter, r *http.Request) error {
	return a.write(w, r, true, "application/json")
}

// patch is PATCH with a merge patch (RFC 7396): what is not named stays.
func (a api) patch(w http.ResponseWriter, r *http.Request) error {
	return a.write(w, r, false, "application/merge-patch+json", "application/json")
}

func (a api) write(w http.ResponseWriter, r *http.Request, whole bool, mediaTypes ...string) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	body, err := readChanges(w, r, mediaTypes...)
	if err != nil {
		return err
	}
	may := rolehttp.Permission(r.Context())
	t, err := a.store.change(r.Context(), id, may.Rows, may.Check, func(t *Task) error {
		if err := unchanged(r, t); err != nil {
			return err
		}
		if whole {
			t.reset(may.Columns)
		}
		return body.apply(t, may.Columns)
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(&t))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a api) remove(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	err = a.store.remove(r.Context(), id, rolehttp.Specification(r.Context()), func(t *Task) error {
		return unchanged(r, t)
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
