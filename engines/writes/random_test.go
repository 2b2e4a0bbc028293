package writes_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func one[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func drawRow(r *rand.Rand, id int64) task {
	return task{ID: id, AccountID: one(r, nil, ptr[int64](1), ptr[int64](2)), State: one(r, "open", "Open", "done", ""), Approved: one(r, nil, ptr(true), ptr(false))}
}

func drawSpecification(r *rand.Rand, depth int) spec.Specification {
	leaf := one(r, mine, spec.Ne("account_id", 1), spec.IsNull("account_id"), spec.In("account_id", spec.Of(1), spec.Null), spec.Eq("state", "open"),
		spec.Gt("state", "a"), spec.Eq("approved", true), spec.Distinct("approved", true), spec.All(), spec.None())
	if depth == 0 {
		return leaf
	}
	term := func() spec.Specification { return drawSpecification(r, depth-1) }
	return one(r, leaf, term().Not(), spec.And(term(), term()), spec.Or(term(), term()))
}

// drawChanges changes some fields, and the row as they will.
func drawChanges(r *rand.Rand, row *task) changes {
	from, c := drawRow(r, row.ID), changes{}
	if r.IntN(2) == 0 {
		row.AccountID, c["account_id"] = from.AccountID, from.AccountID
	}
	if r.IntN(2) == 0 {
		row.Approved, c["approved"] = from.Approved, from.Approved
	}
	if r.IntN(2) == 0 || len(c) == 0 {
		row.State, c["state"] = from.State, from.State
	}
	return c
}

// A write goes the way that the checks in memory say, of any row and permission,
// and leaves what it should.
func TestWritesAreWhatMemorySays(t *testing.T) {
	onEach(t, func(t *testing.T, s store) {
		r := rand.New(rand.NewPCG(1, 35))
		outcomes := map[string]int{}
		for range 400 {
			p := roles.Permission{Rows: drawSpecification(r, 2), Check: drawSpecification(r, 2), Columns: roles.AllFields()}
			before, other := drawRow(r, 1), drawRow(r, 2)
			after, inserted := before, task{ID: 3, State: "new"}
			c, i := drawChanges(r, &after), drawChanges(r, &inserted)

			s.fill(t, before, other)
			rows := []task{before, other}
			want := roles.CheckUpdate(p, &before, &after)
			have := s.update(t.Context(), p, 1, c)
			if want == nil {
				rows[0] = after
			}
			outcomes["update: "+s.same(t, "update", p, want, have)]++

			want = roles.CheckInsert(p, &inserted)
			have = s.insert(t.Context(), p, 3, i)
			if want == nil {
				rows = append(rows, inserted)
			}
			outcomes["insert: "+s.same(t, "insert", p, want, have)]++

			want = roles.CheckDelete(p, &other)
			have = s.remove(t.Context(), p, 2)
			if want == nil {
				rows = append(rows[:1], rows[2:]...)
			}
			outcomes["delete: "+s.same(t, "delete", p, want, have)]++
			if diff := cmp.Diff(rows, s.rows(t)); diff != "" || t.Failed() {
				t.Fatalf("rows %v, check %v, %v, %v, then (-want +have):\n%s", p.Rows, p.Check, c, i, diff)
			}
		}
		t.Log(outcomes)
	})
}

// same holds that two errors are of one kind, and returns it.
func (s store) same(t *testing.T, write string, p roles.Permission, want, have error) string {
	t.Helper()
	kind := func(err error) string {
		switch {
		case err == nil:
			return "done"
		case errors.Is(err, roles.ErrNotVisible):
			return "not visible"
		case errors.Is(err, roles.ErrNotWritable):
			return "not writable"
		}
		return err.Error()
	}
	if kind(want) != kind(have) {
		t.Errorf("%s: rows %v, check %v: have %v, want %v", write, p.Rows, p.Check, have, want)
	}
	return kind(want)
}
