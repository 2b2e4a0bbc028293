package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// generated are rows with their related ones, as memory sees them.
type generated struct {
	resources []Resource
	users     []User
}

// generate fills a database with groups, users and resources, each of them in a few
// groups or in none, and returns the same in memory.
func generate(t *testing.T, s *store, groupCount, userCount, resourceCount int) generated {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	holders, held := make([][]Member, groupCount+1), make([][]Shared, groupCount+1)
	g := generated{make([]Resource, resourceCount), make([]User, userCount)}
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
	groupNames, names, ids := []string{}, []string{}, []string{}
	for i := range groupCount {
		groupNames = append(groupNames, fmt.Sprintf("('group %d')", i))
	}
	var memberships, shares []string
	for i := range g.users {
		ids = append(ids, fmt.Sprintf("('%s')", g.users[i].ID))
		for j := range g.users[i].Groups {
			m := &g.users[i].Groups[j]
			m.Resources = held[m.GroupID]
			memberships = append(memberships, fmt.Sprintf("(%d, '%s')", m.GroupID, g.users[i].ID))
		}
	}
	for i := range g.resources {
		names = append(names, fmt.Sprintf("('%s')", g.resources[i].Name))
		for j := range g.resources[i].Groups {
			sh := &g.resources[i].Groups[j]
			sh.Members = holders[sh.GroupID]
			shares = append(shares, fmt.Sprintf("(%d, %d)", sh.GroupID, g.resources[i].ID))
		}
	}
	fill(t, s, "groups (name)", groupNames)
	fill(t, s, "resources (name)", names)
	fill(t, s, "users (id)", ids)
	fill(t, s, "memberships (group_id, user_id)", memberships)
	fill(t, s, "shares (group_id, resource_id)", shares)
	if s.db.Dialect == sqlspec.Postgres {
		if _, err := s.db.ExecContext(t.Context(), "ANALYZE"); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func fill(t *testing.T, s *store, into string, rows []string) {
	t.Helper()
	for chunk := range slices.Chunk(rows, 5000) {
		if _, err := s.db.ExecContext(t.Context(), "INSERT INTO "+into+" VALUES "+strings.Join(chunk, ",")); err != nil {
			t.Fatal(err)
		}
	}
}

// The answer, the list of what a user may use and the list of who may use a resource are
// the decisions that memory makes of each row.
func TestSQLIsMemory(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, "-cache", "off", "-log", "error")
		s := &store{w.server.DB}
		g := generate(t, s, 200, 1000, 10_000)
		random := rand.New(rand.NewPCG(3, 4))

		// Who may use what, found in memory by the same specifications.
		mayUse := make(map[string][]string)
		for i := range 20 {
			u := g.users[i*50]
			visible, err := usable(u.ID)
			if err != nil {
				t.Fatal(err)
			}
			shown, err := spec.Filter(visible, g.resources)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{}
			for _, r := range shown {
				want = append(want, r.id())
			}
			mayUse[u.ID] = want
			path := "/user/" + strings.ReplaceAll(u.ID, " ", "%20") + "/resource"
			w.lists(path, list[Resource](w, path), want...)
		}
		some := 0
		for _, r := range g.resources[:20] {
			visible, err := usersOf(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			shown, err := spec.Filter(visible, g.users)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{}
			for _, u := range shown {
				want = append(want, u.ID)
			}
			slices.Sort(want)
			path := fmt.Sprintf("/resource/%d/user", r.ID)
			w.lists(path, list[User](w, path), want...)
			// Seen from the other end it is the same.
			for user, ids := range mayUse {
				if slices.Contains(ids, r.id()) != slices.Contains(want, user) {
					t.Errorf("%s and resource %d: the two ends differ", user, r.ID)
				}
			}
			some += len(want)
		}
		if some == 0 {
			t.Error("nobody may use anything")
		}
		yes := 0
		for user, ids := range mayUse {
			for n := range 20 {
				r := g.resources[random.IntN(len(g.resources))]
				if n%2 == 0 && len(ids) > 0 {
					r = g.resources[atoi(t, ids[random.IntN(len(ids))])-1]
				}
				allowed := slices.Contains(ids, r.id())
				w.want(user, r.Name, allowed)
				if allowed {
					yes++
				}
			}
		}
		if yes < 100 {
			t.Errorf("%d of the answers were yes", yes)
		}
	})
}

func atoi(t *testing.T, text string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
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

// PostgreSQL answers the question by indexes, from the name of the resource or from the
// user, whatever the size of the tables.
func TestPlan(t *testing.T) {
	t.Parallel()
	t.Run("postgres", func(t *testing.T) {
		w := start(t, engines.PostgresURL(t), "-cache", "off", "-log", "error")
		s := &store{w.server.DB}
		generate(t, s, 1000, 50_000, 50_000)
		visible, err := usable("user 7")
		if err != nil {
			t.Fatal(err)
		}
		where, args, err := resources.SQL(visible.And(spec.Eq("name", "resource 7")), s.db.Dialect)
		if err != nil {
			t.Fatal(err)
		}
		plan := explain(t, s.db, "SELECT 1 FROM "+resources.From()+" WHERE "+where+" LIMIT 1", args)
		if strings.Contains(plan, "Seq Scan") || !strings.Contains(plan, "resources_name_key") {
			t.Error(plan)
		}
		where, args, err = resources.SQL(visible, s.db.Dialect)
		if err != nil {
			t.Fatal(err)
		}
		list := "SELECT id FROM " + resources.From() + " WHERE " + where + " ORDER BY id LIMIT 1001"
		if plan := explain(t, s.db, list, args); strings.Contains(plan, "Seq Scan") || !strings.Contains(plan, "memberships_by_user") {
			t.Error(plan)
		}
	})
}

func explain(t *testing.T, db *database.DB, query string, args []any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
