package agree_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A planCase is what a plan is made for.
type planCase struct {
	name string
	s    spec.Specification
}

// A planWalk says that a table is read from one end to the other, and why nothing
// else can be had. The documentation of sqlspec says so too, under "Indexes".
type planWalk struct {
	engines string // by their names in these tests
	cases   string // a pattern of the names of cases
	tables  string // by their aliases
	reason  string
}

// checkPlans fails for each case in which a table is walked that no walk tells of,
// or not walked that one does: so it is also seen that a walk can be seen.
func checkPlans(t *testing.T, e engine, name string, cases []planCase, known []planWalk) {
	t.Helper()
	told := make([]int, len(known))
	for _, c := range cases {
		want, reason := []string{}, ""
		for i, k := range known {
			if slices.Contains(strings.Fields(k.engines), name) && regexp.MustCompile("^(?:"+k.cases+")$").MatchString(c.name) {
				want, reason = strings.Fields(k.tables), k.reason
				told[i]++
			}
		}
		for _, mode := range planModes[e.dialect] {
			plan := explain(t, e, mode, c.s)
			if have := walks(plan); !slices.Equal(have, want) {
				text, _, _ := e.table.SQL(c.s, e.dialect)
				t.Errorf("%s, %s %s: walks %v, not %v (%s)\n%.500s\n%.2000s", c.name, name, mode, have, want, reason, text, plan)
			}
		}
	}
	for i, k := range known {
		if told[i] == 0 && slices.Contains(strings.Fields(k.engines), name) {
			t.Errorf("%s: no case is like %q", name, k.cases)
		}
	}
}

// TestIndexesAreUsed reads the plans of every form of a leaf, on a table large
// enough to matter, in every way to declare it.
func TestIndexesAreUsed(t *testing.T) {
	for name, dialect := range map[string]sqlspec.Dialect{
		"strict": sqlspec.SQLite, "loose": sqlspec.SQLite, "postgres": sqlspec.Postgres, "bytes": sqlspec.MariaDB, "folds": sqlspec.MariaDB,
	} {
		t.Run(name, func(t *testing.T) {
			checkPlans(t, openItems(t, name, dialect), name, leafCases(t, dialect), leafWalks)
		})
	}
}

// TestIndexesOfRelations reads the plans of what is asked of related rows.
func TestIndexesOfRelations(t *testing.T) {
	for _, dialect := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		t.Run(dialect.String(), func(t *testing.T) {
			e := openJobs(t, dialect)
			checkPlans(t, e, dialect.String(), jobCases, jobWalks)
			checkOneRow(t, e)
		})
	}
}

// checkOneRow fails where a question about one row reads related rows but those of that
// row: SQLite says that it makes a list of them, and that SQL lets it do so shows that
// this can be seen.
func checkOneRow(t *testing.T, e engine) {
	t.Helper()
	for _, c := range oneJob {
		for _, mode := range planModes[e.dialect] {
			plan := explainAs(t, e, mode, c.s, e.table.ByKey().SQL)
			if have := walks(plan); len(have) > 0 || strings.Contains(plan, "LIST SUBQUERY") {
				t.Errorf("%s, %s: walks %v\n%.2000s", c.name, mode, have, plan)
			}
		}
		if e.dialect == sqlspec.SQLite && !strings.Contains(explain(t, e, "", c.s), "LIST SUBQUERY") {
			t.Errorf("%s: nor does SQL read them", c.name)
		}
	}
}
