package rolespec_test

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// docs/semantics.md is the contract for users: each of its tables is held against
// what is done.

var updateDocs = flag.Bool("update", false, "write the generated parts of docs/semantics.md")

// tableAfter returns the rows of the table that follows a marker, without its
// heading.
func tableAfter(t *testing.T, marker string) [][]string {
	t.Helper()
	text, err := os.ReadFile("docs/semantics.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "<!-- "+marker+" -->\n")
	if !found {
		t.Fatalf("no table is marked %s", marker)
	}
	var rows [][]string
	for line := range strings.Lines(strings.TrimLeft(rest, "\n")) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) < 3 {
		t.Fatalf("the table marked %s has no rows", marker)
	}
	return rows[2:]
}

// truthOf is what a specification is of a row that has a field of every kind.
func truthOf(t *testing.T, s spec.Specification, row map[string]any) string {
	t.Helper()
	m, err := spec.Compile[map[string]any](s)
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	truth := m.Truth(&row)
	if m.Match(&row) != (truth == spec.True) {
		t.Errorf("%v: the matcher does not say %v", s, truth)
	}
	return truth.String()
}

// that is a specification of the truth that a cell names, of a row with one: 1.
func that(cell string) spec.Specification {
	switch cell {
	case "true":
		return spec.Eq("one", 1)
	case "false":
		return spec.Ne("one", 1)
	}
	return spec.Eq("missing", 1)
}

func TestSemanticsOfConnectives(t *testing.T) {
	row := map[string]any{"one": 1}
	for _, cells := range tableAfter(t, "checked: connectives") {
		a, b := that(cells[0]), that(cells[1])
		for i, s := range []spec.Specification{a, b, spec.And(a, b), spec.Or(a, b), spec.Not(a)} {
			if have := truthOf(t, s, row); have != cells[i] {
				t.Errorf("%v: have %s, the table says %s", s, have, cells[i])
			}
		}
	}
}

func TestSemanticsOfNulls(t *testing.T) {
	null, here := spec.Null, "a"
	values := func(op spec.Op, values ...any) spec.Specification {
		v, err := spec.ValueOf(append([]any{}, values...))
		if err != nil {
			t.Fatal(err)
		}
		return spec.NewLeaf("f", op, v)
	}
	ops := map[string]spec.Op{}
	for op := spec.OpEq; op <= spec.OpContainsFold; op++ {
		ops[op.String()] = op
	}
	seen := map[string]bool{}
	for _, cells := range tableAfter(t, "checked: nulls") {
		op, negated := ops[cells[0]], cells[0] == "NotIn"
		if negated {
			op = spec.OpIn
		}
		seen[cells[0]] = true
		text, list := map[string]any{"f": here}, map[string]any{"f": []any{here}}
		row := text
		if op == spec.OpOverlaps {
			row = list
		}
		var specs []spec.Specification
		switch op {
		case spec.OpIn, spec.OpOverlaps:
			specs = []spec.Specification{values(op, here), {}, values(op, here, nil), values(op, "b", nil), values(op)}
		case spec.OpIsNull:
			specs = []spec.Specification{spec.IsNull("f")}
		default:
			specs = []spec.Specification{spec.NewLeaf("f", op, spec.Of(here)), spec.NewLeaf("f", op, null)}
		}
		for i, s := range specs {
			if i == 1 && len(specs) > 2 {
				continue
			}
			if negated {
				s = s.Not()
			}
			of := []map[string]any{row}
			if i == 0 {
				of = []map[string]any{{"f": nil}, {}}
			}
			for _, row := range of {
				if have := truthOf(t, s, row); have != cells[i+1] {
					t.Errorf("%s: %v of %v: have %s, the table says %s", cells[0], s, row, have, cells[i+1])
				}
			}
		}
		for i := len(specs); i < len(cells)-1; i++ {
			if cells[i+1] != "" {
				t.Errorf("%s: nothing checks the cell %q", cells[0], cells[i+1])
			}
		}
	}
	for name := range ops {
		if !seen[name] {
			t.Errorf("the table has no row for %s", name)
		}
	}
}

func TestSemanticsOfRelations(t *testing.T) {
	for _, cells := range tableAfter(t, "checked: relations") {
		rows := []any{}
		for word := range strings.SplitSeq(cells[0], ", ") {
			switch word {
			case "true":
				rows = append(rows, map[string]any{"x": 1})
			case "false":
				rows = append(rows, map[string]any{"x": 2})
			case "unknown":
				rows = append(rows, map[string]any{"x": nil})
			}
		}
		s := spec.Eq("x", 1)
		for i, s := range []spec.Specification{spec.Any("r", s), spec.Every("r", s), spec.Any("r", s.Not()), spec.Every("r", s.Not())} {
			if have := truthOf(t, s, map[string]any{"r": rows}); have != cells[i+1] {
				t.Errorf("%v of %s: have %s, the table says %s", s, cells[0], have, cells[i+1])
			}
		}
	}
}

type group struct{ Name string }

type owner struct {
	Name   *string
	Groups []group
}

type owned struct{ Owner *owner }

func TestSemanticsOfAbsentRows(t *testing.T) {
	specs := []spec.Specification{
		spec.Eq("owner.name", "x"), spec.Ne("owner.name", "x"), spec.IsNull("owner.name"), spec.Distinct("owner.name", "x"),
		spec.Any("owner.groups", spec.All()), spec.Every("owner.groups", spec.All()), spec.Any("owner", spec.All()), spec.Every("owner", spec.All()),
	}
	for i, cells := range tableAfter(t, "checked: absent") {
		m, err := spec.Compile[owned](specs[i])
		if err != nil {
			t.Fatal(err)
		}
		if text := "`" + specs[i].String() + "`"; text != cells[0] || m.Truth(&owned{}).String() != cells[1] {
			t.Errorf("%s: have %v, the table says %v", text, m.Truth(&owned{}), cells)
		}
	}
}

// samples are the values that the table of kinds names.
func samples() map[string]spec.Value {
	value := func(v any) spec.Value {
		w, err := spec.ValueOf(v)
		if err != nil {
			return spec.Of(math.NaN()) // unusable as a value, and so refused
		}
		return w
	}
	uuid := "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
	words := map[string]any{
		"bool": true, "int": 7, "uint": uint64(1 << 63), "float": 1.5, "string": "text", "bytes": []byte("x"), "a label": "open", "another text": "ajar",
		"7": 7, "7.0": 7.0, "7.5": 7.5, "2^53+1": int64(1<<53 + 1), "infinity": math.Inf(1), "NaN": math.NaN(), "decimal 7": spec.MustDecimal("7"), "decimal 0.5": spec.MustDecimal("0.5"),
		"text with NUL": "\x00", "invalid UTF-8": "\xff", "time": time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC), "uuid": [16]byte{1},
		"list of strings": []string{"a"}, "list of ints": []int{1},
	}
	for _, text := range []string{"7.50", "x", "2024-07-01T12:00:00Z", "2024-07-01", "tomorrow", uuid, "6ba7b810"} {
		words[`"`+text+`"`] = text
	}
	date, err := spec.ParseDate("2024-07-01")
	if err != nil {
		panic(err)
	}
	words["date"] = date
	values := map[string]spec.Value{}
	for word, v := range words {
		values[word] = value(v)
	}
	return values
}

func TestSemanticsOfKinds(t *testing.T) {
	values, seen := samples(), map[spec.Kind]bool{}
	for _, cells := range tableAfter(t, "checked: kinds") {
		f := spec.Field{Name: "f", Kind: spec.KindString}
		name := cells[0]
		if rest, ok := strings.CutPrefix(name, "list of "); ok {
			f.List, name = true, rest
		}
		for k := spec.KindBool; k <= spec.KindUUID; k++ {
			if k.String() == name {
				f.Kind = k
			}
		}
		seen[f.Kind] = true
		if name == "enum" {
			f.Labels = []string{"open", "done"}
		}
		sc, err := spec.NewSchema(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, accepted := range []bool{true, false} {
			for word := range strings.SplitSeq(cells[i+1], ", ") {
				v, known := values[word]
				if !known {
					t.Fatalf("%s: the test does not know %s", cells[0], word)
				}
				if _, err := sc.Resolve(spec.NewLeaf("f", spec.OpEq, v)); (err == nil) != accepted {
					t.Errorf("%s: %s: error %v, the table says accepted %v", cells[0], word, err, accepted)
				}
			}
		}
	}
	for k := spec.KindBool; k <= spec.KindUUID; k++ {
		if !seen[k] {
			t.Errorf("the table has no row for %v", k)
		}
	}
}

type sqlRow struct {
	ID      int
	Name    string
	Name2   string
	Tags    []string
	Comment []struct{ Author string }
	Owner   *struct{ Name string }
}

var sqlForms = []spec.Specification{
	spec.Eq("id", 7), spec.Eq("name", "x"), spec.Ne("name", "x"), spec.Lt("name", "x"), spec.Distinct("id", 7), spec.In("id", 7, 8), spec.NotIn("id", 7, 8), spec.IsNull("name"),
	spec.Contains("name", "x"), spec.HasPrefix("name", "x"), spec.HasSuffix("name", "x"), spec.Matches("name", "x+"), spec.EqualFold("name", "x"), spec.ContainsFold("name", "x"),
	spec.Under("name", "x"), spec.Contains("tags", "x"), spec.Overlaps("tags", "x", "y"), spec.Eq("name", spec.Ref("name2")), spec.Eq("id", spec.Null),
	spec.And(spec.Eq("id", 7), spec.Or(spec.Eq("id", 8), spec.Eq("id", 9))), spec.Not(spec.And(spec.Eq("id", 7), spec.Eq("id", 8))),
	spec.Any("comment", spec.Eq("author", "x")), spec.Every("comment", spec.Eq("author", "x")), spec.Eq("owner.name", "x"), spec.IsNull("owner.name"),
	spec.All(), spec.None(),
}

// TestSemanticsInSQL holds the text that is written against the document.
func TestSemanticsInSQL(t *testing.T) {
	comments, err := sqlspec.TableOf[struct{ Author string }]("comments", sqlspec.Strict())
	if err != nil {
		t.Fatal(err)
	}
	people, err := sqlspec.TableOf[struct{ Name string }]("people", sqlspec.Strict())
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.TableOf[sqlRow]("t", sqlspec.Strict(), sqlspec.ToMany("comment", comments, sqlspec.On("id", "t_id")), sqlspec.ToOne("owner", people, sqlspec.On("owner_id", "id")))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range sqlForms {
		fmt.Fprintf(&b, "    %v\n", s)
		for d := sqlspec.SQLite; d <= sqlspec.MariaDB; d++ {
			text, _, err := table.SQL(s, d)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "      %-9s %s\n", d, strings.NewReplacer(`"t".`, "", `"`, "", "`t`.", "", "`", "").Replace(text))
		}
	}
	const marker, end = "<!-- generated: sql -->\n", "<!-- end -->\n"
	file, err := os.ReadFile("docs/semantics.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(file), marker)
	have, after, found := strings.Cut(rest, end)
	want := "\n" + b.String() + "\n"
	switch {
	case !found:
		t.Fatal("the generated part has no end")
	case *updateDocs:
		if err := os.WriteFile("docs/semantics.md", []byte(before+marker+want+end+after), 0o666); err != nil {
			t.Fatal(err)
		}
	case have != want:
		t.Errorf("what is written for an operator is not what docs/semantics.md says: run go test -run SemanticsInSQL -update .")
	}
}

func TestSemanticsOfRefusals(t *testing.T) {
	fields := []spec.Field{
		{Name: "text", Kind: spec.KindString}, {Name: "tree", Kind: spec.KindString}, {Name: "code", Kind: spec.KindString},
		{Name: "times", Kind: spec.KindTime, List: true}, {Name: "bytes", Kind: spec.KindBytes, List: true}, {Name: "sums", Kind: spec.KindDecimal, List: true},
	}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	same := func(v spec.Value) (spec.Value, error) { return v, nil }
	table, err := sqlspec.NewTable("t", sc, sqlspec.Column("tree", sqlspec.Ltree()), sqlspec.Column("code", sqlspec.Encoded(spec.KindString, same)))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := spec.ValueOf([]spec.Decimal{spec.MustDecimal("0.5")})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]spec.Specification{
		"a pattern with a word boundary":           spec.Matches("text", `x\b`),
		"a pattern with an anchor in every line":   spec.Matches("text", `(?m)^x`),
		"a pattern with two unbounded quantifiers": spec.Matches("text", `a*b*c`),
		"a list of instants contains one":          spec.Contains("times", time.Now()),
		"a list of bytes contains one":             spec.Contains("bytes", []byte("x")),
		"an order among lists of decimals":         spec.NewLeaf("sums", spec.OpLt, sums),
		"a text of 1,001 characters but for case":  spec.EqualFold("text", strings.Repeat("x", 1001)),
		"an order of an ltree":                     spec.Lt("tree", "x"),
		"a code in an order":                       spec.Lt("code", "x"),
	}
	for _, cells := range tableAfter(t, "checked: refused") {
		s, known := named[cells[0]]
		if !known {
			t.Errorf("the test does not know %s", cells[0])
		}
		for d := sqlspec.SQLite; d <= sqlspec.MariaDB; d++ {
			text, _, err := table.SQL(s, d)
			have := "yes"
			if errors.Is(err, sqlspec.ErrUnsupported) && text == "(1 = NULL)" {
				have = "no"
			} else if err != nil {
				have = err.Error()
			}
			if have != cells[d] {
				t.Errorf("%s in %v: have %s (%v), the table says %s", cells[0], d, have, err, cells[d])
			}
		}
	}
}

func TestSemanticsOfLimits(t *testing.T) {
	texts := func(n int) string { return strings.Repeat("9", n) }
	deep := func(n int) spec.Specification {
		s := spec.Eq("x", 1)
		for i := 1; i < n; i++ {
			if i%2 == 0 {
				s = s.And(spec.Eq("y", i))
			} else {
				s = s.Or(spec.Eq("y", i))
			}
		}
		return s
	}
	long := func(n int) []int {
		list := make([]int, n)
		for i := range list {
			list[i] = i
		}
		return list
	}
	related := func(n int) spec.Specification {
		s := spec.All()
		for range n {
			s = spec.Any("r", s)
		}
		return s
	}
	table := sqlspec.MustTable[sqlRow]("t")
	beyond := map[string]func(n int) error{
		"depth of a specification":        func(n int) error { return deep(n).Err() },
		"relations on the way from a row": func(n int) error { return related(n).Err() },
		"bytes of a text or bytes value":  func(n int) error { return spec.Eq("x", texts(n)).Err() },
		"bytes of the name of a field":    func(n int) error { return spec.IsNull(texts(n)).Err() },
		"digits on a side of a decimal":   func(n int) error { _, err := spec.ParseDecimal(texts(n)); return err },
		"bytes of the name of a column":   func(n int) error { _, err := sqlspec.TableOf[sqlRow](texts(n)); return err },
		"values of an In, as arguments of their own (MariaDB; one argument elsewhere)": func(n int) error {
			_, args, err := table.SQL(spec.In("id", long(n)...), sqlspec.MariaDB)
			if err == nil && len(args) == 1 {
				return errors.New("one argument")
			}
			return err
		},
	}
	for _, cells := range tableAfter(t, "checked: limits") {
		var limit int
		if _, err := fmt.Sscan(cells[1], &limit); err != nil {
			t.Fatal(err)
		}
		exceed, known := beyond[cells[0]]
		if !known {
			t.Errorf("the test does not know %s", cells[0])
			continue
		}
		if err := exceed(limit); err != nil {
			t.Errorf("%s at the limit of %d: %v", cells[0], limit, err)
		}
		if err := exceed(limit + 1); err == nil {
			t.Errorf("%s beyond the limit of %d: no error", cells[0], limit)
		}
	}
}
