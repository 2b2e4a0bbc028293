package agree_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// planModes are the ways a prepared statement can be planned: for its arguments,
// or once for all of them.
var planModes = map[sqlspec.Dialect][]string{
	sqlspec.SQLite:   {""},
	sqlspec.MariaDB:  {""},
	sqlspec.Postgres: {"custom", "generic"},
}

// explain returns how the engine looks for the rows of a specification, a step a
// line.
func explain(t *testing.T, e engine, mode string, s spec.Specification) string {
	t.Helper()
	return explainAs(t, e, mode, s, e.table.SQL)
}

// explainAs is explain for a condition that is written otherwise.
func explainAs(t *testing.T, e engine, mode string, s spec.Specification, write func(spec.Specification, sqlspec.Dialect) (string, []any, error)) string {
	t.Helper()
	condition, args, err := write(s, e.dialect)
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	query := "SELECT id FROM " + e.table.From() + " WHERE " + condition
	conn, err := e.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	generic := mode == "generic" && len(args) > 0
	if generic { // EXPLAIN plans for the arguments it has, whatever the mode
		run(t, conn, "SET plan_cache_mode = force_generic_plan")
		run(t, conn, "PREPARE planned AS "+query)
		defer run(t, conn, "DEALLOCATE planned")
		query, args = "EXECUTE planned ("+literals(args)+")", nil
	}
	rows, err := conn.QueryContext(t.Context(), either(e.dialect == sqlspec.SQLite, "EXPLAIN QUERY PLAN ", "EXPLAIN ")+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		plan.WriteString(planStep(t, e.dialect, rows) + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	shown := strings.Contains(plan.String(), "$1")
	if shown && !generic || generic && !shown && !strings.Contains(plan.String(), "unnest") { // whose arguments are not shown
		t.Fatalf("%v: this is no plan of the mode %s:\n%s", s, mode, plan.String())
	}
	return plan.String()
}

func planStep(t *testing.T, d sqlspec.Dialect, rows *sql.Rows) (line string) {
	t.Helper()
	cells := []any{&line}
	switch d {
	case sqlspec.MariaDB:
		return mariadbPlan(t, rows)
	case sqlspec.SQLite:
		cells = []any{new(int), new(int), new(int), &line}
	}
	if err := rows.Scan(cells...); err != nil {
		t.Fatal(err)
	}
	return line
}

func run(t *testing.T, conn *sql.Conn, text string) {
	t.Helper()
	if _, err := conn.ExecContext(t.Context(), text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// literals writes the arguments of EXECUTE, which takes no others.
func literals(args []any) string {
	texts := make([]string, len(args))
	for i, arg := range args {
		text := fmt.Sprint(arg)
		switch arg := arg.(type) {
		case []byte:
			text = fmt.Sprintf(`\x%x`, arg)
		case time.Time:
			text = arg.Format(time.RFC3339Nano)
		}
		texts[i] = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return strings.Join(texts, ", ")
}

// walks returns the aliases of the tables that a plan reads from one end to the
// other: as they lie, or along an index of which nothing is asked.
func walks(plan string) (tables []string) {
	lines := strings.Split(plan, "\n")
	for i, line := range lines[:len(lines)-1] {
		if m := whole.FindStringSubmatch(line); m != nil && !strings.Contains(line, "VIRTUAL TABLE") {
			tables = append(tables, m[1])
		}
		if m := indexed.FindStringSubmatch(line); m != nil && !strings.Contains(lines[i+1], "Index Cond: ") {
			tables = append(tables, m[1])
		}
		if m := madeUp.FindStringSubmatch(line); m != nil {
			tables = append(tables, m[1])
		}
	}
	slices.Sort(tables)
	return slices.Compact(tables)
}

var (
	whole   = regexp.MustCompile(`(?:SCAN|Seq Scan on \S+) (t|rolespec_\d+)\b`)
	indexed = regexp.MustCompile(`Index (?:Only )?Scan(?: Backward)? using \S+ on \S+ (t|rolespec_\d+)\b`) // of PostgreSQL
	madeUp  = regexp.MustCompile(`SEARCH (t|rolespec_\d+) USING AUTOMATIC`)                                // of SQLite, for this one query
)

// scans reports whether a plan walks the table itself.
func scans(plan string) bool { return slices.Contains(walks(plan), "t") }
