package spec_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"math/big"
	"net/netip"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// nullPrice is a pair of a value and a Valid flag, as pgtype and uuid have them.
type nullPrice struct {
	Price spec.Decimal
	Valid bool
}

// nullables has every way to say that a field may be null.
type nullables struct {
	Pointer   *string
	NString   sql.NullString
	NBool     sql.NullBool
	NByte     sql.NullByte
	NInt16    sql.NullInt16
	NInt32    sql.NullInt32
	NInt64    sql.NullInt64
	NFloat    sql.NullFloat64
	NTime     sql.NullTime
	GInt      sql.Null[int]
	GKey      sql.Null[[16]byte]
	GDate     sql.Null[spec.Date]
	GText     sql.Null[netip.Addr]
	GList     sql.Null[[]string]
	GBig      sql.Null[*big.Int]
	PNull     *sql.NullString
	PTime     *time.Time
	PDecimal  *spec.Decimal
	PKey      *uuidLike
	PBytes    *[]byte
	PList     *[]int
	PMarshal  *netip.Addr
	Price     nullPrice
	Amount    sql.NullString `spec:"amount,decimal"`
	PAmount   *string        `spec:"p_amount,decimal"`
	PCents    *cents         `spec:"p_cents,decimal"`
	Bytes     []byte
	Anything  sql.Null[any]  `spec:"anything,int"`
	unwatched sql.NullString //lint:ignore U1000 a field that nobody may see
}

func valid[T any](v T) sql.Null[T] { return sql.Null[T]{V: v, Valid: true} }

var nothing = nullables{}

var something = nullables{
	Pointer: ptr("a"), NString: sql.NullString{String: "a", Valid: true}, NBool: sql.NullBool{Bool: true, Valid: true},
	NByte: sql.NullByte{Byte: 200, Valid: true}, NInt16: sql.NullInt16{Int16: -3, Valid: true}, NInt32: sql.NullInt32{Int32: -3, Valid: true},
	NInt64: sql.NullInt64{Int64: 1 << 40, Valid: true}, NFloat: sql.NullFloat64{Float64: 0.5, Valid: true}, NTime: sql.NullTime{Time: noon, Valid: true},
	GInt: valid(5), GKey: valid(id), GDate: valid(date(2024, 7, 1)), GText: valid(netip.MustParseAddr("10.0.0.1")), GList: valid([]string{"x"}),
	GBig: valid(big.NewInt(7)), PNull: &sql.NullString{String: "b", Valid: true}, PTime: &noon, PDecimal: ptr(dec("1.5")), PKey: ptr(uuidLike(id)),
	PBytes: &[]byte{1}, PList: &[]int{4}, PMarshal: ptr(netip.MustParseAddr("10.0.0.1")), Price: nullPrice{dec("2.5"), true},
	Amount: sql.NullString{String: "1.50", Valid: true}, PAmount: ptr("1.50"), PCents: ptr(cents(150)), Bytes: []byte{}, Anything: valid[any](int64(3)),
}

// unset holds a value behind every flag that says there is none.
var unset = nullables{
	NString: sql.NullString{String: "a"}, NBool: sql.NullBool{Bool: true}, NByte: sql.NullByte{Byte: 200}, NInt16: sql.NullInt16{Int16: -3},
	NInt32: sql.NullInt32{Int32: -3}, NInt64: sql.NullInt64{Int64: 1 << 40}, NFloat: sql.NullFloat64{Float64: 0.5}, NTime: sql.NullTime{Time: noon},
	GInt: sql.Null[int]{V: 5}, GKey: sql.Null[[16]byte]{V: id}, GDate: sql.Null[spec.Date]{V: date(2024, 7, 1)},
	GText: sql.Null[netip.Addr]{V: netip.MustParseAddr("10.0.0.1")}, GList: sql.Null[[]string]{V: []string{"x"}}, GBig: sql.Null[*big.Int]{V: big.NewInt(7)},
	PNull: &sql.NullString{String: "b"}, Price: nullPrice{Price: dec("2.5")}, Amount: sql.NullString{String: "1.50"}, Anything: sql.Null[any]{V: int64(3)},
	PBytes: new([]byte), PList: new([]int), PCents: ptr(cents(-1)),
}

// nullableTests are true of something and unknown of nothing and unset.
var nullableTests = []spec.Specification{
	spec.Eq("pointer", "a"), spec.Eq("n_string", "a"), spec.Eq("n_bool", true), spec.Eq("n_byte", 200), spec.Eq("n_int16", -3),
	spec.Eq("n_int32", -3), spec.Gt("n_int64", 1<<39), spec.Eq("n_float", 0.5), spec.Eq("n_time", noon), spec.In("g_int", 4, 5),
	spec.Eq("g_key", id), spec.Eq("g_date", "2024-07-01"), spec.Eq("g_text", "10.0.0.1"), spec.Contains("g_list", "x"), spec.Eq("g_big", "7"),
	spec.HasPrefix("p_null", "b"), spec.Eq("p_time", noon), spec.Eq("p_decimal", 1.5), spec.Eq("p_key", idText), spec.Eq("p_bytes", []byte{1}),
	spec.Contains("p_list", 4), spec.Eq("p_marshal", "10.0.0.1"), spec.Eq("price", 2.5), spec.Eq("amount", 1.5), spec.Eq("p_amount", 1.5),
	spec.Eq("p_cents", 1.5), spec.Eq("bytes", []byte{}), spec.Eq("anything", 3),
}

func TestNullable(t *testing.T) {
	tested := map[string]bool{}
	for _, s := range nullableTests {
		for leaf := range s.Leaves() {
			tested[leaf.Field] = true
			for _, test := range []struct {
				name  string
				row   nullables
				holds spec.Truth
				null  spec.Truth
			}{
				{"something", something, spec.True, spec.False},
				{"nothing", nothing, spec.Unknown, spec.True},
				{"unset", unset, spec.Unknown, spec.True},
			} {
				if have := verdict(t, s, test.row); have != test.holds {
					t.Errorf("%v of %s: have %v, want %v", s, test.name, have, test.holds)
				}
				if have := verdict(t, spec.Not(s), test.row); have != test.holds.Not() {
					t.Errorf("not %v of %s: have %v, want %v", s, test.name, have, test.holds.Not())
				}
				if have := verdict(t, spec.IsNull(leaf.Field), test.row); have != test.null {
					t.Errorf("%s of %s is null: have %v, want %v", leaf.Field, test.name, have, test.null)
				}
				if have := verdict(t, spec.NotNull(leaf.Field), test.row); have != test.null.Not() {
					t.Errorf("%s of %s is not null: have %v, want %v", leaf.Field, test.name, have, test.null.Not())
				}
				if have := verdict(t, spec.Distinct(leaf.Field, spec.Null), test.row); have != test.null.Not() {
					t.Errorf("%s of %s is distinct from null: have %v, want %v", leaf.Field, test.name, have, test.null.Not())
				}
			}
		}
	}
	for f := range must(spec.SchemaOf[nullables]())(t).Fields() {
		if !f.Nullable {
			t.Errorf("the schema says that %q cannot be null", f.Name)
		}
		if !tested[f.Name] {
			t.Errorf("field %q has no test", f.Name)
		}
	}
}

// The same nulls as values of a map, as database/sql scans them into one.
func TestNullableInMaps(t *testing.T) {
	for name, null := range map[string]any{
		"nil": nil, "nil pointer": (*int)(nil), "NullInt64": sql.NullInt64{Int64: 7}, "Null": sql.Null[int]{V: 7}, "nil bytes": []byte(nil),
		"nil list": []int(nil), "nil marshaler": (*big.Int)(nil), "pointer to an unset Null": &sql.NullInt64{Int64: 7}, "spec.Null": spec.Null,
		"Null of a nil any": sql.Null[any]{Valid: true},
	} {
		row := map[string]any{"x": null}
		if have := verdict(t, spec.IsNull("x"), row); have != spec.True {
			t.Errorf("%s is null: have %v, want true", name, have)
		}
		if have := verdict(t, spec.Ne("x", 8), row); have != spec.Unknown {
			t.Errorf("%s differs from 8: have %v, want unknown", name, have)
		}
	}
	for name, seven := range map[string]any{
		"int": 7, "pointer": ptr(7), "pointer to a pointer": ptr(ptr(7)), "NullInt64": sql.NullInt64{Int64: 7, Valid: true}, "Null": valid(7),
		"Null of any": valid[any](7), "named": userID(7), "duration": time.Duration(7), "pointer to Null": ptr(valid(int8(7))), "value": spec.Of(7),
	} {
		if have := verdict(t, spec.Eq("x", 7), map[string]any{"x": seven}); have != spec.True {
			t.Errorf("%s is 7: have %v, want true", name, have)
		}
	}
}

// A driver.Valuer that is nil is null, and is not called.
func TestNilValuer(t *testing.T) {
	type row struct {
		Face driver.Valuer    `spec:"face,int"`
		Null sql.Null[*cents] `spec:"null,decimal"`
	}
	for _, r := range []row{{Null: valid[*cents](nil)}, {}} {
		for _, field := range []string{"face", "null"} {
			mustNotPanic(t, func() {
				if have := verdict(t, spec.IsNull(field), r); have != spec.True {
					t.Errorf("%s: have %v, want true", field, have)
				}
			})
		}
	}
}

// Whatever can be null says so in the schema, or a translator would leave the null
// out: a Valuer may return nil, an interface may be nil.
func TestNullableInTheSchema(t *testing.T) {
	type row struct {
		Cents cents                  `spec:"cents,decimal"`
		Any   sql.Null[any]          `spec:"any,int"`
		Text  encoding.TextMarshaler `spec:"text"`
	}
	for f := range must(spec.SchemaOf[row]())(t).Fields() {
		null := verdict(t, spec.IsNull(f.Name), row{Cents: -1})
		if null == spec.True && !f.Nullable {
			t.Errorf("%s is null, and the schema says that it cannot be", f.Name)
		}
	}
}

// The flag of a value without a size lies at offset 0.
func TestValidAfterAValueOfNoSize(t *testing.T) {
	type row struct{ V sql.Null[[0]string] }
	if have := verdict(t, spec.IsNull("v"), row{}); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
}
