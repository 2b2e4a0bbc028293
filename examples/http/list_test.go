package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// conditions are what random rules and filters are made of, in the text form and, where
// a caller can ask it, as a query.
var conditions = []struct{ text, query string }{
	{`status == "open"`, "status=open"},
	{`status != "done"`, "status__neq=done"},
	{`priority >= 5`, "priority__gte=5"},
	{`priority in [1, 2, 3]`, "priority__in=1&priority__in=2&priority__in=3"},
	{`assignee is None`, "assignee__isnone=true"},
	{`assignee is not None`, "assignee__isnone=false"},
	{`assignee == "bob"`, "assignee=bob"},
	{`assignee != "bob"`, "assignee__neq=bob"},
	{`assignee is distinct from "bob"`, "assignee__distinct=bob"},
	{`created_by in ["bob", "mia"]`, "created_by__in=bob&created_by__in=mia"},
	{`title startswith "Ca"`, "title__startswith=Ca"},
	{`title matches "(?i).*PAPER"`, "title__matches=(?i).*PAPER"},
	{`title containsfold "ÄPFEL"`, "title__containsfold=ÄPFEL"},
	{`title < "P"`, "title__lt=P"},
	{`public == True`, "public=true"},
	{`created_by == $sub`, ""},
	{`assignee == $sub`, ""},
	{`created_by != assignee`, ""},
	{`account == "globex"`, "account=globex"},
	{`#`, ""},
}

func randomRule(rnd *rand.Rand, depth int) string {
	switch n := rnd.IntN(5); {
	case depth == 0 || n == 0:
		return conditions[rnd.IntN(len(conditions))].text
	case n == 1:
		return "!(" + randomRule(rnd, depth-1) + ")"
	default:
		return "(" + randomRule(rnd, depth-1) + ")" + []string{" && ", " || "}[n%2] + "(" + randomRule(rnd, depth-1) + ")"
	}
}

// fill puts random rows into the database, of twins, nulls and other letters.
func (w *world) fill(t *testing.T, rnd *rand.Rand, n int) {
	t.Helper()
	names := []string{"bob", "Bob", "mia", "bob "}
	err := w.store.inTransaction(context.Background(), func(tx *sql.Tx) error {
		for range n {
			row := Task{
				Account: []string{"acme", "acme", "globex", "Acme"}[rnd.IntN(4)], CreatedBy: names[rnd.IntN(4)],
				Title:  []string{"Call", "call paper", "Order PAPER", "äpfel", "Äpfel", "Plan", "100%_"}[rnd.IntN(7)],
				Status: []string{"open", "done"}[rnd.IntN(2)], Priority: rnd.Int64N(8), Public: rnd.IntN(2) == 0, CreatedAt: time.Now(),
			}
			if rnd.IntN(3) > 0 {
				row.Assignee = &names[rnd.IntN(4)]
			}
			if _, err := insert(context.Background(), tx, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// policyOf is a policy of one rule for users, under the restriction.
func policyOf(t *testing.T, rule string) string {
	t.Helper()
	whole, err := os.ReadFile("policy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(whole), "roles:\n  - name: admin")
	path := filepath.Join(t.TempDir(), "policy.yaml")
	text := head + fmt.Sprintf(`roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: [GET, PUT, PATCH, DELETE]
        rule: |-
          %s
      - {endpoint: tasks, methods: POST, rule: "#"}
`, rule)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Whatever the rule, the filter and the order: the pages of SQL are, one behind the
// other, what memory finds in all of the rows, and so is the count.
func TestListIsWhatMemoryFinds(t *testing.T) {
	t.Parallel()
	const rounds = 60
	found := 0
	for seed := range uint64(rounds) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		rule := randomRule(rnd, 3)
		w := newWorld(t, policyOf(t, rule))
		w.fill(t, rnd, 60)
		for range 5 {
			found += w.oneList(t, rnd, rule)
		}
	}
	if found < rounds*10 {
		t.Errorf("%d rows found in all: the test shows nothing", found)
	}
}

func (w *world) oneList(t *testing.T, rnd *rand.Rand, rule string) int {
	t.Helper()
	caller := Claims{Account: "acme"}
	caller.Subject = "bob"
	visible := spec.MustParse(rule).And(spec.Eq("account", caller.Account))
	query := fmt.Sprintf("limit=%d", 1+rnd.IntN(25))
	for range rnd.IntN(3) {
		if c := conditions[rnd.IntN(len(conditions))]; c.query != "" && !strings.Contains(query, c.query[:4]) {
			visible = visible.And(spec.MustParse(c.text))
			query += "&" + strings.ReplaceAll(url.PathEscape(c.query), "+", "%2B")
		}
	}
	keys := []string{"", "priority", "-assignee,title", "assignee,-priority", "public,-title", "-created_at", "-id"}
	sort := keys[rnd.IntN(len(keys))]
	if sort != "" {
		query += "&sort=" + sort
	}
	bound, err := visible.Bind(func(name string) (spec.Value, bool) { return spec.Of(caller.Subject), name == "sub" })
	if err != nil {
		t.Fatal(err)
	}
	rows, err := spec.Filter(bound, w.store.rows(t))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(rows, inOrder(sort))
	want := []int{}
	for _, row := range rows {
		want = append(want, int(row.ID))
	}
	if got, total := w.ids(t, "bob of acme", "/tasks?"+query); !slices.Equal(got, want) || total != len(want) {
		t.Errorf("rule %s, query %s:\nhave %v of %d\nwant %v", rule, query, got, total, want)
	}
	return len(want)
}

// inOrder compares as the keys say, null first.
func inOrder(sort string) func(a, b Task) int {
	return func(a, b Task) int {
		for key := range strings.SplitSeq(sort, ",") {
			field, descending := strings.CutPrefix(key, "-")
			n := cmp.Compare(sortable(a, field), sortable(b, field))
			if descending {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return 0 // by id already
	}
}

func sortable(t Task, field string) string {
	switch v := t.value(field).(type) {
	case nil:
		return ""
	case int64:
		return fmt.Sprintf("%012d", v)
	case time.Time:
		return fmt.Sprintf("%020d", v.UnixMicro())
	default:
		return fmt.Sprint(v) // false, true and texts
	}
}

// Pages walk over each row once, whatever is inserted meanwhile by others.
func TestPagesWhileOthersInsert(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	w.fill(t, rand.New(rand.NewPCG(1, 2)), 200)
	want, _ := w.ids(t, "ann of acme", "/tasks?limit=100&sort=-priority,title")

	stop, inserted := make(chan struct{}), 0
	var others sync.WaitGroup
	others.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				w.ask(t, "gil of globex", "POST", "/tasks", fmt.Sprintf(`{"title":"other %d","priority":%d}`, inserted, inserted%10))
				inserted++
			}
		}
	})
	for range 3 {
		got, total := w.ids(t, "ann of acme", "/tasks?limit=7&sort=-priority,title")
		if !slices.Equal(got, want) || total != len(want) {
			t.Errorf("have %v of %d, want %v", got, total, want)
		}
	}
	close(stop)
	others.Wait()
	if inserted == 0 {
		t.Error("nothing was inserted meanwhile")
	}
}

// Rows of one's own that come and go move no other from its page.
func TestPagesWhileRowsGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	first := w.list(t, "ann of acme", "/tasks?limit=2")
	w.ask(t, "ann of acme", "DELETE", fmt.Sprintf("/tasks/%d", bobsOpen), "")
	w.ask(t, "ann of acme", "DELETE", fmt.Sprintf("/tasks/%d", bobsDone), "")
	if rest, total := w.ids(t, "ann of acme", first.Next); !slices.Equal(rest, []int{givenToBob, publicOfMia, annsDone}) || total != 3 {
		t.Errorf("have %v of %d", rest, total)
	}
}

// The cursor of somebody who sees more shows nothing more.
func TestForeignCursor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	next := w.list(t, "gil of globex", "/tasks?limit=1").Next
	if got, _ := w.ids(t, "ann of acme", next); len(got) != 0 {
		t.Errorf("have %v", got)
	}
	next = w.list(t, "ann of acme", "/tasks?limit=1").Next
	if got, _ := w.ids(t, "eve of acme", next); !slices.Equal(got, []int{publicOfMia}) {
		t.Errorf("have %v", got)
	}
}
