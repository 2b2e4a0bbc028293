package spec_test

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

// Types as programs declare them.
type (
	userID   int64
	flagBool bool
	level    uint8
	ratio    float32
	name     string
	blob     []byte
	uuidLike [16]byte
	cents    int64  // its Value is the decimal
	upper    string // a text whose MarshalText is not used: a string is itself
	color    struct{ r, g byte }
	grade    int
)

func (c cents) Value() (driver.Value, error) {
	if c < 0 {
		return nil, nil
	}
	if c == 666 {
		return nil, fmt.Errorf("no such amount: %d", int64(c))
	}
	return fmt.Sprintf("%d.%02d", int64(c)/100, int64(c)%100), nil
}
func (u upper) MarshalText() ([]byte, error) { return []byte(strings.ToUpper(string(u))), nil }
func (c color) MarshalText() ([]byte, error) {
	if c.r > 200 {
		return nil, fmt.Errorf("too red")
	}
	return fmt.Appendf(nil, "#%02x%02x", c.r, c.g), nil
}
func (g grade) MarshalText() ([]byte, error) { return []byte("grade"), nil }

// everyType has a field of every type that the package documentation accepts.
type everyType struct {
	Bool     bool
	Flag     flagBool
	Int      int
	Int8     int8
	Int16    int16
	Int32    int32
	Int64    int64
	UserID   userID
	Uint8    uint8
	Uint16   uint16
	Uint32   uint32
	Level    level
	Uint     uint
	Uint64   uint64
	Float32  float32
	Float64  float64
	Ratio    ratio
	Decimal  spec.Decimal
	Price    string `spec:"price,decimal"`
	Cents    cents  `spec:"cents,decimal"`
	String   string
	Name     name
	Upper    upper
	Color    color
	Addr     netip.Addr
	Big      *big.Int
	BigHere  big.Int
	Grade    grade
	Bytes    []byte
	Blob     blob
	Time     time.Time
	Stamp    string `spec:"stamp,time"`
	Date     spec.Date
	Day      string `spec:"day,date"`
	UUID     [16]byte
	Key      uuidLike
	Ref      string `spec:"ref,uuid"`
	Status   name   `spec:"status,enum=open|done"`
	Strings  []string
	Names    []name
	Ptrs     []*string
	Ints     []int32
	Levels   []level `spec:"levels"`
	Array    [3]int
	Uints    []uint64
	Floats   []float32
	Bools    []bool
	Times    []time.Time
	Dates    []spec.Date
	Decimals []spec.Decimal
	UUIDs    []uuidLike `spec:"uuids"`
	Blobs    [][]byte
	Addrs    []netip.Addr
	Bigs     []*big.Int
	Nulls    []sql.NullInt64 `spec:"-"`
}

var full = everyType{
	Bool: true, Flag: true, Int: -1, Int8: -8, Int16: -16, Int32: -32, Int64: -64, UserID: 7,
	Uint8: 8, Uint16: 16, Uint32: 32, Level: 3, Uint: 1 << 63, Uint64: 64, Float32: 0.5, Float64: 0.25, Ratio: 1.5,
	Decimal: dec("1.5"), Price: "12.50", Cents: 1250, String: "s", Name: "ann", Upper: "up", Color: color{1, 255},
	Addr: netip.MustParseAddr("10.0.0.1"), Big: big.NewInt(12), BigHere: *big.NewInt(13), Grade: 4,
	Bytes: []byte("b"), Blob: blob("bb"), Time: noon, Stamp: "2024-07-01T14:00:00+02:00", Date: date(2024, 7, 1), Day: "2024-07-01",
	UUID: id, Key: id, Ref: idText, Status: "open",
	Strings: []string{"a", "b"}, Names: []name{"n"}, Ptrs: []*string{nil, ptr("p")}, Ints: []int32{1, 2}, Array: [3]int{1, 2, 3},
	Uints: []uint64{1 << 63}, Floats: []float32{0.5}, Bools: []bool{true}, Times: []time.Time{noon}, Dates: []spec.Date{date(2024, 7, 1)},
	Decimals: []spec.Decimal{dec("1.5")}, UUIDs: []uuidLike{id}, Blobs: [][]byte{[]byte("x")}, Addrs: []netip.Addr{netip.MustParseAddr("::1")},
	Bigs: []*big.Int{nil, big.NewInt(9)}, Levels: []level("lv"),
}

// fieldTypeTests: what is true of the row full, by field.
var fieldTypeTests = []spec.Specification{
	spec.Eq("bool", true), spec.Eq("flag", flagBool(true)),
	spec.Eq("int", -1), spec.Eq("int8", -8), spec.Eq("int16", -16), spec.Eq("int32", -32), spec.Eq("int64", -64), spec.Eq("user_id", userID(7)),
	spec.Eq("uint8", 8), spec.Eq("uint16", uint(16)), spec.Eq("uint32", 32), spec.Eq("level", level(3)), spec.Eq("uint", uint(1<<63)), spec.Eq("uint64", 64),
	spec.Eq("float32", 0.5), spec.Eq("float64", 0.25), spec.Eq("ratio", ratio(1.5)),
	spec.Eq("decimal", 1.5), spec.Eq("price", dec("12.5")), spec.Gt("price", 9), spec.Eq("cents", 12.5), spec.Lt("cents", dec("12.51")),
	spec.Eq("string", "s"), spec.Eq("name", name("ann")), spec.HasPrefix("name", name("a")), spec.Eq("upper", "up"), spec.Eq("upper", upper("up")),
	spec.Eq("color", "#01ff"), spec.HasPrefix("color", "#01"), spec.Eq("addr", "10.0.0.1"), spec.Matches("addr", `10\.`),
	spec.Eq("big", "12"), spec.Eq("big_here", "13"), spec.Eq("grade", 4),
	spec.Eq("bytes", []byte("b")), spec.Eq("blob", blob("bb")),
	spec.Eq("time", noon), spec.Eq("stamp", noon), spec.Eq("date", date(2024, 7, 1)), spec.Lt("day", date(2024, 7, 2)),
	spec.Eq("uuid", id), spec.Eq("key", uuidLike(id)), spec.Eq("ref", id), spec.Eq("status", "open"),
	spec.Contains("strings", "b"), spec.Contains("names", name("n")), spec.Contains("ptrs", "p"), spec.Contains("ints", 2), spec.Contains("array", 3),
	spec.Contains("uints", uint64(1<<63)), spec.Contains("floats", 0.5), spec.Contains("bools", true), spec.Contains("times", noon.In(tokyo)),
	spec.Contains("dates", date(2024, 7, 1)), spec.Contains("decimals", 1.5), spec.Contains("uuids", idText), spec.Contains("blobs", []byte("x")),
	spec.Contains("addrs", "::1"), spec.Contains("bigs", "9"), spec.Eq("levels", []byte("lv")),
}

func TestFieldTypes(t *testing.T) {
	tested := map[string]bool{}
	for _, s := range fieldTypeTests {
		if have := verdict(t, s, full); have != spec.True {
			t.Errorf("%v: have %v, want true", s, have)
		}
		if have := verdict(t, spec.Not(s), full); have != spec.False {
			t.Errorf("not %v: have %v, want false", s, have)
		}
		for leaf := range s.Leaves() {
			tested[leaf.Field] = true
			if have := verdict(t, spec.NotNull(leaf.Field), full); have != spec.True {
				t.Errorf("%s of the full row is not null: have %v, want true", leaf.Field, have)
			}
		}
	}
	for f := range must(spec.SchemaOf[everyType]())(t).Fields() {
		if !tested[f.Name] {
			t.Errorf("field %q has no test", f.Name)
		}
	}
}

// The kinds of doc.go, type by type.
func TestKindsOfFieldTypes(t *testing.T) {
	want := map[string]string{
		"bool": "bool", "flag": "bool", "int": "int", "int8": "int", "int16": "int", "int32": "int", "int64": "int", "user_id": "int",
		"uint8": "int", "uint16": "int", "uint32": "int", "level": "int", "uint": "uint", "uint64": "uint",
		"float32": "float", "float64": "float", "ratio": "float", "decimal": "decimal", "price": "decimal", "cents": "decimal null",
		"string": "string", "name": "string", "upper": "string", "color": "string", "addr": "string", "big": "string null", "big_here": "string",
		"grade": "int", "bytes": "bytes null", "blob": "bytes null", "time": "time", "stamp": "time", "date": "date", "day": "date",
		"uuid": "uuid", "key": "uuid", "ref": "uuid", "status": "string open|done", "strings": "list of string null", "names": "list of string null",
		"ptrs": "list of string null", "ints": "list of int null", "array": "list of int", "uints": "list of uint null", "floats": "list of float null",
		"bools": "list of bool null", "times": "list of time null", "dates": "list of date null", "decimals": "list of decimal null",
		"uuids": "list of uuid null", "blobs": "list of bytes null", "addrs": "list of string null", "bigs": "list of string null", "levels": "bytes null",
	}
	have := map[string]string{}
	for f := range must(spec.SchemaOf[everyType]())(t).Fields() {
		have[f.Name] = describe(f)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("kinds (-want +have):\n%s", diff)
	}
}

func describe(f spec.Field) string {
	text := f.Kind.String()
	if f.List {
		text = "list of " + text
	}
	if len(f.Labels) > 0 {
		text += " " + strings.Join(f.Labels, "|")
	}
	if f.Nullable {
		text += " null"
	}
	return text
}

// Values that a type cannot deliver compare with nothing; nil ones are null.
func TestFieldsThatFail(t *testing.T) {
	for _, test := range []struct {
		name string
		s    spec.Specification
		row  everyType
		want spec.Truth
	}{
		{"a Valuer that fails", spec.Ne("cents", 1), everyType{Cents: 666}, spec.Unknown},
		{"a Valuer that fails is not known to be null", spec.IsNull("cents"), everyType{Cents: 666}, spec.Unknown},
		{"a Valuer of null", spec.IsNull("cents"), everyType{Cents: -1}, spec.True},
		{"a MarshalText that fails", spec.Ne("color", "x"), everyType{Color: color{r: 255}}, spec.Unknown},
		{"a text that is no decimal", spec.Ne("price", 1), everyType{Price: "twelve"}, spec.Unknown},
		{"an empty text that is no decimal", spec.Ne("price", 1), everyType{}, spec.Unknown},
		{"a text that is no instant", spec.Ne("stamp", noon), everyType{Stamp: "2024-07-01"}, spec.Unknown},
		{"a text that is no date", spec.Ne("day", date(2024, 7, 1)), everyType{Day: "2024-07-01T00:00:00Z"}, spec.Unknown},
		{"a text that is no uuid", spec.Ne("ref", id), everyType{Ref: "x"}, spec.Unknown},
		{"a nil pointer that marshals", spec.IsNull("big"), everyType{}, spec.True},
		{"a zero value is not null", spec.IsNull("big_here"), everyType{}, spec.False},
		{"a zero address is the empty text", spec.Eq("addr", ""), everyType{}, spec.True},
	} {
		if have := verdict(t, test.s, test.row); have != test.want {
			t.Errorf("%s: have %v, want %v", test.name, have, test.want)
		}
	}
}

// A []byte with a MarshalText, as net.IP is, is a text.
func TestTextsMadeOfBytes(t *testing.T) {
	type host struct {
		IP  net.IP
		IPs []net.IP `spec:"ips"`
	}
	row := host{net.IPv4(10, 0, 0, 1), []net.IP{net.IPv4(10, 0, 0, 1)}}
	if have := verdict(t, spec.Eq("ip", "10.0.0.1").And(spec.Contains("ips", "10.0.0.1")), row); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
	if have := verdict(t, spec.IsNull("ip").And(spec.IsNull("ips")), host{}); have != spec.True {
		t.Errorf("nil: have %v, want true", have)
	}
}

// Elements whose MarshalText has a pointer receiver are addressed.
func TestListOfPointerReceivers(t *testing.T) {
	type row struct{ Bigs []big.Int }
	m, err := spec.Compile[row](spec.Contains("bigs", "7"))
	if err != nil {
		return // refused: as good
	}
	if have := m.Truth(&row{[]big.Int{*big.NewInt(7)}}); have != spec.True {
		t.Errorf("have %v, want true, or the type refused", have)
	}
}
