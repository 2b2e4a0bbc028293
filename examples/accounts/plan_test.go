package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// crowd fills the tables: 20,000 users in 1,000 accounts, nearly all with a role.
func crowd(t *testing.T, s *store) (user, account uuid.UUID) {
	t.Helper()
	id := func(kind string, n int) string { return fmt.Sprintf("%s000000-0000-4000-8000-%012d", kind, n) }
	begin := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	insert := func(into string, count int, row func(n int) string) {
		t.Helper()
		var rows []string
		for n := range count {
			if rows = append(rows, row(n)); len(rows) == 2000 || n == count-1 {
				if _, err := s.db.Exec("INSERT INTO " + into + " VALUES " + strings.Join(rows, ",")); err != nil {
					t.Fatal(err)
				}
				rows = nil
			}
		}
	}
	active := "1"
	at := func(n int) string { return fmt.Sprint(begin.Add(time.Duration(n) * time.Second).UnixMicro()) }
	if s.db.Dialect == sqlspec.Postgres {
		active = "true"
		at = func(n int) string {
			return "'" + begin.Add(time.Duration(n)*time.Second).Format(time.RFC3339) + "'"
		}
	}
	roles, err := s.roles(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	insert("accounts (id, name, is_active, created_at, updated_at)", 1000, func(n int) string {
		return fmt.Sprintf("('%s', 'crowd %d', %s, %s, %s)", id("aa", n), n, active, at(n), at(n))
	})
	insert("users (id, email, hashed_password, is_active, account_id, created_at, updated_at)", 20_000, func(n int) string {
		return fmt.Sprintf("('%s', 'crowd%d@example.com', '!', %s, '%s', %s, %s)", id("cc", n), n, active, id("aa", n%1000), at(n), at(n))
	})
	insert("user_roles (user_id, role_id)", 19_000, func(n int) string {
		return fmt.Sprintf("('%s', '%s')", id("cc", n), roles[n%len(roles)].ID)
	})
	if _, err := s.db.Exec("ANALYZE"); err != nil {
		t.Fatal(err)
	}
	return uuid.MustParse(id("cc", 7)), uuid.MustParse(id("aa", 7))
}

// Whoever asks for a list, and whoever logs in, is answered along an index: no question
// reads all the users or all the accounts.
func TestPlans(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		user, account := crowd(t, s)
		page := web.Page{Limit: 100}
		list := func(role, endpoint string, also ...spec.Specification) sq.SelectBuilder {
			t.Helper()
			visible, err := policy.Verify(Caller{Sub: user, Account: &account, Role: role}, endpoint, "GET")
			if err != nil {
				t.Fatal(err)
			}
			visible = visible.And(also...)
			if endpoint == Users {
				return selectPage(s.db, visible, page)
			}
			return selectAccountPage(s.db, visible, page)
		}
		primary := "_pkey"
		if s.db.Dialect == sqlspec.SQLite {
			primary = "sqlite_autoindex_"
		}
		members := spec.Eq("account_id", account)
		for _, test := range []struct {
			name  string
			query sq.SelectBuilder
			by    string // the index that leads to the rows
		}{
			{"a login", selectLogin(s.db, sq.Eq{"u.email": "crowd7@example.com"}), "users"},
			{"a request", selectLogin(s.db, sq.Eq{"u.id": user.String()}), primary},
			{"users for a super admin", list(SuperAdmin, Users), "users_in_order"},
			{"users for an admin", list(Admin, Users), "users_in_order"},
			{"users for an admin of an account", list(AccountAdmin, Users), "users_by_account"},
			{"users for a manager", list(AccountManager, Users), "users_by_account"},
			{"users for a guest", list(Guest, Users), primary},
			{"members for a super admin", list(SuperAdmin, Users, members), "users_by_account"},
			{"members for an admin", list(Admin, Users, members), "users_by_account"},
			{"members for a manager", list(AccountManager, Users, members), "users_by_account"},
			{"accounts for an admin", list(Admin, Accounts), "accounts_in_order"},
			{"accounts for a guest", list(Guest, Accounts), primary},
		} {
			plan := explained(t, s, test.query)
			if walked := walks(plan); walked != "" || !strings.Contains(plan, test.by) {
				t.Errorf("%s: %s is read whole, or not by %s:\n%s", test.name, walked, test.by, plan)
			}
		}
		// What no index serves is seen to be none.
		if plan := explained(t, s, selectLogin(s.db, sq.Eq{"u.full_name": "x"})); walks(plan) == "" {
			t.Errorf("a walk is not seen:\n%s", plan)
		}
	})
}

func explained(t *testing.T, s *store, query sq.SelectBuilder) string {
	t.Helper()
	text, args, err := query.ToSql()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := s.db.Explain(t.Context(), s.db, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// walks returns the step in which users, accounts or who has which role are read from one
// end to the other, but for a page along the index of their order. There are five roles.
func walks(plan string) string {
	for step := range strings.Lines(plan) {
		for _, table := range []string{"users", "u", "accounts", "a", "user_roles", "ur"} {
			if strings.Contains(step, "SCAN "+table+" ") && !strings.Contains(step, "_in_order") || strings.TrimSpace(step) == "SCAN "+table ||
				strings.Contains(step, "Seq Scan on "+table+" ") {
				return step
			}
		}
	}
	return ""
}
