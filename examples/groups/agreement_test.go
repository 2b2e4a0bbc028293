package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// generated are rows with their related ones, as memory sees them.
type generated struct {
	groups    int
	resources []Resource
	users     []User
}

// generate makes users and resources, each of them in a few groups or in none.
func generate(groupCount, userCount, resourceCount int) generated {
	random := rand.New(rand.NewPCG(1, 2))
	holders, held := make([][]Member, groupCount+1), make([][]Shared, groupCount+1)
	g := generated{groupCount, make([]Resource, resourceCount), make([]User, userCount)}
	inGroups := func() []int64 {
		ids := []int64{}
		for range max(0, random.IntN(7)-1) {
			if id := 1 + random.Int64N(int64(groupCount)); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for i := range g.users {
		u := &g.users[i]
		u.ID = fmt.Sprintf("user %d", i)
		for _, id := range inGroups() {
			u.Groups = append(u.Groups, Membership{GroupID: id})
			holders[id] = append(holders[id], Member{id, u.ID})
		}
	}
	for i := range g.resources {
		r := &g.resources[i]
		r.ID, r.Name = int64(i)+1, fmt.Sprintf("resource %d", i)
		for _, id := range inGroups() {
			r.Groups = append(r.Groups, Share{GroupID: id})
			held[id] = append(held[id], Shared{id, r.ID})
		}
	}
	for i := range g.users {
		for j := range g.users[i].Groups {
			m := &g.users[i].Groups[j]
			m.Resources = held[m.GroupID]
		}
	}
	for i := range g.resources {
		for j := range g.resources[i].Groups {
			sh := &g.resources[i].Groups[j]
			sh.Members = holders[sh.GroupID]
		}
	}
	return g
}

// store fills an empty database with the same rows.
func (g generated) store(t *testing.T, s *store) {
	t.Helper()
	var groupNames, names, ids, memberships, shares []string
	for i := range g.groups {
		groupNames = append(groupNames, fmt.Sprintf("('group %d')", i))
	}
	for _, u := range g.users {
		ids = append(ids, fmt.Sprintf("('%s')", u.ID))
		for _, m := range u.Groups {
			memberships = append(memberships, fmt.Sprintf("(%d, '%s')", m.GroupID, u.ID))
		}
	}
	for _, r := range g.resources {
		names = append(names, fmt.Sprintf("('%s')", r.Name))
		for _, sh := range r.Groups {
			shares = append(shares, fmt.Sprintf("(%d, %d)", sh.GroupID, r.ID))
		}
	}
	fill(t, s, "groups (name)", groupNames)
	fill(t, s, "resources (name)", names)
	fill(t, s, "users (id)", ids)
	fill(t, s, "memberships (group_id, user_id)", memberships)
	fill(t, s, "shares (group_id, resource_id)", shares)
	if _, err := s.db.ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
}

func fill(t *testing.T, s *store, into string, rows []string) {
	t.Helper()
	for chunk := range slices.Chunk(rows, 5000) {
		if _, err := s.db.ExecContext(t.Context(), "INSERT INTO "+into+" VALUES "+strings.Join(chunk, ",")); err != nil {
			t.Fatal(err)
		}
	}
}

// verdicts are the decisions of memory about each user and each resource: by user, the
// resources that the user may use.
type verdicts [][]bool

// decide makes them, and holds those about some resources against what memory says from
// the other end.
func (g generated) decide() (verdicts, error) {
	v := make(verdicts, len(g.users))
	for i, u := range g.users {
		visible, err := usable(u.ID)
		if err != nil {
			return nil, err
		}
		filter, err := spec.Compile[Resource](visible)
		if err != nil {
			return nil, err
		}
		v[i] = make([]bool, len(g.resources))
		for j := range g.resources {
			v[i][j] = filter.Match(&g.resources[j])
		}
	}
	for j := 0; j < len(g.resources); j += len(g.resources) / 100 {
		visible, err := usersOf(g.resources[j].ID)
		if err != nil {
			return nil, err
		}
		filter, err := spec.Compile[User](visible)
		if err != nil {
			return nil, err
		}
		for i := range g.users {
			if filter.Match(&g.users[i]) != v[i][j] {
				return nil, fmt.Errorf("user %d and resource %d: the two ends differ", i, j)
			}
		}
	}
	return v, nil
}

// ofUser are the ids of the resources that a user may use, in their order.
func (g generated) ofUser(v verdicts, i int) []string {
	ids := []string{}
	for j, may := range v[i] {
		if may {
			ids = append(ids, g.resources[j].id())
		}
	}
	return ids
}

// ofResource are the ids of the users who may use a resource, in their order.
func (g generated) ofResource(v verdicts, j int) []string {
	ids := []string{}
	for i := range v {
		if v[i][j] {
			ids = append(ids, g.users[i].ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// smaller says that there are a tenth of the users and of the resources.
var smaller bool

// decided is the whole: 10,000,000 decisions, made once for both databases.
var decided = sync.OnceValues(func() (whole struct {
	generated
	verdicts
}, err error) {
	users, resources := 1000, 10_000
	if smaller = testservice.Raced || testing.Short(); smaller {
		users, resources = users/10, resources/10
	}
	whole.generated = generate(200, users, resources)
	whole.verdicts, err = whole.decide()
	return whole, err
})

// What each user may use, and who may use each resource, is in SQL what memory decides
// row by row; so is the answer, and what is listed over HTTP.
func TestSQLIsMemory(t *testing.T) {
	t.Parallel()
	whole, err := decided()
	if err != nil {
		t.Fatal(err)
	}
	g, v := whole.generated, whole.verdicts
	if smaller {
		t.Logf("%d users and %d resources, a tenth of each: 10,000,000 decisions take minutes here", len(g.users), len(g.resources))
	}
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, "-cache", "off", "-log", "error")
		s := &store{w.server.DB}
		g.store(t, s)
		everything := page{spec.All(), len(g.resources)}
		shown := 0
		for i := range g.users {
			visible, err := usable(g.users[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			rows, _, err := s.resources(t.Context(), visible, everything)
			same(t, g.users[i].ID, rows, err, g.ofUser(v, i))
			shown += len(rows)
		}
		for j := range g.resources {
			visible, err := usersOf(g.resources[j].ID)
			if err != nil {
				t.Fatal(err)
			}
			rows, _, err := s.users(t.Context(), visible, everything)
			same(t, g.resources[j].Name, rows, err, g.ofResource(v, j))
			shown += len(rows)
		}
		t.Logf("%d rows shown", shown)
		if shown < len(g.users) {
			t.Error("that is hardly one for each user")
		}
		g.overHTTP(w, v)
	})
}

// same compares a list with what memory decides.
func same[T interface{ id() string }](t *testing.T, whose string, rows []T, err error, want []string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(rows, want, func(row T, id string) bool { return row.id() == id }) {
		t.Fatalf("%s: SQL shows %d rows, memory %d, or others:\n%v\n%v", whose, len(rows), len(want), rows, want)
	}
}

// overHTTP asks the service for some of the lists and for some of the answers.
func (g generated) overHTTP(w world, v verdicts) {
	w.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	yes := 0
	for i := 0; i < len(g.users); i += len(g.users) / 20 {
		user, ids := g.users[i].ID, g.ofUser(v, i)
		path := "/user/" + strings.ReplaceAll(user, " ", "%20") + "/resource"
		w.lists(path, list[Resource](w, path), ids...)
		path = fmt.Sprintf("/resource/%d/user", i+1)
		w.lists(path, list[User](w, path), g.ofResource(v, i)...)
		for n := range 20 {
			j := random.IntN(len(g.resources))
			if n%2 == 0 && len(ids) > 0 {
				id := ids[random.IntN(len(ids))]
				j = slices.IndexFunc(g.resources, func(r Resource) bool { return r.id() == id })
			}
			w.want(user, g.resources[j].Name, v[i][j])
			if v[i][j] {
				yes++
			}
		}
	}
	if yes < 100 {
		w.Errorf("%d of the answers were yes", yes)
	}
}

// No attachment is lost to another that comes at the same time.
func TestConcurrentAttach(t *testing.T) {
	each(t, func(w world) {
		const n = 200
		ids := make([]int64, n)
		r := w.resource("r")
		for i := range ids {
			ids[i] = w.group(fmt.Sprintf("group %d", i))
		}
		var all sync.WaitGroup
		for _, id := range ids {
			all.Go(func() {
				w.attach(id, "u", "v").Want(t, 204)
				w.share(id, r).Want(t, 204)
			})
		}
		all.Wait()
		for _, query := range []string{
			"SELECT count(*) FROM memberships WHERE user_id = 'u'",
			"SELECT count(*) FROM memberships WHERE user_id = 'v'",
			"SELECT count(*) FROM shares",
		} {
			if got := count(t, w.server.DB, query); got != n {
				t.Errorf("%s: %d", query, got)
			}
		}
		w.want("u", "r", true)
	}, "-log", "error")
}

func count(t *testing.T, db *database.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A group, a user or a resource that is deleted while it is attached leaves nothing half
// done, and no request fails.
func TestConcurrentDelete(t *testing.T) {
	each(t, func(w world) {
		r := w.resource("r")
		for i := range 20 {
			id := w.group(fmt.Sprintf("group %d", i))
			var all sync.WaitGroup
			for _, ask := range []func() testservice.Reply{
				func() testservice.Reply { return w.attach(id, "u", "v", "w") },
				func() testservice.Reply { return w.attach(id, "w", "v", "u") },
				func() testservice.Reply { return w.share(id, r) },
				func() testservice.Reply { return w.do("DELETE", "/user/u", nil) },
				func() testservice.Reply { return w.do("DELETE", "/user/v", nil) },
				func() testservice.Reply { return w.do("DELETE", fmt.Sprintf("/group/%d", id), nil) },
			} {
				all.Go(func() {
					if got := ask(); got.Status != 204 && got.Status != 404 {
						t.Errorf("%d %s", got.Status, got.Body)
					}
				})
			}
			all.Wait()
		}
		if n := count(t, w.server.DB, "SELECT count(*) FROM memberships"); n != 0 {
			t.Errorf("%d memberships in groups that are gone", n)
		}
	}, "-log", "error")
}

// The question is answered by indexes, from the name of the resource, and the list from
// the user, whatever the size of the tables.
func TestPlan(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, "-cache", "off", "-log", "error")
		s := &store{w.server.DB}
		generate(1000, 20_000, 20_000).store(t, s)
		unique := "resources_name_key"
		plans, err := s.byIndex(t.Context(), question{"user 7", "resource 7"})
		if s.db.Dialect == sqlspec.SQLite {
			unique = "sqlite_autoindex_resources_1"
		} else if !strings.Contains(plans, "'resource 7'") || !strings.Contains(plans, "$1") {
			t.Errorf("not the plan for these values and the one for all:\n%s", plans)
		}
		if err != nil || !strings.Contains(plans, unique) {
			t.Errorf("%v\n%s", err, plans)
		}
		visible, err := usable("user 7")
		if err != nil {
			t.Fatal(err)
		}
		where, args, err := resources.SQL(visible, s.db.Dialect)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := s.db.Explain(t.Context(), s.db, "SELECT id FROM "+resources.From()+" WHERE "+where+" ORDER BY id LIMIT 1001", args...)
		if err != nil || strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "SCAN ") || !strings.Contains(plan, "memberships_by_user") {
			t.Errorf("%v\n%s", err, plan)
		}

		// That it is not is seen, where neither end has an index any more.
		if s.db.Dialect == sqlspec.Postgres {
			if _, err := s.db.ExecContext(t.Context(), "ALTER TABLE resources DROP CONSTRAINT resources_name_key"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.db.ExecContext(t.Context(), "DROP INDEX memberships_by_user, shares_by_group"); err != nil {
				t.Fatal(err)
			}
			if plans, err := s.byIndex(t.Context(), question{"user 7", "resource 7"}); err == nil {
				t.Errorf("it is still taken to be found by indexes:\n%s", plans)
			}
		}
	})
}
