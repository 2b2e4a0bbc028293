// Package corpora_test puts cases of other implementations to memory and to the
// engines: conditions with their results, plans and filters that other policy
// languages made, and the SQL that one of them wrote. They are evidence, not
// law: every class of difference is listed with its reason, and so is everything
// that no specification can say.
//
// The cases are no part of the repository. They lie beside it, in
// ../shared/corpora as seen from its root, or where ROLESPEC_CORPORA says;
// where they are not, the one test is skipped.
package corpora_test

import (
	"bufio"
	"database/sql/driver"
	"os"
	"path/filepath"
	"testing"

	"modernc.org/sqlite"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) {
	for _, f := range sqlspec.SQLiteFunctions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) { return f.Call(args) })
	}
	engines.Main(m)
}

func TestCorpora(t *testing.T) {
	dir := directory(t)
	t.Run("conditions", func(t *testing.T) { testConditions(t, dir) })
	t.Run("plans", func(t *testing.T) { testPlans(t, dir) })
	t.Run("filters", func(t *testing.T) { testFilters(t, dir) })
	t.Run("refusals", func(t *testing.T) { testRefusals(t, dir) })
	t.Run("written SQL", func(t *testing.T) { testWritten(t, dir) })
}

// variable names a directory with the cases.
const variable = "ROLESPEC_CORPORA"

// directory returns where the cases are. A directory that was named must be
// there; without one the test is skipped, in CI as well, which has no claim to
// cases that are not part of the repository.
func directory(t *testing.T) string {
	t.Helper()
	dir, named := os.LookupEnv(variable)
	if !named || dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpora")
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("no cases of other implementations: set %s to their directory", variable)
		}
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Fatalf("%s=%q is no directory", variable, dir)
	}
	return dir
}

// load reads a file of cases, one in each line. Numbers are kept as json.Number
// where T says any.
func load[T any](t *testing.T, dir, name string, want int) []T {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []T
	for d := newDecoder(bufio.NewReader(file)); d.More(); {
		var c T
		if err := d.Decode(&c); err != nil {
			t.Fatalf("%s, case %d: %v", name, len(cases)+1, err)
		}
		cases = append(cases, c)
	}
	if len(cases) != want {
		t.Fatalf("%s has %d cases, want %d", name, len(cases), want)
	}
	return cases
}
