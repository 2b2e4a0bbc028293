package roles_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func ExampleCheckUpdate() {
	type task struct {
		Account string
		State   string
	}
	editor := roles.MustService[user](roles.New("editor",
		roles.AllowWhere("tasks", roles.Patch, spec.Eq("account", spec.Var("account")),
			roles.CheckWhere(spec.Eq("account", spec.Var("account")).And(spec.Ne("state", "closed"))))))
	perm, err := editor.Permission(user{Account: "a1", Roles: []string{"editor"}}, "tasks", roles.Patch)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range []struct{ before, after task }{
		{task{"a1", "open"}, task{"a1", "done"}},
		{task{"a1", "open"}, task{"a2", "open"}},
		{task{"a2", "open"}, task{"a2", "done"}},
	} {
		switch err := roles.CheckUpdate(perm, &change.before, &change.after); {
		case errors.Is(err, roles.ErrNotVisible):
			fmt.Println(404)
		case errors.Is(err, roles.ErrNotWritable):
			fmt.Println(403)
		case err == nil:
			fmt.Println(200)
		}
	}
	// Output:
	// 200
	// 403
	// 404
}

func TestCheckWrites(t *testing.T) {
	mine := spec.Eq("account_id", "a1")
	perm := roles.Permission{Rows: mine, Check: mine.And(spec.Lt("count", 10)), Columns: roles.AllFields()}
	own, full, foreign, unknown := &row{AccountID: ptr("a1")}, &row{AccountID: ptr("a1"), Count: 10}, &row{AccountID: ptr("a2")}, &row{}
	broken := roles.Permission{Rows: spec.Eq("acount_id", "a1"), Check: spec.Eq("acount_id", "a1")}
	for name, test := range map[string]struct {
		have, want error
	}{
		"insert one's own":            {roles.CheckInsert(perm, own), nil},
		"insert beyond the check":     {roles.CheckInsert(perm, full), roles.ErrNotWritable},
		"insert a foreign row":        {roles.CheckInsert(perm, foreign), roles.ErrNotWritable},
		"insert what is unknown":      {roles.CheckInsert(perm, unknown), roles.ErrNotWritable},
		"insert nothing":              {roles.CheckInsert[row](perm, nil), roles.ErrNotWritable},
		"insert, permitted nothing":   {roles.CheckInsert(roles.Permission{}, own), roles.ErrNotWritable},
		"insert by Rows alone":        {roles.CheckInsert(roles.Permission{Rows: spec.All()}, own), roles.ErrNotWritable},
		"update in place":             {roles.CheckUpdate(perm, own, own), nil},
		"update of what is full":      {roles.CheckUpdate(perm, full, own), nil},
		"update that moves it away":   {roles.CheckUpdate(perm, own, foreign), roles.ErrNotWritable},
		"update that fetches it":      {roles.CheckUpdate(perm, foreign, own), roles.ErrNotVisible},
		"update of a foreign row":     {roles.CheckUpdate(perm, foreign, foreign), roles.ErrNotVisible},
		"update to unknown":           {roles.CheckUpdate(perm, own, unknown), roles.ErrNotWritable},
		"update from unknown":         {roles.CheckUpdate(perm, unknown, own), roles.ErrNotVisible},
		"update of nothing":           {roles.CheckUpdate(perm, nil, own), roles.ErrNotVisible},
		"update to nothing":           {roles.CheckUpdate(perm, own, nil), roles.ErrNotWritable},
		"update by Check alone":       {roles.CheckUpdate(roles.Permission{Check: spec.All()}, own, own), roles.ErrNotVisible},
		"delete one's own":            {roles.CheckDelete(perm, own), nil},
		"delete what the check would": {roles.CheckDelete(perm, full), nil},
		"delete a foreign row":        {roles.CheckDelete(perm, foreign), roles.ErrNotVisible},
		"delete what is unknown":      {roles.CheckDelete(perm, unknown), roles.ErrNotVisible},
		"delete nothing":              {roles.CheckDelete[row](perm, nil), roles.ErrNotVisible},
		"delete by Check alone":       {roles.CheckDelete(roles.Permission{Check: spec.All()}, own), roles.ErrNotVisible},
		"insert, another row type":    {roles.CheckInsert(broken, own), spec.ErrUnknownField},
		"update, another row type":    {roles.CheckUpdate(broken, own, own), spec.ErrUnknownField},
		"delete, another row type":    {roles.CheckDelete(broken, own), spec.ErrUnknownField},
	} {
		if !errors.Is(test.have, test.want) {
			t.Errorf("%s: the error is %v, want %v", name, test.have, test.want)
		}
		var refused *roles.RowError
		if isRow := test.want == roles.ErrNotVisible || test.want == roles.ErrNotWritable; errors.As(test.have, &refused) != isRow || errors.Is(test.have, spec.ErrCheck) != isRow {
			t.Errorf("%s: %v is a *RowError and a *spec.CheckError: want %v", name, test.have, isRow)
		}
		// a 404 that is also a 403 would tell that the row is there
		if errors.Is(test.have, roles.ErrForbidden) != (test.want == roles.ErrNotWritable) {
			t.Errorf("%s: %v wraps ErrForbidden: want %v", name, test.have, test.want == roles.ErrNotWritable)
		}
		if test.have != nil && strings.Contains(test.have.Error(), `a1`) {
			t.Errorf("%s: the error shows a value: %v", name, test.have)
		}
	}
}

// Of any rows and permission, the checks say what Match says of Rows and Check.
func TestCheckWritesAreMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 34))
	leaf := func() spec.Specification {
		return []spec.Specification{spec.Eq("account_id", "a1"), spec.Ne("region", "eu"), spec.Lt("count", 2), spec.IsNull("created_by"), spec.All(), spec.None()}[r.IntN(6)]
	}
	draw := func() spec.Specification {
		s := leaf()
		for range r.IntN(3) {
			s = []spec.Specification{s.And(leaf()), s.Or(leaf()), s.Not()}[r.IntN(3)]
		}
		return s
	}
	text := func(values ...string) *string {
		if i := r.IntN(len(values) + 1); i < len(values) {
			return &values[i]
		}
		return nil
	}
	drawn := func() *row {
		return &row{AccountID: text("a1", "a2"), Region: text("eu", "us"), CreatedBy: text("ann"), Count: r.IntN(4)}
	}
	for range 5_000 {
		perm, before, after := roles.Permission{Rows: draw(), Check: draw()}, drawn(), drawn()
		visible, err := spec.Match(perm.Rows, before)
		if err != nil {
			t.Fatal(err)
		}
		writable, err := spec.Match(perm.Check, after)
		if err != nil {
			t.Fatal(err)
		}
		insert, update, remove := roles.CheckInsert(perm, after), roles.CheckUpdate(perm, before, after), roles.CheckDelete(perm, before)
		if (insert == nil) != writable || (update == nil) != (visible && writable) || (remove == nil) != visible || errors.Is(update, roles.ErrNotVisible) == visible {
			t.Fatalf("rows %v, check %v, %+v to %+v: insert %v, update %v, delete %v", perm.Rows, perm.Check, *before, *after, insert, update, remove)
		}
	}
}
