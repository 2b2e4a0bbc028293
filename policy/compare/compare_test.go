package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/compare"
)

const head = `
rolespec: 1
claims: {sub: string, account: string}
resources:
  tasks:
    endpoints: [tasks, tasks/export]
    fields: {id: int, account: string, owner: string, level: "int?"}
  users:
    key: name
    fields: {name: string, account: string}
`

const before = head + `
roles:
  - name: admin
    allow:
      - {endpoint: "*", rule: account == $account}
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: account == $account && level > 1}
      - {endpoint: tasks, methods: PUT, rule: owner == $sub, check: owner == $sub && account == $account}
      - {endpoint: users, methods: GET, rule: name == $sub}
      - {endpoint: users, methods: PUT, rule: name == $sub || account == "x"}
`

const after = head + `
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: account == $account && !(level <= 0)}
      - {endpoint: tasks, methods: PUT, rule: owner == $sub, check: owner == $sub}
      - {endpoint: users, methods: GET, rule: name == $sub && account == $account}
      - {endpoint: users, methods: PUT, rule: account == "x" || name == $sub}
      - {endpoint: users, methods: DELETE, rule: name == $sub}
      - {endpoint: tasks/export, methods: GET, rule: 'level in [1, 2]'}
  - name: admin
    allow:
      - {endpoint: "*", rule: account == $account}
    except:
      - {endpoint: users, methods: DELETE}
  - name: auditor
    allow:
      - {endpoint: users, methods: GET, rule: "#"}
`

func parse(t *testing.T, text string) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("policy.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func lines[T fmt.Stringer](changes []T) (all []string) {
	for _, c := range changes {
		all = append(all, c.String())
	}
	return all
}

func TestRoles(t *testing.T) {
	changes, err := compare.Roles(parse(t, before), parse(t, after))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`admin: DELETE "users": forbidden: account == $account`,
		`auditor: GET "users": permitted: #`,
		`user: GET "tasks": widened: account == $account && level > 1  =>  account == $account && !(level <= 0)`,
		`user: PUT "tasks": widened for rows as they are written: owner == $sub && account == $account  =>  owner == $sub`,
		`user: GET "tasks/export": permitted: level in [1, 2]`,
		`user: DELETE "users": permitted: name == $sub`,
		`user: GET "users": narrowed: name == $sub  =>  name == $sub && account == $account`,
	}
	if have := lines(changes); !slices.Equal(have, want) {
		t.Errorf("have\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
	reordered, err := compare.OrderChanged(parse(t, before), parse(t, after))
	if err != nil || !reordered {
		t.Errorf("the order of roles changed: have %v, %v", reordered, err)
	}
}

var data = compare.Data{
	Callers: map[string]policy.Claims{
		"ann":  {"sub": "ann", "account": "a", "roles": []string{"user"}},
		"bob":  {"sub": "bob", "account": "a", "roles": []string{"admin", "user"}},
		"eve":  {"sub": "eve", "roles": []string{"user"}},
		"nora": {"sub": "nora", "account": "a", "roles": []string{"auditor"}},
	},
	Rows: map[string][]map[string]any{
		"tasks": {
			{"id": 1, "account": "a", "owner": "ann", "level": 2},
			{"id": 2, "account": "a", "owner": "bob", "level": 1},
			{"id": 3, "account": "a", "owner": "bob", "level": nil},
			{"id": 4, "account": "b", "owner": "eve", "level": 1},
		},
		"users": {{"name": "ann", "account": "a"}, {"name": "eve", "account": "b"}},
	},
}

func TestCallers(t *testing.T) {
	changes, err := compare.Callers(parse(t, before), parse(t, after), data)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`ann: GET "tasks": widened, gains [2]`,
		`ann: GET "tasks/export": permitted, gains [1 2 4]`,
		`ann: DELETE "users": permitted, gains [ann]`,
		// Users are asked first now.
		`bob: GET "tasks": narrowed, loses [3]`,
		`bob: PUT "tasks": narrowed, loses [1]`,
		`bob: GET "tasks/export": changed, gains [4], loses [3]`,
		`bob: DELETE "users": narrowed, loses [ann]`,
		`bob: GET "users": narrowed, loses [ann]`,
		`bob: PUT "users": narrowed, loses [ann]`,
		// Who has no account fails where a rule asks for it.
		`eve: GET "tasks/export": permitted, gains [1 2 4]`,
		`eve: DELETE "users": permitted, gains [eve]`,
		`eve: GET "users": forbidden, loses [eve] (claim account is missing, empty or not bound)`,
		`nora: GET "users": permitted, gains [ann eve]`,
	}
	if have := lines(changes); !slices.Equal(have, want) {
		t.Errorf("have\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

// What is the same, or the same in other words, is no change.
func TestNoChange(t *testing.T) {
	same := strings.ReplaceAll(before, "level > 1", "!(level <= 1) && level is not None")
	roles, err := compare.Roles(parse(t, before), parse(t, same))
	if err != nil || len(roles) != 0 {
		t.Errorf("have %v, %v", lines(roles), err)
	}
	callers, err := compare.Callers(parse(t, before), parse(t, same), data)
	if err != nil || len(callers) != 0 {
		t.Errorf("have %v, %v", lines(callers), err)
	}
	if reordered, err := compare.OrderChanged(parse(t, before), parse(t, same)); reordered || err != nil {
		t.Errorf("the order is as before: have %v, %v", reordered, err)
	}
	union := strings.Replace(before, "rolespec: 1", "rolespec: 1\ncombine: union", 1)
	if reordered, err := compare.OrderChanged(parse(t, before), parse(t, union)); !reordered || err != nil {
		t.Errorf("roles are combined in another way: have %v, %v", reordered, err)
	}
}

// A restriction and a denial are part of what a role sees.
func TestLimits(t *testing.T) {
	restricted := before + "restrict:\n  - {endpoint: users, methods: \"*\", rule: account == $account}\n"
	denied := strings.Replace(before, "  - name: user\n", "  - name: user\n    deny:\n      - {endpoint: users, methods: PUT}\n      - {endpoint: tasks, methods: GET, rule: level > 100}\n", 1)
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"restriction": {restricted, []string{
			`user: GET "users": narrowed: name == $sub  =>  name == $sub && account == $account`,
			`user: PUT "users": narrowed: name == $sub || account == "x"  =>  (name == $sub || account == "x") && account == $account`,
		}},
		"denial": {denied, []string{
			`user: GET "tasks": narrowed: account == $account && level > 1  =>  account == $account && level > 1 && !(level > 100)`,
			`user: PUT "users": forbidden: name == $sub || account == "x"`,
		}},
	} {
		changes, err := compare.Roles(parse(t, before), parse(t, test.text))
		if err != nil {
			t.Fatal(err)
		}
		if have := lines(changes); !slices.Equal(have, test.want) {
			t.Errorf("%s: have\n%s\nwant\n%s", name, strings.Join(have, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

func TestNoPolicy(t *testing.T) {
	p := parse(t, before)
	if _, err := compare.Roles(nil, p); err == nil {
		t.Error("Roles took no policy")
	}
	if _, err := compare.Callers(p, nil, data); err == nil {
		t.Error("Callers took no policy")
	}
	if _, err := compare.OrderChanged(p, nil); err == nil {
		t.Error("OrderChanged took no policy")
	}
}
