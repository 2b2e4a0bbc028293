package writes_test

import (
	"context"
	"errors"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// states returns the state of each row, by its id.
func (s store) states(t *testing.T) map[int64]string {
	t.Helper()
	states := map[int64]string{}
	for _, r := range s.rows(t) {
		states[r.ID] = r.State
	}
	return states
}

func TestWrites(t *testing.T) {
	before := []task{
		{ID: 1, AccountID: ptr[int64](1), State: "open", Approved: ptr(true), Members: []member{{Name: "ann"}}},
		{ID: 2, AccountID: ptr[int64](2), State: "open", Approved: ptr(true)},
		{ID: 3, State: "open"},
		{ID: 4, AccountID: ptr[int64](1), State: "done"},
	}
	own := roles.Permission{Rows: mine, Check: mine, Columns: roles.AllFields()}
	approved := roles.Permission{Rows: mine, Check: mine.And(spec.Eq("approved", true)), Columns: roles.AllFields()}
	hidden, refused := roles.ErrNotVisible, roles.ErrNotWritable
	type write func(context.Context, store) error
	update := func(p roles.Permission, id int64, c changes) write {
		return func(ctx context.Context, s store) error { return s.update(ctx, p, id, c) }
	}
	updateAll := func(p roles.Permission, c changes) write {
		return func(ctx context.Context, s store) error { _, err := s.updateAll(ctx, p, c); return err }
	}
	insert := func(p roles.Permission, c changes) write {
		return func(ctx context.Context, s store) error { return s.insert(ctx, p, 9, c) }
	}
	remove := func(p roles.Permission, id int64) write {
		return func(ctx context.Context, s store) error { return s.remove(ctx, p, id) }
	}
	limited := own
	limited.Columns = roles.Fields("state")
	annsOwn := roles.Permission{Rows: spec.Any("members", spec.Eq("name", "ann")), Check: spec.Every("members", spec.Eq("name", "ann")), Columns: roles.AllFields()}
	onEach(t, func(t *testing.T, s store) {
		for name, test := range map[string]struct {
			write write
			want  error
			rows  map[int64]string // that changed; "" where the row is gone
		}{
			"update":                              {update(own, 1, changes{"state": "x"}), nil, map[int64]string{1: "x"}},
			"update to what it is":                {update(own, 1, changes{"state": "open"}), nil, nil},
			"update of a foreign row":             {update(own, 2, changes{"state": "x"}), hidden, nil},
			"update of a row of nobody":           {update(own, 3, changes{"state": "x"}), hidden, nil},
			"update of no row":                    {update(own, 99, changes{"state": "x"}), hidden, nil},
			"update that takes a foreign row":     {update(own, 2, changes{"account_id": 1, "state": "x"}), hidden, nil},
			"update that gives a row away":        {update(own, 1, changes{"account_id": 2, "state": "x"}), refused, nil},
			"update that makes a row nobody's":    {update(own, 1, changes{"account_id": nil, "state": "x"}), refused, nil},
			"update where the check is unknown":   {update(approved, 4, changes{"state": "x"}), refused, nil},
			"update that makes the check true":    {update(approved, 4, changes{"state": "x", "approved": true}), nil, map[int64]string{4: "x"}},
			"update of a field":                   {update(limited, 1, changes{"state": "x"}), nil, map[int64]string{1: "x"}},
			"update of another field":             {update(limited, 1, changes{"state": "x", "approved": false}), refused, nil},
			"update of what is no field":          {update(own, 1, changes{"state = 'x' --": 1}), sqlspec.ErrUnmapped, nil},
			"update, nothing permitted":           {update(roles.Permission{Columns: roles.AllFields()}, 1, changes{"state": "x"}), hidden, nil},
			"update, rows but no check":           {update(roles.Permission{Rows: mine, Columns: roles.AllFields()}, 1, changes{"state": "x"}), refused, nil},
			"update, a check that is broken":      {update(roles.Permission{Rows: mine, Check: spec.Eq("acount", 1), Columns: roles.AllFields()}, 1, changes{"state": "x"}), spec.ErrUnknownField, nil},
			"update by related rows":              {update(annsOwn, 1, changes{"state": "x"}), nil, map[int64]string{1: "x"}},
			"update by related rows of none":      {update(annsOwn, 4, changes{"state": "x"}), hidden, nil},
			"update of all":                       {updateAll(own, changes{"state": "x"}), nil, map[int64]string{1: "x", 4: "x"}},
			"update of all by what it sets":       {updateAll(roles.Permission{Rows: spec.Eq("state", "open"), Check: spec.Ne("state", "open"), Columns: roles.AllFields()}, changes{"state": "x"}), nil, map[int64]string{1: "x", 2: "x", 3: "x"}},
			"update of all, one may not be so":    {updateAll(approved, changes{"state": "x"}), refused, nil},
			"update of all, none":                 {updateAll(roles.Permission{Columns: roles.AllFields()}, changes{"state": "x"}), nil, nil},
			"insert":                              {insert(own, changes{"account_id": 1, "state": "x"}), nil, map[int64]string{9: "x"}},
			"insert of a foreign row":             {insert(own, changes{"account_id": 2, "state": "x"}), refused, nil},
			"insert of a row of nobody":           {insert(own, changes{"state": "x"}), refused, nil},
			"insert where the check is unknown":   {insert(approved, changes{"account_id": 1, "state": "x"}), refused, nil},
			"insert with a default":               {insert(roles.Permission{Check: mine.And(spec.Eq("state", "new")), Columns: roles.AllFields()}, changes{"account_id": 1}), nil, map[int64]string{9: "new"}},
			"insert with a default that is wrong": {insert(roles.Permission{Check: mine.And(spec.Ne("state", "new")), Columns: roles.AllFields()}, changes{"account_id": 1}), refused, nil},
			"insert, nothing permitted":           {insert(roles.Permission{Rows: spec.All(), Columns: roles.AllFields()}, changes{"account_id": 1}), refused, nil},
			"delete":                              {remove(own, 1), nil, map[int64]string{1: ""}},
			"delete of a foreign row":             {remove(own, 2), hidden, nil},
			"delete of a row of nobody":           {remove(own, 3), hidden, nil},
			"delete, nothing permitted":           {remove(roles.Permission{Check: spec.All()}, 1), hidden, nil},
			"delete by related rows":              {remove(annsOwn, 1), nil, map[int64]string{1: ""}},
		} {
			s.fill(t, before...)
			want := s.states(t)
			for id, state := range test.rows {
				if want[id] = state; state == "" {
					delete(want, id)
				}
			}
			if err := test.write(t.Context(), s); !errors.Is(err, test.want) {
				t.Errorf("%s: the error is %v, want %v", name, err, test.want)
			}
			have := s.states(t)
			for id := range 10 {
				if have[int64(id)] != want[int64(id)] {
					t.Errorf("%s: row %d is %q, want %q", name, id, have[int64(id)], want[int64(id)])
				}
			}
		}
	})
}
