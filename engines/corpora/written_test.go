package corpora_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// writtenCase is a condition and the SQL that somebody else writes for it.
type writtenCase struct {
	ID      string
	UCAST   condition
	Dialect string
	SQL     string // from WHERE on; empty where they refuse
}

// writtenClasses is how the rows of their SQL stand to ours, on each engine.
var writtenClasses = map[sqlspec.Dialect][]difference{
	sqlspec.SQLite: {{"equal", "the same rows", 3}},
	sqlspec.Postgres: {
		{"equal", "the same rows", 16},
		{"no value", "refused there; here no constructor lacks one, and a zero Value is null, with which a comparison is unknown", 1},
	},
	sqlspec.MariaDB: {{"hidden: case and blanks", "the collation of the column finds texts equal that are not", 1}},
}

// dialects are those of the cases that an engine here speaks.
var dialects = map[string][]sqlspec.Dialect{
	"postgres": {sqlspec.Postgres}, "mysql": {sqlspec.MariaDB}, "standard": {sqlspec.SQLite, sqlspec.Postgres},
}

// testWritten puts the SQL of others to real engines, beside ours.
func testWritten(t *testing.T, dir string) {
	cases := append(load[writtenCase](t, dir, "opa_ucast_sql.jsonl", 15), standardSQL(t, dir)...)
	onEngines(t, func(t *testing.T, e engine) {
		found, random, verdicts := map[string][]string{}, rand.New(rand.NewPCG(1, 5)), 0
		for _, c := range cases {
			if !slices.Contains(dialects[c.Dialect], e.dialect) {
				continue
			}
			d := c.dataset(random)
			class := c.put(t, e, d)
			found[class] = append(found[class], c.ID)
			e.exec(t, "DROP TABLE "+d.table(t, e.dialect).From())
			verdicts += len(d.rows)
		}
		checkCounts(t, fmt.Sprintf("SQL of others on %v, %d verdicts", e.dialect, verdicts), writtenClasses[e.dialect], found)
	})
}

// standardSQL returns the filters that are kept as SQL, with the conditions that
// they stand for.
func standardSQL(t *testing.T, dir string) (cases []writtenCase) {
	notNull := func(string) condition { return condition{Type: "field", Operator: "ne", Field: "fruits.colour"} }
	meant := map[string]func(text string) condition{
		"opa/compile/47": notNull, "opa/compile/48": notNull,
		"opa/compile/49": func(text string) condition {
			name := text[strings.Index(text, `"`)+1 : strings.LastIndex(text, `"`)]
			value := text[strings.LastIndex(text, " ")+1:]
			return condition{Type: "field", Operator: "eq", Field: "fruits." + name, Value: strings.Trim(value, "'")}
		},
	}
	for _, c := range load[filterCase](t, dir, "opa_compile.jsonl", 66) {
		if kind, _ := c.kind(t); kind != "SQL" {
			continue
		}
		text := strings.Trim(c.Unparsed, "`")
		if text == "" {
			if err := json.Unmarshal(c.UCAST, &text); err != nil {
				t.Fatal(err)
			}
		}
		if meant[c.ID] == nil {
			t.Fatalf("%s: %s: what condition is that?", c.ID, text)
		}
		cases = append(cases, writtenCase{c.ID, meant[c.ID](text), "standard", text})
	}
	return cases
}

// dataset returns rows for the condition, in the table and the columns that the
// SQL names.
func (c writtenCase) dataset(random *rand.Rand) *dataset {
	d := c.UCAST.dataset("people", random)
	d.columns = map[string]string{}
	c.UCAST.leaves(func(leaf condition) {
		if tables, _ := split(leaf.Field); len(tables) > 0 {
			d.name = tables[len(tables)-1]
		}
	})
	for _, f := range d.fields {
		_, d.columns[f.Name] = split(f.Name)
	}
	return d
}

// split returns the parts of a qualified name.
func split(name string) (tables []string, column string) {
	parts := strings.Split(name, ".")
	return parts[:len(parts)-1], parts[len(parts)-1]
}

// from names the table and, for a condition about two of them, joins each row
// with itself.
func (c writtenCase) from(d *dataset) string {
	from := d.name
	for _, f := range d.fields {
		if tables, _ := split(f.Name); len(tables) == 1 && tables[0] != d.name {
			from += fmt.Sprintf(" JOIN %s AS %s ON %[2]s.%[3]s = %[1]s.%[3]s", d.name, tables[0], idField)
		}
	}
	return from
}

// put asks memory, our SQL and theirs, and returns how theirs stands to ours.
func (c writtenCase) put(t *testing.T, e engine, d *dataset) string {
	t.Helper()
	s, err := c.UCAST.join(func(leaf condition) (spec.Specification, error) {
		if leaf.NoValue {
			return spec.NewLeaf(leaf.Field, operators[leaf.Operator], spec.Value{}), nil
		}
		return byMeaning(leaf, spec.Field{})
	})
	if err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	ours, err := d.ask(t, c.ID, s)
	if err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	e.fill(t, d)
	e.check(t, d, d.asked[0])
	checkText(t, c, d, s)
	if c.SQL == "" {
		if slices.ContainsFunc(ours, func(a answer) bool { return a != unknown }) {
			t.Errorf("%s: %v: have %v, want all unknown", c.ID, s, ours)
		}
		return "no value"
	}
	if !slices.Contains(ours, yes) || !slices.Contains(ours, no) {
		t.Errorf("%s: %v: the rows say little", c.ID, s)
	}
	theirs := e.query(t, "SELECT "+d.name+"."+idField+" FROM "+c.from(d)+" "+c.SQL)
	class := "equal"
	for i, row := range d.rows {
		switch seen, _ := lookup(row, c.UCAST.Field); {
		case theirs[i] == (ours[i] == yes):
		case theirs[i] && e.dialect == sqlspec.MariaDB && folds(seen, c.UCAST.Value):
			class = "hidden: case and blanks"
		default:
			t.Errorf("%s: %v\nof %v: have %v, %s finds it: %v", c.ID, s, row, ours[i], c.SQL, theirs[i])
		}
	}
	return class
}

// folds reports whether two texts are equal but for case and trailing blanks.
func folds(a, b any) bool {
	x, ok := a.(string)
	y, ok2 := b.(string)
	return ok && ok2 && strings.EqualFold(strings.TrimRight(x, " "), strings.TrimRight(y, " "))
}
