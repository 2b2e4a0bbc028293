package writes_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// while runs a write while another transaction has changed the rows and has not
// ended yet; the write waits for it on every engine.
func (s store) while(t *testing.T, change string, write func() error) error {
	t.Helper()
	tx, err := s.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(change); err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() { written <- write() }()
	s.untilWaiting(t, written)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return <-written
}

// untilWaiting returns when a statement waits for a lock. SQLite does not say so:
// there the write waits to begin, now or later.
func (s store) untilWaiting(t *testing.T, written chan error) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); s.waiting != ""; time.Sleep(5 * time.Millisecond) {
		var n int
		if err := s.db.QueryRow(s.waiting).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
		if len(written) > 0 || time.Now().After(end) {
			t.Fatal("the write does not wait for the change")
		}
	}
}

// A row that somebody else changes while the caller writes it is judged as it is
// when it is written.
func TestWritesWhileRowsChange(t *testing.T) {
	before := []task{
		{ID: 1, AccountID: ptr[int64](1), State: "open", Approved: ptr(true)},
		{ID: 2, AccountID: ptr[int64](1), State: "open", Approved: ptr(true)},
	}
	own := roles.Permission{Rows: mine, Check: mine, Columns: roles.AllFields()}
	approved := own
	approved.Check = spec.Or(spec.Ne("state", "done"), spec.Eq("approved", true))
	onEach(t, func(t *testing.T, s store) {
		ctx := t.Context()
		for name, test := range map[string]struct {
			change string
			write  func() error
			want   error
			states map[int64]string
		}{
			"update of a row that goes away": {"UPDATE tasks SET account_id = 2 WHERE id = 1",
				func() error { return s.update(ctx, own, 1, changes{"state": "x"}) }, roles.ErrNotVisible, map[int64]string{1: "open", 2: "open"}},
			"update of a row that stays": {"UPDATE tasks SET approved = NULL WHERE id = 1",
				func() error { return s.update(ctx, own, 1, changes{"state": "x"}) }, nil, map[int64]string{1: "x", 2: "open"}},
			"update that another change makes wrong": {"UPDATE tasks SET approved = NULL WHERE id = 1",
				func() error { return s.update(ctx, approved, 1, changes{"state": "done"}) }, roles.ErrNotWritable, map[int64]string{1: "open", 2: "open"}},
			"update of all, one goes away": {"UPDATE tasks SET account_id = 2 WHERE id = 1",
				func() error { _, err := s.updateAll(ctx, own, changes{"state": "x"}); return err }, nil, map[int64]string{1: "open", 2: "x"}},
			"update of all that another change makes wrong": {"UPDATE tasks SET approved = NULL WHERE id = 1",
				func() error { _, err := s.updateAll(ctx, approved, changes{"state": "done"}); return err }, roles.ErrNotWritable, map[int64]string{1: "open", 2: "open"}},
			"delete of a row that goes away": {"UPDATE tasks SET account_id = 2 WHERE id = 1",
				func() error { return s.remove(ctx, own, 1) }, roles.ErrNotVisible, map[int64]string{1: "open", 2: "open"}},
		} {
			s.fill(t, before...)
			if err := s.while(t, test.change, test.write); !errors.Is(err, test.want) {
				t.Errorf("%s: the error is %v, want %v", name, err, test.want)
			}
			have := s.states(t)
			if len(have) != 2 || have[1] != test.states[1] || have[2] != test.states[2] {
				t.Errorf("%s: have %v, want %v", name, have, test.states)
			}
		}
	})
}
