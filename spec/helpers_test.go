package spec_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// sample has a nullable field of every kind. A case sets the one it is about.
type sample struct {
	Bool    *bool
	Int     *int64
	Uint    *uint64
	Float   *float64
	Decimal *spec.Decimal
	Text    *string
	Bytes   []byte
	Time    *time.Time
	Date    *spec.Date
	UUID    *[16]byte
	Status  *string `spec:"status,enum=open|done"`
	Tags    []string
	Nums    []*int64
}

// rowMap is the row as a map: the key left out where the field is null.
func (r sample) rowMap(t *testing.T) map[string]any {
	t.Helper()
	m := map[string]any{}
	v := reflect.ValueOf(r)
	i := 0
	for f := range must(spec.SchemaOf[sample]())(t).Fields() {
		if field := v.Field(i); !field.IsNil() {
			if field.Kind() == reflect.Pointer {
				field = field.Elem()
			}
			m[f.Name] = field.Interface()
		}
		i++
	}
	return m
}

func (r sample) rowMapWithNils(t *testing.T) map[string]any {
	t.Helper()
	m := r.rowMap(t)
	for f := range must(spec.SchemaOf[sample]())(t).Fields() {
		if _, ok := m[f.Name]; !ok {
			m[f.Name] = nil
		}
	}
	return m
}

// verdict is the truth of s for one row, and checks that Match, Explain and the
// free functions say the same.
func verdict[T any](t *testing.T, s spec.Specification, row T, opts ...spec.Option) spec.Truth {
	t.Helper()
	m, err := spec.Compile[T](s, opts...)
	if err != nil {
		t.Fatalf("%v does not compile for %T: %v", s, row, err)
	}
	truth := m.Truth(&row)
	if have, want := m.Match(&row), truth == spec.True; have != want {
		t.Errorf("%v of %T: Match says %v, Truth says %v", s, row, have, truth)
	}
	if have, want := len(m.Filter([]T{row, row})), 2*b2i(truth == spec.True); have != want {
		t.Errorf("%v of %T: Filter gives %d of 2 rows, Truth says %v", s, row, have, truth)
	}
	return truth
}

// sampleVerdicts is the truth of s for the row as a struct, as a pointer to it,
// and as a map with its schema, absent keys and nils alike.
func sampleVerdicts(t *testing.T, s spec.Specification, row sample) map[string]spec.Truth {
	t.Helper()
	declared := spec.WithSchema(must(spec.SchemaOf[sample]())(t))
	return map[string]spec.Truth{
		"struct":        verdict(t, s, row),
		"pointer":       verdict(t, s, &row),
		"map":           verdict(t, s, row.rowMap(t), declared),
		"map with nils": verdict(t, s, row.rowMapWithNils(t), declared),
	}
}

// opTest is one specification, one row and what is true of them.
type opTest struct {
	name   string
	s      spec.Specification
	row    sample
	want   spec.Truth
	reason string
}

// runOpTests runs each case over structs and maps, plain and negated.
func runOpTests(t *testing.T, tests []opTest) {
	t.Helper()
	seen := map[string]bool{}
	for _, test := range tests {
		if seen[test.name] || test.reason == "" {
			t.Fatalf("case %q needs a name of its own and a reason", test.name)
		}
		seen[test.name] = true
		t.Run(test.name, func(t *testing.T) {
			for rows, have := range sampleVerdicts(t, test.s, test.row) {
				if have != test.want {
					t.Errorf("%v over a %s: have %v, want %v: %s", test.s, rows, have, test.want, test.reason)
				}
			}
			for rows, have := range sampleVerdicts(t, spec.Not(test.s), test.row) {
				if have != test.want.Not() {
					t.Errorf("not %v over a %s: have %v, want %v: %s", test.s, rows, have, test.want.Not(), test.reason)
				}
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// must is for values that a test needs and does not test.
func must[V any](v V, err error) func(testing.TB) V {
	return func(t testing.TB) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// listOf is a list value, for the operators that take a whole list.
func listOf(t testing.TB, v any) spec.Value {
	t.Helper()
	return must(spec.ValueOf(v))(t)
}

// mustNotPanic runs f and fails where it panics.
func mustNotPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v", r)
		}
	}()
	f()
}

// nestedList is an empty list inside so many lists, itself counted.
func nestedList(depth int) spec.Value {
	var list any = []any{}
	for range depth - 1 {
		list = []any{list}
	}
	return listValue(list.([]any)...)
}
