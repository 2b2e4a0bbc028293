package sqlspec_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

var keptWorlds = flag.Int("kept.worlds", 20, "how many random tables TestKeptRandom compiles for")

var dialects = []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB, sqlspec.DuckDB}

// A table that keeps what it has written writes what one does that never saw a
// specification: for the same specification, for others of its shape, and for
// templates with all kinds of values.
func TestKeptRandom(t *testing.T) {
	for _, d := range dialects {
		t.Run(d.String(), func(t *testing.T) {
			kept, all := 0, 0
			for seed := range uint64(*keptWorlds) {
				w := keptWorld{World: spectest.NewWorld(seed, 3), random: rand.New(rand.NewPCG(seed, 7)), seed: seed, d: d}
				warm := w.table(t)
				for range 25 {
					s := w.Specification()
					open, names := w.open(s)
					template, err := spec.NewTemplate(open)
					if err != nil {
						t.Fatal(err)
					}
					for range 4 {
						w.same(t, warm, s)
						if all++; sqlspec.IsKept(warm, s, d) {
							kept++
						}
						bound, err := template.Bind(w.values(names)...)
						if err == nil {
							w.same(t, warm, bound)
						}
						s = w.revalued(s)
					}
				}
			}
			t.Logf("%d of %d were kept", kept, all)
			if kept < all/8 {
				t.Errorf("only %d of %d were kept", kept, all)
			}
		})
	}
}

type keptWorld struct {
	*spectest.World
	random *rand.Rand
	seed   uint64
	d      sqlspec.Dialect
}

// same compares what the table writes with what tables that are new write, in all
// three forms.
func (w keptWorld) same(t *testing.T, warm *sqlspec.Table, s spec.Specification) {
	t.Helper()
	for form, write := range map[string]func(*sqlspec.Table) (string, []any, error){
		"SQL":   func(table *sqlspec.Table) (string, []any, error) { return table.SQL(s, w.d) },
		"ToSql": func(table *sqlspec.Table) (string, []any, error) { return table.Where(s, w.d).ToSql() },
		"Append": func(table *sqlspec.Table) (string, []any, error) {
			text, args, err := table.Append([]byte("x = $1 AND "), []any{"x"}, s, w.d)
			return string(text), args, err
		},
	} {
		text, args, err := write(warm)
		wantText, wantArgs, wantErr := write(w.table(t))
		if text != wantText || fmt.Sprint(err) != fmt.Sprint(wantErr) || !cmp.Equal(args, wantArgs) {
			t.Fatalf("seed %d, %v, %s of\n%v\nhave %s %q %v\nwant %s %q %v", w.seed, w.d, form, s, text, args, err, wantText, wantArgs, wantErr)
		}
	}
}

// table makes the table of the world anew.
func (w keptWorld) table(t *testing.T) *sqlspec.Table {
	return w.tableOf(t, "t", w.Schema)
}

func (w keptWorld) tableOf(t *testing.T, name string, sc *spec.Schema) *sqlspec.Table {
	t.Helper()
	var opts []sqlspec.Option
	if w.seed%3 == 0 {
		opts = append(opts, sqlspec.Strict())
	}
	for f := range sc.Fields() {
		if w.seed%5 != 4 {
			opts = append(opts, sqlspec.Column(f.Name, w.column(f)...))
		}
	}
	for r := range sc.Relations() {
		var other *sqlspec.Table
		if r.Rows != sc {
			other = w.tableOf(t, name+"_"+r.Name, r.Rows)
		}
		switch {
		case r.One:
			opts = append(opts, sqlspec.ToOne(r.Name, other, sqlspec.On("ref "+r.Name, "id")))
		case spectest.IsLink(r.Name):
			opts = append(opts, sqlspec.ManyToMany(r.Name, other, "link "+r.Name, sqlspec.On("id", "from"), sqlspec.On("to", "id")))
		default:
			opts = append(opts, sqlspec.ToMany(r.Name, other, sqlspec.On("id", "ref "+r.Name)))
		}
	}
	table, err := sqlspec.NewTable(name, sc, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func (w keptWorld) column(f spec.Field) []sqlspec.ColumnOption {
	switch stem := spectest.Stem(f.Name); {
	case stem == "cents":
		return []sqlspec.ColumnOption{sqlspec.Scaled(2)}
	case stem == "local" && (w.d == sqlspec.Postgres || w.d == sqlspec.DuckDB):
		return []sqlspec.ColumnOption{sqlspec.Timestamp()}
	case stem == "labels" && w.d == sqlspec.Postgres:
		return []sqlspec.ColumnOption{sqlspec.JSONB()}
	case stem == "tags" && w.d == sqlspec.Postgres:
		return []sqlspec.ColumnOption{sqlspec.PostgresType("varchar")}
	case stem == "tree" && w.d == sqlspec.Postgres:
		return []sqlspec.ColumnOption{sqlspec.Ltree()}
	case stem == "token" && w.d != sqlspec.Postgres:
		return []sqlspec.ColumnOption{sqlspec.Blob()}
	case stem == "sealed":
		return []sqlspec.ColumnOption{sqlspec.Encoded(spec.KindString, sealedButSome)}
	case f.Kind == spec.KindString && !f.List && w.seed%2 == 0:
		return []sqlspec.ColumnOption{sqlspec.NoCase(), sqlspec.BinaryText()}
	}
	return nil
}

// sealedButSome is a codec that leaves some values as they are.
func sealedButSome(v spec.Value) (spec.Value, error) {
	if text := v.Text(); len(text)%2 == 0 {
		return spec.Of("sealed " + text), nil
	}
	return v, nil
}

// alike are values of each kind: what is written of some depends on more than the kind.
var alike = map[spec.Kind][]any{
	spec.KindBool:    {false, true},
	spec.KindInt:     {0, 1, -1, 7, math.MaxInt64, math.MinInt64},
	spec.KindUint:    {uint64(1 << 63), uint64(math.MaxUint64)},
	spec.KindFloat:   {0.5, -1.0, 1e300, 3.0, 1e19},
	spec.KindDecimal: {spec.MustDecimal("0.1"), spec.MustDecimal("-1.005"), spec.MustDecimal("7"), spec.MustDecimal("18446744073709551615"), spec.MustDecimal(strings.Repeat("9", 50) + ".5"), spec.MustDecimal("0." + strings.Repeat("0", 45) + "1")},
	spec.KindString:  {"", "a", "b.c", "calm", "cross", "50%_!", `"\`, "\U0010ffff", "Z", "a-b", "2024-07-01", "0.5", "00000000-0000-0000-0000-000000000001", "2024-07-01T14:00:00+02:00", "ǅ", strings.Repeat("x", 1001)},
	spec.KindBytes:   {[]byte{}, []byte("a"), []byte{0, 255}},
	spec.KindTime:    {time.Unix(1, 1000), time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)},
	spec.KindDate:    {spec.Date{Year: 2024, Month: 7, Day: 1}, spec.Date{Year: 1, Month: 1, Day: 1}},
	spec.KindUUID:    {[16]byte{15: 1}, [16]byte{0: 255}},
}

// value draws another value of the kind, for a list one of another length.
func (w keptWorld) value(v spec.Value) spec.Value {
	var drawn any
	switch kinds := alike[v.Kind()]; {
	case v.Kind() == spec.KindList:
		var elements []any
		for range w.random.IntN(3) + min(1, len(v.List())) {
			element := v
			if list := v.List(); len(list) > 0 {
				element = w.value(list[w.random.IntN(len(list))])
			} else {
				element = spec.Null
			}
			elements = append(elements, element)
		}
		drawn = elements
	case len(kinds) == 0:
		return v
	default:
		drawn = kinds[w.random.IntN(len(kinds))]
	}
	value, err := spec.ValueOf(drawn)
	if err != nil {
		return v
	}
	return value
}

// revalued is the specification with other values of the same kinds.
func (w keptWorld) revalued(s spec.Specification) spec.Specification {
	return w.each(s.Node(), func(l spec.Leaf) spec.Specification {
		return spec.NewLeaf(l.Field, l.Op, w.value(l.Value))
	})
}

// open is the specification with variables for some of its values, and the values.
func (w keptWorld) open(s spec.Specification) (open spec.Specification, values []spec.Value) {
	open = w.each(s.Node(), func(l spec.Leaf) spec.Specification {
		if alike[l.Value.Kind()] == nil || w.random.IntN(3) == 0 || len(values) == 20 {
			return spec.NewLeaf(l.Field, l.Op, l.Value)
		}
		if len(values) > 0 && w.random.IntN(8) == 0 { // one variable in two places
			return spec.NewLeaf(l.Field, l.Op, spec.Of(spec.Var(fmt.Sprintf("v%02d", len(values)-1))))
		}
		name := fmt.Sprintf("v%02d", len(values))
		values = append(values, l.Value)
		return spec.NewLeaf(l.Field, l.Op, spec.Of(spec.Var(name)))
	})
	return open, values
}

// values draws values for the variables: mostly of the kinds that they had.
func (w keptWorld) values(was []spec.Value) []spec.Value {
	values := make([]spec.Value, len(was))
	for i, v := range was {
		values[i] = w.value(v)
		if w.random.IntN(10) == 0 {
			values[i] = w.value([]spec.Value{spec.Of("a"), spec.Of(1), spec.Null, spec.Of(0.5)}[w.random.IntN(4)])
		}
	}
	return values
}

// each rebuilds a specification with other leaves. A leaf that fails stays.
func (w keptWorld) each(n spec.Node, leaf func(spec.Leaf) spec.Specification) spec.Specification {
	switch n := n.(type) {
	case spec.Leaf:
		if s := leaf(n); s.Err() == nil {
			return s
		}
		return spec.NewLeaf(n.Field, n.Op, n.Value)
	case spec.Negation:
		return w.each(n.Term(), leaf).Not()
	case spec.Quantified:
		if n.Quantifier() == spec.Universal {
			return spec.Every(n.Relation(), w.each(n.Term(), leaf))
		}
		return spec.Any(n.Relation(), w.each(n.Term(), leaf))
	case spec.Junction:
		var terms []spec.Specification
		for term := range n.Terms() {
			terms = append(terms, w.each(term, leaf))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	case spec.Constant:
		if n {
			return spec.All()
		}
	}
	return spec.None()
}
