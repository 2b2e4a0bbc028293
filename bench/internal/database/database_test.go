package database_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/bench/internal/database"
	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/engines"
)

// Every way gives the rows of the caller, and the statements are served alike.
func TestScenes(t *testing.T) {
	t.Parallel()
	for _, s := range database.Scenes() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			if err := s.Check(scene.Small); errors.Is(err, database.ErrNoServer) {
				t.Skip(err)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// each opens a table of so many rows on every engine.
func each(t *testing.T, n database.Size, f func(t *testing.T, db database.DB)) {
	run := func(name string, open func(t *testing.T) (database.DB, error)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}()
			f(t, db)
		})
	}
	run("PostgreSQL", func(t *testing.T) (database.DB, error) {
		return database.OpenPostgres(t.Context(), engines.PostgresURL(t), n)
	})
	run("SQLite", func(t *testing.T) (database.DB, error) { return database.OpenSQLite(t.Context(), t.TempDir(), n) })
}

func TestWays(t *testing.T) {
	t.Parallel()
	each(t, 2000, func(t *testing.T, db database.DB) {
		ways, err := db.Query()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, w := range ways {
			names = append(names, w.Name())
		}
		if names[0] != scene.Hand || !slices.Contains(names, scene.Ours) {
			t.Errorf("the ways are %q", names)
		}
		secured := slices.Contains(names, "row security, pgclaims")
		if want := db.Name() == "PostgreSQL" && superuser(t); secured != want {
			t.Errorf("row security is measured: %v, want %v", secured, want)
		}
	})
}

func superuser(t *testing.T) (super bool) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), engines.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	const whether = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
	if err := conn.QueryRow(t.Context(), whether).Scan(&super); err != nil {
		t.Fatal(err)
	}
	return super
}

func TestLists(t *testing.T) {
	t.Parallel()
	each(t, 1000, func(t *testing.T, db database.DB) {
		for _, ids := range []int{1, 2, 999, 1000, 1001, 2000} {
			if _, err := db.List(ids); err != nil { // which compares what they count
				t.Errorf("%d ids: %v", ids, err)
			}
		}
	})
}

func TestPlans(t *testing.T) {
	t.Parallel()
	each(t, 20_000, func(t *testing.T, db database.DB) {
		plans, err := db.Plans(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := database.SamePlan(plans); err != nil {
			t.Error(err)
		}
		secured := false
		for _, p := range plans {
			t.Logf("%s %s: %s", p.Way, p.When, p.Plan)
			secured = secured || p.When == "row security"
		}
		if want := db.Name() == "PostgreSQL" && superuser(t); secured != want {
			t.Errorf("there is a plan under row security: %v, want %v", secured, want)
		}
	})
}

func TestSamePlan(t *testing.T) {
	t.Parallel()
	const (
		index  = "Index Scan of invoices_account_id_created_by where (account_id = $1)"
		served = index + " AND (created_by = $2)"
	)
	for name, plans := range map[string][]database.Plan{
		"none":            {},
		"nothing beside":  {{Way: "a", Plan: served}},
		"not the index":   {{Way: "a", Plan: "Seq Scan"}, {Way: "b", Plan: "Seq Scan"}},
		"half of it":      {{Way: "a", Plan: index + ", filtered by (created_by = $2)"}, {Way: "b", Plan: index + ", filtered by (created_by = $2)"}},
		"only by hand":    {{Way: "a", Plan: served}, {Way: "b", Plan: "Seq Scan"}},
		"filtered beside": {{Way: "a", Plan: served}, {Way: "b", Plan: served}, {Way: "c", Plan: served + ", filtered"}},
		"at other times":  {{Way: "a", Plan: served}, {Way: "b", When: "later", Plan: served}},
		"another later": {{Way: "a", Plan: served}, {Way: "b", Plan: served},
			{Way: "a", When: "later", Plan: served + "1"}, {Way: "b", When: "later", Plan: served}},
	} {
		if err := database.SamePlan(plans); !errors.Is(err, database.ErrPlan) {
			t.Errorf("%s: have %v, want ErrPlan", name, err)
		}
	}
	if err := database.SamePlan([]database.Plan{{Way: "a", Plan: served}, {Way: "b", Plan: served}}); err != nil {
		t.Error(err)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, n := range []database.Size{-1000, 0, 1, 999, 1500} {
		if db, err := database.OpenSQLite(t.Context(), t.TempDir(), n); err == nil {
			db.Close()
			t.Errorf("a table of %d rows was made", n)
		}
	}
}

// A table that has grown is as one that was made so.
func TestGrow(t *testing.T) {
	t.Parallel()
	each(t, 1000, func(t *testing.T, db database.DB) {
		for _, n := range []database.Size{0, 999, 1000, 1500} {
			if db.Grow(n) == nil || db.Size() != 1000 {
				t.Fatalf("1000 rows have grown to %d", n)
			}
		}
		if _, err := db.Query(); err != nil { // which leaves statements and connections
			t.Fatal(err)
		}
		if err := db.Grow(3000); err != nil || db.Size() != 3000 {
			t.Fatalf("%d rows, %v", db.Size(), err)
		}
		ways, err := db.Query()
		if err != nil {
			t.Fatal(err)
		}
		for range 3 * 20 {
			if err := pair.Check(ways...); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.List(6000); err != nil {
			t.Error(err)
		}
	})
}

// The database of a program is gone once it is stopped.
func TestServer(t *testing.T) {
	t.Parallel()
	url, stop, err := database.Server()
	if errors.Is(err, database.ErrNoServer) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	connect := func() error {
		conn, err := pgx.Connect(t.Context(), url)
		if err == nil {
			conn.Close(t.Context())
		}
		return err
	}
	if err := connect(); err != nil {
		t.Error(err)
	}
	stop()
	stop() // once more changes nothing
	if connect() == nil {
		t.Error("the database is still there")
	}
}
