package rowsecurity_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolesql"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var services = flag.Int("rowsecurity.services", 15, "how many random services are asked in the database and in memory")

// bearer is a payload of these tests.
type bearer map[string]any

func (b bearer) RoleNames() []string { names, _ := b["roles"].([]string); return names }

var (
	taskSchema = must(spec.NewSchema(
		spec.Field{Name: "id", Kind: spec.KindInt}, spec.Field{Name: "account", Kind: spec.KindString, Nullable: true},
		spec.Field{Name: "team", Kind: spec.KindInt, Nullable: true}, spec.Field{Name: "note", Kind: spec.KindString},
	))
	taskTable    = must(sqlspec.NewTable("tasks", taskSchema))
	bearerSchema = must(spec.NewSchema(
		spec.Field{Name: "account", Kind: spec.KindString}, spec.Field{Name: "teams", Kind: spec.KindInt, List: true}, spec.Field{Name: "sub", Kind: spec.KindString},
	))
	taskRows = []map[string]any{
		{"id": 1, "account": "a", "team": 1, "note": "ann"}, {"id": 2, "account": "a", "team": 2, "note": "bob"},
		{"id": 3, "account": "b", "team": 1, "note": "ann"}, {"id": 4, "account": nil, "team": nil, "note": ""},
		{"id": 5, "account": "a", "team": nil, "note": "ann"}, {"id": 6, "account": "", "team": 0, "note": "x"},
	}
	roleNames = []string{"reader", "writer", "other"}
)

// randomService returns a service that joins the roles of a caller.
func randomService(r *rand.Rand) *roles.Service[bearer] {
	rule := func() spec.Specification {
		all := []spec.Specification{
			spec.Eq("account", spec.Var("account")), spec.In("team", spec.Var("teams")), spec.Eq("note", spec.Var("sub")),
			spec.IsNull("team"), spec.Gt("id", 2), spec.Ne("account", "b"), spec.All(), spec.None(),
			spec.Not(spec.Eq("account", spec.Var("account"))), spec.Distinct("team", 1),
		}
		s := all[r.IntN(len(all))]
		switch r.IntN(4) {
		case 0:
			s = s.And(all[r.IntN(len(all))])
		case 1:
			s = s.Or(all[r.IntN(len(all))])
		}
		return s
	}
	methods := []string{roles.Get, roles.Post, roles.Put, roles.Delete, roles.AnyMethod}
	parts := []roles.Part{roles.Union(), roles.Claims(bearerSchema)}
	for _, name := range roleNames {
		var grants []roles.Grant
		r.Shuffle(len(methods), func(i, j int) { methods[i], methods[j] = methods[j], methods[i] })
		for _, m := range methods {
			var opts []roles.GrantOption
			if r.IntN(3) == 0 {
				opts = append(opts, roles.CheckWhere(rule()))
			}
			switch r.IntN(6) {
			case 0, 1, 2:
				grants = append(grants, roles.AllowWhere("tasks", m, rule(), opts...))
			case 3:
				grants = append(grants, roles.Except("tasks", m))
			}
			if r.IntN(8) == 0 {
				grants = append(grants, roles.DenyWhere("tasks", m, rule()))
			}
		}
		if r.IntN(3) == 0 {
			grants = append(grants, roles.AllowAllWhere(rule()))
		}
		parts = append(parts, roles.New(name, grants...))
	}
	if r.IntN(2) == 0 {
		parts = append(parts, roles.RestrictWhere("tasks", methods[r.IntN(len(methods))], rule()))
	}
	return roles.MustService[bearer](parts...)
}

// TestServices puts random services into the database, and asks it what callers with
// every combination of roles, with and without their claims, may read and write.
func TestServices(t *testing.T) {
	db := open(t)
	exec(t, db, "CREATE TABLE tasks (id int8, account text, team int8, note text)")
	for _, row := range taskRows {
		exec(t, db, "INSERT INTO tasks VALUES ($1, $2, $3, $4)", row["id"], row["account"], row["team"], row["note"])
	}
	for _, name := range roleNames {
		db.role(t, name)
	}
	var callers []string
	held := map[string][]string{}
	for set := range 1 << len(roleNames) {
		var groups []string
		for i, name := range roleNames {
			if set&(1<<i) != 0 {
				groups = append(groups, name)
			}
		}
		role := db.role(t, fmt.Sprintf("caller%d", set), groups...)
		callers, held[role] = append(callers, role), groups
	}
	seen := map[string]int{}
	for seed := range uint64(*services) {
		service := randomService(rand.New(rand.NewPCG(seed, 7)))
		policies, err := rolesql.Policies(service, "tasks", rolesql.DatabaseRole(func(role string) string { return db.prefix + "_" + role }))
		if err != nil {
			t.Fatal(err)
		}
		script, err := taskTable.RowSecurity(bearerSchema, policies...)
		if err != nil {
			t.Fatal(err)
		}
		db.protect(t, script, taskTable, callers...)
		for _, role := range callers {
			for _, claims := range []bearer{
				{"account": "a", "teams": []int{1}, "sub": "ann"}, {"account": "a", "sub": "bob"}, {"teams": []int{}, "sub": "ann"}, {},
			} {
				claims["roles"] = held[role]
				asked{t, db, service, seed, role, claims, seen}.everything()
			}
		}
	}
	t.Logf("%v", seen)
	for _, answer := range []string{"read", "insert: true", "insert: refused", "update: true", "update: false", "update: refused", "delete: true", "delete: false"} {
		if seen[answer] < 3**services {
			t.Errorf("%q was seen %d times", answer, seen[answer])
		}
	}
}

// asked is one caller of one service.
type asked struct {
	t       *testing.T
	db      server
	service *roles.Service[bearer]
	seed    uint64
	role    string
	claims  bearer
	seen    map[string]int
}

func (a asked) everything() {
	text, err := json.Marshal(a.claims)
	if err != nil {
		a.t.Fatal(err)
	}
	tx, undo := a.db.as(a.t, a.role, string(text))
	defer undo()
	read, put := a.rows(roles.Get), a.permission(roles.Put)
	var want []int64
	for _, row := range taskRows {
		if a.is(read, row) {
			want = append(want, int64(row["id"].(int)))
		}
	}
	if have := mustIDs(a.t, tx, "SELECT id FROM tasks ORDER BY id"); !slices.Equal(have, want) && len(have)+len(want) > 0 {
		a.t.Errorf("seed %d, roles %v, claims %s: have rows %v, Verify shows %v", a.seed, a.claims["roles"], text, have, want)
	}
	a.seen["read"] += len(want)
	for _, row := range taskRows {
		after := map[string]any{"id": row["id"], "account": row["account"], "team": 2, "note": row["note"]}
		update := "false"
		if a.is(read, row) && a.is(put.Rows, row) {
			update = "refused"
			if a.is(put.Check, after) && a.is(read, after) { // a changed row has to stay visible
				update = "true"
			}
		}
		a.compare(tx, "update", update, "UPDATE tasks SET team = 2 WHERE id = $1", row["id"])
		a.compare(tx, "delete", fmt.Sprint(a.is(read, row) && a.is(a.rows(roles.Delete), row)), "DELETE FROM tasks WHERE id = $1", row["id"])
		insert := "refused"
		if a.is(a.permission(roles.Post).Check, row) {
			insert = "true"
		}
		a.compare(tx, "insert", insert, "INSERT INTO tasks VALUES ($1, $2, $3, $4)", row["id"], row["account"], row["team"], row["note"])
	}
}

// rows are those of the method; an error shows none.
func (a asked) rows(method string) spec.Specification {
	s, _ := a.service.Verify(a.claims, "tasks", method)
	return s
}

// permission is that of the method; an error permits nothing.
func (a asked) permission(method string) roles.Permission {
	p, _ := a.service.Permission(a.claims, "tasks", method)
	return p
}

func (a asked) is(s spec.Specification, row map[string]any) bool {
	m, err := spec.Compile[map[string]any](s, spec.WithSchema(taskSchema))
	if err != nil {
		a.t.Fatal(err)
	}
	return m.Match(&row)
}

// compare runs a statement, and takes it back.
func (a asked) compare(tx querier, what, want, statement string, args ...any) {
	exec(a.t, tx, "SAVEPOINT before")
	result, err := tx.Exec(statement, args...)
	have := "refused"
	if !refused(a.t, err) {
		n, err := result.RowsAffected()
		if err != nil {
			a.t.Fatal(err)
		}
		have = fmt.Sprint(n > 0)
	}
	exec(a.t, tx, "ROLLBACK TO before")
	a.seen[what+": "+have]++
	if have != want {
		a.t.Errorf("seed %d, roles %v, claims %v: %s of %v: have %s, want %s", a.seed, a.claims["roles"], a.claims, what, args[0], have, want)
	}
}

// What cannot be row security is said, with the place.
func TestServicesThatCannot(t *testing.T) {
	everything := func(bearer) spec.Specification { return spec.All() }
	for name, test := range map[string]struct {
		parts []roles.Part
		want  string
	}{
		"the first role decides": {[]roles.Part{roles.New("a"), roles.New("b")}, "use roles.Union"},
		"a function":             {[]roles.Part{roles.New("a", roles.Allow("tasks", roles.Get, everything).At("policy.go:3"))}, `role "a", at policy.go:3: a rule is a Go function`},
		"a check by function":    {[]roles.Part{roles.New("a", roles.AllowWhere("tasks", roles.Put, spec.All(), roles.Check(everything)))}, "a Go function"},
		"columns":                {[]roles.Part{roles.New("a", roles.AllowWhere("tasks", roles.Get, spec.All(), roles.Columns("id")))}, "columns are a matter of GRANT"},
		"a restriction":          {[]roles.Part{roles.New("a"), roles.RestrictAll(everything).At("policy.go:9")}, "the restriction at policy.go:9: a rule is a Go function"},
		"a denial":               {[]roles.Part{roles.New("a", roles.DenyRows("tasks", roles.Get, everything))}, "a Go function"},
	} {
		policies, err := rolesql.Policies(roles.MustService[bearer](test.parts...), "tasks")
		if err == nil || !strings.Contains(err.Error(), test.want) || policies != nil {
			t.Errorf("%s: have %v and %v, want an error with %q", name, policies, err, test.want)
		}
	}
	if policies, err := rolesql.Policies((*roles.Service[bearer])(nil), "tasks"); len(policies) > 0 {
		t.Errorf("no service: have %v, %v", policies, err)
	}
}
