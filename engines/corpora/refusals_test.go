package corpora_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// refusal is what becomes here of a policy that others refuse to turn into a
// filter, for one of their targets at least.
type refusal struct {
	class string
	spec  spec.Specification
	shows func(row map[string]any) bool // what the policy means, where it can be written
}

var refusalClasses = []difference{
	{"an operator", "there is one that does it exactly on every engine", 13},
	{"a finite list", "finitely many texts are in, begin or end a given one: In", 3},
	{"a constant", "it is known before any row is, as in a rule that is a function", 4},
	{"every row", "whatever is in the row: it has to be written as All, which can be searched for", 5},
	{"refused here", "a value that does not fit, or no such field", 3},
	{"no way to write it", "a truth as an operand, another row of the table, a call that depends on the row", 3},
}

// refusals are by the last part of the case's ID. Those who wrote the policies
// call the fields otherwise.
var refusals = map[string]refusal{
	"28": {"an operator", spec.Distinct("name", "apple"), func(r map[string]any) bool { return r["name"] != "apple" }},
	"29": {"an operator", spec.In("name", "apple", "pear"), func(r map[string]any) bool { return r["name"] == "apple" || r["name"] == "pear" }},
	"30": {"an operator", spec.HasPrefix("name", "app"), text("name", strings.HasPrefix, "app")},
	"31": {"an operator", spec.HasPrefix("name", "app"), text("name", strings.HasPrefix, "app")},
	"32": {"an operator", spec.HasPrefix("name", "app"), text("name", strings.HasPrefix, "app")},
	"33": {"an operator", spec.HasSuffix("name", "ple"), text("name", strings.HasSuffix, "ple")},
	"34": {"an operator", spec.Contains("name", "pp"), text("name", strings.Contains, "pp")},
	"35": {"a constant", spec.Eq("colour", "orange"), func(r map[string]any) bool { return r["colour"] == "orange" }},
	"36": {"a constant", spec.Eq("colour", "grey"), func(r map[string]any) bool { return r["colour"] == "grey" }},
	"37": {"a constant", spec.Eq("colour", "grey"), func(r map[string]any) bool { return r["colour"] == "grey" }},
	"38": {class: "no way to write it"},
	"39": {"a constant", spec.Eq("user", "unknown"), func(r map[string]any) bool { return r["user"] == "unknown" }},
	"41": {"an operator", spec.Eq("colour", spec.Ref("lining")), func(r map[string]any) bool { return r["colour"] != nil && r["colour"] == r["lining"] }},
	"42": {"a finite list", spec.In("colour", parts("foobar")...), text("colour", within(strings.Contains), "foobar")},
	"43": {"a finite list", spec.In("colour", prefixes("foobar")...), text("colour", within(strings.HasPrefix), "foobar")},
	"44": {"a finite list", spec.In("colour", suffixes("foobar")...), text("colour", within(strings.HasSuffix), "foobar")},
	"45": {class: "refused here", spec: spec.NewLeaf("colour", spec.OpLte, mustValue([]string{"green", "blue"}))},
	"46": {"an operator", spec.NotNull("colour"), func(r map[string]any) bool { return r["colour"] != nil }},
	"51": {"an operator", spec.NotNull("colour"), func(r map[string]any) bool { return r["colour"] != nil }},
	"52": {"every row", spec.All(), func(map[string]any) bool { return true }},
	"53": {"an operator", spec.Not(spec.Contains("xs", "y")), func(r map[string]any) bool { return isList(r["xs"]) && !contains(listOf(r["xs"]), "y") }},
	"54": {class: "no way to write it"},
	"55": {"every row", spec.All(), func(map[string]any) bool { return true }},
	"56": {"every row", spec.All(), func(map[string]any) bool { return true }},
	"57": {"every row", spec.All(), func(map[string]any) bool { return true }},
	"58": {"an operator", spec.Or(spec.Gt("price", 100), spec.Eq("extra", true)), func(r map[string]any) bool { return above(r, 100) || r["extra"] == true }},
	"59": {"every row", spec.All(), func(map[string]any) bool { return true }},
	"60": {"an operator", spec.Or(spec.Lte("price", 100), spec.IsNull("price")), func(r map[string]any) bool { return !above(r, 100) }},
	"61": {class: "refused here", spec: spec.Eq("inpu.colour", "orange")},
	"62": {class: "refused here", spec: spec.Eq("inpu.colour", "orange")},
	"64": {class: "no way to write it"},
}

// text is what a function says of the text in a field.
func text(field string, f func(text, operand string) bool, operand string) func(map[string]any) bool {
	return func(row map[string]any) bool {
		text, isText := row[field].(string)
		return isText && f(text, operand)
	}
}

// within turns a function round: the operand is what is looked into.
func within(f func(text, operand string) bool) func(text, operand string) bool {
	return func(text, operand string) bool { return f(operand, text) }
}

func above(row map[string]any, limit int64) bool {
	price, isNumber := row["price"].(int64)
	return isNumber && price > limit
}

func suffixes(text string) (found []string) {
	for i := range text {
		found = append(found, text[i:])
	}
	return append(found, "")
}

func parts(text string) (found []string) {
	for _, suffix := range suffixes(text) {
		found = append(found, prefixes(suffix)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func mustValue(v any) spec.Value {
	value, err := spec.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return value
}

// stalls returns rows for the refusals.
func stalls(random *rand.Rand) *dataset {
	number, of := json.Number("100"), func(constants ...any) *shape { return &shape{kind: spec.KindString, constants: constants} }
	colours := []any{"orange", "grey", "foobar", "oba", "foo"}
	found := map[string]*shape{
		"name": of("apple", "pear"), "colour": of(colours...), "lining": of(colours...), "user": of("unknown"),
		"price": {kind: spec.KindInt, constants: []any{number}}, "extra": {kind: spec.KindBool},
		"xs": {kind: spec.KindString, list: true, constants: []any{"y", "z"}},
	}
	d := &dataset{name: "stalls", rowType: rowTypeOf(found)}
	d.generate(random, func(row map[string]any) { fill(row, found, random) })
	return d
}

func testRefusals(t *testing.T, dir string) {
	d, found := stalls(rand.New(rand.NewPCG(1, 4))), map[string][]string{}
	for _, c := range load[filterCase](t, dir, "opa_compile.jsonl", 66) {
		r, listed := refusals[strings.TrimPrefix(c.ID, "opa/compile/")]
		if listed != c.Refused {
			t.Errorf("%s: refused by others: %v, listed here: %v", c.ID, c.Refused, listed)
		}
		if !c.Refused {
			continue
		}
		found[r.class] = append(found[r.class], c.ID)
		switch {
		case r.class == "no way to write it":
		case r.shows == nil:
			r.checkRefused(t, c.ID, d)
		default:
			r.checkShown(t, c.ID, d)
		}
	}
	checkCounts(t, "what others refuse", refusalClasses, found)
	agree(t, []*dataset{d})
}

// checkShown: memory shows what the policy means.
func (r refusal) checkShown(t *testing.T, id string, d *dataset) {
	t.Helper()
	truth, err := d.ask(t, id, r.spec)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	shown := 0
	for i, row := range d.rows {
		if (truth[i] == yes) != r.shows(row) {
			t.Errorf("%s: %v of %v: have %v, want it shown: %v", id, r.spec, row, truth[i], r.shows(row))
		}
		if truth[i] == yes {
			shown++
		}
	}
	if shown == 0 || shown == len(d.rows) && !r.spec.IsAll() {
		t.Errorf("%s: %v: %d rows of %d: they say little", id, r.spec, shown, len(d.rows))
	}
}

// checkRefused: memory and every dialect say what is wrong, and show nothing.
func (r refusal) checkRefused(t *testing.T, id string, d *dataset) {
	t.Helper()
	for _, s := range []spec.Specification{r.spec, spec.Not(r.spec)} {
		var wrong *spec.FieldError
		if visible, err := spec.Compile[map[string]any](s, spec.WithSchema(d.schema(t))); !errors.As(err, &wrong) || len(visible.Filter(d.rows)) > 0 {
			t.Errorf("%s: %v: in memory: %v", id, s, err)
		}
		for _, dialect := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
			if text, args, err := d.table(t, dialect).SQL(s, dialect); !errors.As(err, &wrong) || text != "(1 = NULL)" || len(args) > 0 {
				t.Errorf("%s: %v: in %v: %s %v %v", id, s, dialect, text, args, err)
			}
		}
	}
}
