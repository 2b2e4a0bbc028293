package main

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/roles"
)

// What the policy permits of the writes, for every role of the caller, every role of the
// row, in the caller's account, in another and in none, of others and of oneself. The
// expectation is written in another way than the policy is.
func TestWrites(t *testing.T) {
	t.Parallel()
	own, other := uuid.New(), uuid.New()
	rank := map[string]int{Guest: 1, AccountManager: 2, AccountAdmin: 3, Admin: 4, SuperAdmin: 5}
	cases := 0
	for role := range rank {
		for _, account := range []*uuid.UUID{&own, nil} {
			c := Caller{Sub: uuid.New(), Account: account, Role: role}
			for target := range rank {
				for _, of := range []*uuid.UUID{&own, &other, nil} {
					for _, id := range []uuid.UUID{c.Sub, uuid.New()} {
						self := id == c.Sub
						together := account != nil && of != nil && *of == own
						over := role == SuperAdmin || role == Admin && target != SuperAdmin

						given := Assignment{UserID: id, AccountID: of, Role: target}
						may := !self && (over || role == AccountAdmin && together && rank[target] < rank[AccountAdmin])
						permit(t, c, UserRoles, "POST", given, may)
						permit(t, c, UserRoles, "PUT", given, may)

						u := User{ID: id, AccountID: of, IsActive: true, UserRole: &UserRole{Role: Role{Name: target}}}
						member := together && rank[target] <= rank[AccountAdmin]
						may = over || role == AccountAdmin && member || role == Guest && self
						permit(t, c, Users, "PUT", u, may)
						permit(t, c, Members, "POST", u, over)
						permit(t, c, Profile, "PUT", u, self)
						u.IsActive = false
						permit(t, c, Users, "PUT", u, may && !self)
						cases++
					}
				}
			}
			for _, a := range []uuid.UUID{own, other} {
				runs := role == SuperAdmin || role == Admin
				permit(t, c, Accounts, "PUT", Account{ID: a}, runs || role == AccountAdmin && account != nil && a == own)
				permit(t, c, Accounts, "POST", Account{ID: a}, runs)
			}
		}
	}
	if cases != 5*2*5*3*2 {
		t.Errorf("%d cases", cases)
	}
}

// permit holds a permission against a row, as it is and as it will be.
func permit[T any](t *testing.T, c Caller, endpoint, method string, row T, want bool) {
	t.Helper()
	may, err := policy.Permission(c, endpoint, method)
	if err != nil {
		may = roles.Permission{}
	}
	before, after := roles.CheckDelete(may, &row) == nil, roles.CheckInsert(may, &row) == nil
	if before != want || after != want {
		t.Errorf("%+v %s %s %+v: %v and then %v, want %v", c, method, endpoint, row, before, after, want)
	}
}

// Which fields a role may write where it may not write all.
func TestColumns(t *testing.T) {
	t.Parallel()
	account := uuid.New()
	for _, test := range []struct {
		role, endpoint string
		want           []string
	}{
		{Guest, Users, []string{"email", "full_name", "phone_number"}},
		{Guest, Profile, []string{"email", "full_name", "phone_number"}},
		{SuperAdmin, Profile, []string{"email", "full_name", "phone_number"}},
		{AccountAdmin, Users, []string{"email", "full_name", "is_active", "phone_number"}},
		{AccountAdmin, Accounts, []string{"description", "name"}},
		{Admin, Users, nil}, // all
		{SuperAdmin, Accounts, nil},
	} {
		may, err := policy.Permission(Caller{Sub: uuid.New(), Account: &account, Role: test.role}, test.endpoint, "PUT")
		if err != nil || !slices.Equal(may.Columns.Names(), test.want) || may.Columns.All() != (test.want == nil) {
			t.Errorf("%s %s: %v %v", test.role, test.endpoint, may.Columns.Names(), err)
		}
	}
}
