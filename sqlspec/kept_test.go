package sqlspec_test

import (
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type kept struct {
	ID, IDa, A, Aid int64
	Account, Sub    string
	AB              int64 `spec:"ab"`
	BC              int64 `spec:"bc"`
	C               int64
	Count           uint64
	Price           spec.Decimal
	Weight          float64
	Key             [16]byte
	Raw             []byte
	Mood            string `spec:"mood,enum=calm|cross"`
	Tags            []string
}

func newKept(opts ...sqlspec.Option) *sqlspec.Table { return sqlspec.MustTable[kept]("kept", opts...) }

// sameAsNew fails where the table writes another condition than one that is new.
func sameAsNew(t *testing.T, table, fresh *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) {
	t.Helper()
	if have, want := write(table, s, d), write(fresh, s, d); !cmp.Equal(have, want) {
		t.Errorf("%v: %v\nhave %q\nwant %q", d, s, have, want)
	}
}

// Specifications that look alike when something of them is forgotten.
func TestKeptShapesDoNotMix(t *testing.T) {
	a, b, c, d := spec.Eq("id", 1), spec.Eq("a", 2), spec.Eq("aid", 3), spec.Eq("i_da", 4)
	alike := []spec.Specification{
		spec.And(spec.Or(a, b), c, d), spec.And(spec.Or(a, b, c), d), spec.And(a, spec.Or(b, c, d)), spec.And(spec.Or(a, b), spec.Or(c, d)),
		spec.Or(spec.And(a, b), c, d), spec.Or(spec.And(a, b, c), d), spec.And(a, b, c, d), spec.Or(a, b, c, d),
		spec.And(a, b).Not().And(c), spec.And(a.Not(), b).And(c), spec.And(a, b.Not(), c),
		spec.Eq("a", spec.Ref("bc")), spec.Eq("ab", spec.Ref("c")), spec.Eq("a", spec.Ref("id")), spec.Eq("aid", spec.Ref("a")), spec.Eq("a", spec.Ref("aid")), spec.Ne("a", spec.Ref("id")),
		a, a.Not(), spec.Ne("id", 1), spec.Lt("id", 1), spec.Distinct("id", 1), spec.Eq("aid", 1), spec.Eq("id", spec.Null), spec.IsNull("id"),
		spec.Eq("id", uint64(1<<63)), spec.Eq("id", 1.0), spec.In("id", 1), spec.In("id", 1, 2), spec.NotIn("id", 1),
		spec.All(), spec.None(), spec.Specification{},
		spec.HasPrefix("sub", "a"), spec.HasPrefix("sub", "\U0010ffff"), spec.HasPrefix("sub", ""), spec.HasSuffix("sub", "a"),
		spec.Contains("sub", "a"), spec.Contains("sub", ""), spec.Contains("tags", "a"), spec.Eq("sub", ""), spec.Eq("sub", "a"),
		spec.Eq("mood", "calm"), spec.Eq("mood", "cross"), spec.Eq("mood", "Calm"), spec.In("mood", "calm"), spec.In("mood", "Calm"),
		spec.Eq("count", spec.MustDecimal("7")), spec.Eq("count", spec.MustDecimal("18446744073709551615")), spec.Eq("count", spec.MustDecimal("-7")), spec.Eq("count", spec.MustDecimal("0.5")),
		spec.Lt("count", 7), spec.Lt("count", uint64(1<<63)), spec.Lt("count", 7.0), spec.Lt("count", 1e19), spec.Lt("count", 1e30),
		spec.Eq("weight", 7), spec.Eq("weight", 1<<53+1), spec.Eq("price", 7), spec.Eq("price", 0.5), spec.Eq("price", "0.5"), spec.Eq("price", "x"),
		spec.Eq("key", [16]byte{1}), spec.Eq("key", "00000000-0000-0000-0000-000000000001"), spec.Eq("key", "no uuid"), spec.Eq("id", spec.Var("id")),
	}
	for _, d := range dialects {
		for first := range alike { // what comes first is kept
			table := newKept()
			for i := range alike {
				s := alike[(first+i)%len(alike)]
				if have, want := write(table, s, d), write(newKept(), s, d); !cmp.Equal(have, want) {
					t.Errorf("%v: %v\nhave %q\nwant %q", d, s, have, want)
				}
			}
		}
	}
}

// write returns all that a table says of a specification.
func write(table *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) []any {
	text, args, err := table.SQL(s, d)
	return append([]any{text, fmt.Sprint(err)}, args...)
}

// Two templates that differ in a constant have the same text.
func TestKeptTemplatesDoNotMix(t *testing.T) {
	for _, d := range dialects {
		table := newKept()
		var templates []*spec.Template
		for i := range 30 {
			template, err := spec.NewTemplate(spec.And(spec.Eq("id", i), spec.Eq("raw", []byte{byte(i)}), spec.Eq("account", spec.Var("b")), spec.Eq("sub", spec.Var("a"))))
			if err != nil {
				t.Fatal(err)
			}
			templates = append(templates, template)
		}
		for round := range 3 {
			for i, template := range templates {
				s, err := template.Bind(spec.Of("sub "+strconv.Itoa(i*round)), spec.Of("account "+strconv.Itoa(i)))
				if err != nil {
					t.Fatal(err)
				}
				sameAsNew(t, table, newKept(), s, d)
				if !sqlspec.IsKept(table, s, d) {
					t.Errorf("%v: a template is not kept", d)
				}
			}
		}
	}
}

// The kinds of claims differ from caller to caller.
func TestKeptTemplateOfOtherKinds(t *testing.T) {
	template, err := spec.NewTemplate(spec.And(spec.Eq("account", spec.Var("a")), spec.HasPrefix("sub", spec.Var("b")), spec.Lt("id", spec.Var("c"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dialects {
		table := newKept()
		for _, c := range []spec.Value{spec.Of(1), spec.Of(uint64(1 << 63)), spec.Of("x"), spec.Null, spec.Of(2.0), spec.Of(2.5), spec.Of(3)} {
			for _, b := range []string{"a", "", "\U0010ffff", "b"} {
				s, err := template.Bind(spec.Of("acc"), spec.Of(b), c)
				if err != nil {
					t.Fatal(err)
				}
				sameAsNew(t, table, newKept(), s, d)
			}
		}
	}
}

// What is written depends on the names, which other tables have others of.
func TestKeptByTable(t *testing.T) {
	s := spec.And(spec.Eq("account", "a"), spec.Eq("id", 1))
	table := newKept()
	for _, d := range dialects {
		for range 2 {
			aliased, err := table.Aliased("x")
			if err != nil {
				t.Fatal(err)
			}
			sameAsNew(t, table, newKept(), s, d)
			sameAsNew(t, table.In(sqlspec.MariaDB), newKept(), s, d)
			sameAsNew(t, aliased, newKept(sqlspec.As("x")), s, d)
			sameAsNew(t, aliased.In(sqlspec.MariaDB), newKept(sqlspec.As("x")), s, d)
		}
	}
	var none *sqlspec.Table
	if text, _, err := none.SQL(s, sqlspec.SQLite); text != "(1 = NULL)" || err == nil {
		t.Error("a table that is nil", text, err)
	}
	for _, d := range []sqlspec.Dialect{0, 5, 255} {
		if text, _, err := table.SQL(s, d); text != "(1 = NULL)" || err == nil {
			t.Error(d, text, err)
		}
	}
}

// The limit of arguments counts those that were there before.
func TestKeptWithinLimits(t *testing.T) {
	table, s := newKept(), spec.Eq("account", "a")
	for _, n := range []int{0, 1, 65534, 65535, 65536} {
		before := make([]any, n)
		text, args, err := table.Append([]byte("x "), before, s, sqlspec.Postgres)
		if fails := n >= 65535; fails != (err != nil) || fails && (string(text) != "x (1 = NULL)" || len(args) != n) {
			t.Errorf("%d arguments before: %s, %d arguments, %v", n, text, len(args), err)
		} else if !fails && string(text) != `x ("kept"."account" = $`+strconv.Itoa(n+1)+`::text)` {
			t.Errorf("%d arguments before: %s", n, text)
		}
	}
}

// What a caller does with the arguments is no matter to others.
func TestKeptArgumentsAreTheCallers(t *testing.T) {
	template, err := spec.NewTemplate(spec.And(spec.Eq("raw", []byte("raw")), spec.Eq("account", spec.Var("a"))))
	if err != nil {
		t.Fatal(err)
	}
	table := newKept()
	for range 3 {
		s, err := template.Bind(spec.Of("acc"))
		if err != nil {
			t.Fatal(err)
		}
		_, args, err := table.SQL(s, sqlspec.SQLite)
		want := []any{[]byte("raw"), "acc", "acc"}
		if !cmp.Equal(args, want) || err != nil {
			t.Fatalf("have %q, want %q, %v", args, want, err)
		}
		copy(args[0].([]byte), "XXX")
		args[1] = "XXX"
		_ = append(args, "more")
	}
}

// Every shape may come from outside: a table keeps so many and no more, and what was
// kept long ago is found again when it is asked for.
func TestKeptIsBounded(t *testing.T) {
	table, last := newKept(), newKept()
	ops := []spec.Op{spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte, spec.OpDistinct, spec.OpIsNull}
	fields := []string{"id", "i_da", "a", "aid"}
	all := 100_000
	if withRace {
		all = 10_000
	}
	for i := range all {
		var terms []spec.Specification
		for n := i + 1; n > 0; n /= len(ops) * len(fields) {
			terms = append(terms, spec.NewLeaf(fields[n%len(fields)], ops[n/len(fields)%len(ops)], spec.Of(i)))
		}
		s := spec.And(terms...)
		if i%10_000 == 0 {
			sameAsNew(t, table, last, s, sqlspec.Postgres)
		} else if _, _, err := table.SQL(s, sqlspec.Postgres); err != nil {
			t.Fatal(err)
		}
		if shapes, _ := sqlspec.Kept(table, sqlspec.Postgres); i%1000 == 0 && shapes > sqlspec.MaxKept {
			t.Fatalf("%d shapes are kept", shapes)
		}
	}
	if shapes, _ := sqlspec.Kept(table, sqlspec.Postgres); shapes < sqlspec.MaxKept/2 || shapes > sqlspec.MaxKept {
		t.Errorf("%d shapes are kept, want up to %d", shapes, sqlspec.MaxKept)
	}
	again := spec.Eq("account", "a")
	for range 2 {
		sameAsNew(t, table, newKept(), again, sqlspec.Postgres)
	}
	if !sqlspec.IsKept(table, again, sqlspec.Postgres) {
		t.Error("a full table keeps nothing new")
	}
	large := spec.Eq("id", 0)
	for i := range 1000 {
		large = spec.Or(large, spec.And(spec.Eq("id", i), spec.Eq("a", i)))
	}
	sameAsNew(t, table, newKept(), large, sqlspec.Postgres)
	if sqlspec.IsKept(table, large, sqlspec.Postgres) {
		t.Error("a large specification is kept")
	}
}

// A policy that was replaced is not kept alive by the tables that it was compiled for.
func TestKeptTemplatesGo(t *testing.T) {
	table := newKept()
	var gone atomic.Int64
	const all = 5000
	for i := range all {
		template, err := spec.NewTemplate(spec.And(spec.Eq("id", i), spec.Eq("account", spec.Var("a"))))
		if err != nil {
			t.Fatal(err)
		}
		runtime.AddCleanup(template, func(int) { gone.Add(1) }, 0)
		s, err := template.Bind(spec.Of("acc"))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := table.SQL(s, sqlspec.Postgres); err != nil || !sqlspec.IsKept(table, s, sqlspec.Postgres) {
			t.Fatal("a template is not kept", err)
		}
	}
	if _, templates := sqlspec.Kept(table, sqlspec.Postgres); templates > sqlspec.MaxKept {
		t.Errorf("%d templates are kept", templates)
	}
	for deadline := time.Now().Add(10 * time.Second); gone.Load() < all && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		runtime.GC()
	}
	if gone.Load() < all {
		t.Errorf("%d of %d templates are alive though nobody has them", all-gone.Load(), all)
	}
	runtime.KeepAlive(table)
}

// Many callers at once, each with values of its own, while others fill the table.
func TestKeptConcurrently(t *testing.T) {
	table := newKept()
	template, err := spec.NewTemplate(spec.And(spec.Eq("account", spec.Var("a")), spec.Ne("sub", spec.Var("b"))))
	if err != nil {
		t.Fatal(err)
	}
	var callers sync.WaitGroup
	for caller := range 16 {
		callers.Add(1)
		go func() {
			defer callers.Done()
			account, sub := fmt.Sprint("account ", caller), fmt.Sprint("sub ", caller)
			for i := range 400 {
				d := dialects[i%len(dialects)]
				bound, err := template.Bind(spec.Of(account), spec.Of(sub))
				if err != nil {
					t.Error(err)
					return
				}
				for _, s := range []spec.Specification{bound, spec.And(spec.Eq("account", account), spec.Ne("sub", sub))} {
					_, args, err := table.SQL(s, d)
					for _, arg := range args {
						if arg != account && arg != sub || err != nil {
							t.Errorf("%v for %v: %q, %v", d, s, args, err)
							return
						}
					}
				}
				s := spec.And(spec.Eq("id", i), spec.Eq("a", caller))
				for n := i; n > 0; n /= 2 {
					s = spec.Or(s, spec.NewLeaf("aid", spec.OpEq+spec.Op(n%2), spec.Of(i*caller)).And(spec.Eq("account", account)))
				}
				sameAsNew(t, table, newKept(), s, d)
			}
		}()
	}
	callers.Wait()
}
