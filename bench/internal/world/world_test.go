package world_test

import (
	"reflect"
	"testing"

	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

func TestInvoices(t *testing.T) {
	rows := world.Invoices(20_000)
	if !reflect.DeepEqual(rows, world.Invoices(20_000)) {
		t.Error("not the same at every call")
	}
	share := func(visible func(*world.Invoice) bool) float64 {
		n := 0
		for i := range rows {
			if visible(&rows[i]) {
				n++
			}
		}
		return float64(n) / float64(len(rows))
	}
	own := share(func(r *world.Invoice) bool { return r.AccountID == world.Account && r.CreatedBy == world.Subject })
	if own < 0.003 || own > 0.007 {
		t.Errorf("the caller sees %v of the rows, not one in 200", own)
	}
	if one := share(func(r *world.Invoice) bool { return r.Status == world.Status(3) }); one < 0.04 || one > 0.06 {
		t.Errorf("a state is that of %v of the rows, not one in 20", one)
	}
}

// TestPolicies: large or small, a caller sees the one probe that is its own, and
// an admin what its account has.
func TestPolicies(t *testing.T) {
	many := world.Many{Roles: 10, Endpoints: 4}
	role, endpoint := many.Asked()
	own, ofAccount := []int64{0}, []int64{0, 1, 2, 3, 4}
	small, caller, large := world.Policy(), world.Caller("user"), world.Caller(role)

	visible := func(s spec.Specification, err error) (ids []int64) {
		t.Helper()
		rows, failed := spec.Filter(s, world.Probes())
		if err != nil || failed != nil {
			t.Fatal(err, failed)
		}
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return ids
	}
	if ids := visible(small.Verify(caller, world.Endpoint, world.Method)); !reflect.DeepEqual(ids, own) {
		t.Error("user:", ids)
	}
	if ids := visible(world.PolicyOfPointers().Verify(&caller, world.Endpoint, world.Method)); !reflect.DeepEqual(ids, own) {
		t.Error("user, by pointer:", ids)
	}
	if ids := visible(small.Verify(world.Caller("user", "admin"), world.Endpoint, world.Method)); !reflect.DeepEqual(ids, ofAccount) {
		t.Error("admin:", ids)
	}
	if ids := visible(many.Policy().Verify(large, endpoint, world.Method)); !reflect.DeepEqual(ids, own) {
		t.Error("one of many roles:", ids)
	}
	if _, err := small.Verify(large, world.Endpoint, world.Method); err == nil {
		t.Error("a role that the small policy does not know is permitted")
	}
}
