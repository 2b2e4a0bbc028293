package spec_test

import (
	"database/sql"
	"math"
	"math/big"
	"net/netip"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// flat has a field of every Go type that a row may have.
type flat struct {
	Bool    bool
	PBool   *bool
	I       int
	I8      int8
	I16     int16
	I32     int32
	I64     int64
	PI64    *int64
	NI32    sql.NullInt32
	U8      uint8
	U16     uint16
	U32     uint32
	U       uint
	U64     uint64
	PU64    *uint64
	F32     float32
	F64     float64
	NF64    sql.Null[float64]
	Dec     spec.Decimal
	PDec    *spec.Decimal
	DecText string `spec:"dec_text,decimal"`
	Cents   cents  `spec:"cents,decimal"`
	Text    string
	Name    name
	PText   *string
	NText   sql.NullString
	Addr    netip.Addr
	PBig    *big.Int
	Status  string `spec:"status,enum=open|done"`
	Bytes   []byte
	Time    time.Time
	PTime   *time.Time
	NTime   sql.NullTime
	Stamp   string `spec:"stamp,time"`
	Date    spec.Date
	PDate   *spec.Date
	UUID    [16]byte
	Key     uuidLike
	PUUID   *[16]byte `spec:"p_uuid"`
	Ref     string    `spec:"ref,uuid"`
	Texts   []string
	Ints    []int32
	PInts   []*int64
	Array   [2]float64
}

var cells = []cell{
	plain("bool", spec.KindBool, func(f *flat) *bool { return &f.Bool }, false, true),
	pointer("p_bool", spec.KindBool, func(f *flat) **bool { return &f.PBool }, false, true),
	plain("i", spec.KindInt, func(f *flat) *int { return &f.I }, math.MinInt64, -1, 0, 1, 7, two53, two53+1, math.MaxInt64),
	plain("i8", spec.KindInt, func(f *flat) *int8 { return &f.I8 }, -128, -1, 0, 1, 7, 127),
	plain("i16", spec.KindInt, func(f *flat) *int16 { return &f.I16 }, math.MinInt16, -1, 0, 1, 7, math.MaxInt16),
	plain("i32", spec.KindInt, func(f *flat) *int32 { return &f.I32 }, math.MinInt32, -1, 0, 1, 7, math.MaxInt32),
	plain("i64", spec.KindInt, func(f *flat) *int64 { return &f.I64 }, math.MinInt64, -1, 0, 1, 7, two53, two53+1, math.MaxInt64),
	pointer("pi64", spec.KindInt, func(f *flat) **int64 { return &f.PI64 }, -1, 0, 1, 7, math.MaxInt64),
	{field: "ni32", kind: spec.KindInt, draw: func(d dice, f *flat) any {
		f.NI32 = sql.NullInt32{Int32: one(d, []int32{-1, 0, 7}), Valid: d(4) > 0}
		return orNil(f.NI32.Valid, f.NI32.Int32)
	}},
	plain("u8", spec.KindInt, func(f *flat) *uint8 { return &f.U8 }, 0, 1, 7, 255),
	plain("u16", spec.KindInt, func(f *flat) *uint16 { return &f.U16 }, 0, 1, 7, math.MaxUint16),
	plain("u32", spec.KindInt, func(f *flat) *uint32 { return &f.U32 }, 0, 1, 7, math.MaxUint32),
	plain("u", spec.KindUint, func(f *flat) *uint { return &f.U }, 0, 1, 7, 1<<63, math.MaxUint64),
	plain("u64", spec.KindUint, func(f *flat) *uint64 { return &f.U64 }, 0, 1, 7, two53+1, math.MaxInt64, 1<<63, math.MaxUint64),
	pointer("pu64", spec.KindUint, func(f *flat) **uint64 { return &f.PU64 }, 0, 7, math.MaxUint64),
	{field: "f32", kind: spec.KindFloat, draw: func(d dice, f *flat) any {
		f.F32 = one(d, []float32{-1.5, 0, 0.1, 0.5, 1, 7, float32(math.Inf(1)), float32(math.NaN())})
		return float64(f.F32)
	}},
	plain("f64", spec.KindFloat, func(f *flat) *float64 { return &f.F64 }, math.Inf(-1), -1.5, math.Copysign(0, -1), 0, 0.1, 0.5, 1, 7, two53, 1e300, math.Inf(1), math.NaN()),
	{field: "nf64", kind: spec.KindFloat, draw: func(d dice, f *flat) any {
		f.NF64 = sql.Null[float64]{V: one(d, []float64{-1.5, 0, 0.1, 7, math.NaN()}), Valid: d(4) > 0}
		return orNil(f.NF64.Valid, f.NF64.V)
	}},
	plain("dec", spec.KindDecimal, func(f *flat) *spec.Decimal { return &f.Dec }, dec("-1.5"), dec("0"), dec("0.1"), dec("1"), dec("7"), dec("9007199254740993")),
	pointer("p_dec", spec.KindDecimal, func(f *flat) **spec.Decimal { return &f.PDec }, dec("-1.5"), dec("0"), dec("0.1"), dec("18446744073709551615")),
	plain("dec_text", spec.KindDecimal, func(f *flat) *string { return &f.DecText }, "-1.50", "0", "0.10", "7", "-0", "", "seven"),
	{field: "cents", kind: spec.KindDecimal, draw: func(d dice, f *flat) any {
		f.Cents = one(d, []cents{-1, 0, 10, 700})
		return orNil(f.Cents >= 0, quiet(f.Cents.Value()))
	}},
	plain("text", spec.KindString, func(f *flat) *string { return &f.Text }, rowTexts...),
	{field: "name", kind: spec.KindString, draw: func(d dice, f *flat) any { f.Name = name(one(d, rowTexts)); return string(f.Name) }},
	pointer("p_text", spec.KindString, func(f *flat) **string { return &f.PText }, rowTexts...),
	{field: "n_text", kind: spec.KindString, draw: func(d dice, f *flat) any {
		f.NText = sql.NullString{String: one(d, rowTexts), Valid: d(4) > 0}
		return orNil(f.NText.Valid, f.NText.String)
	}},
	{field: "addr", kind: spec.KindString, draw: func(d dice, f *flat) any {
		f.Addr = one(d, []netip.Addr{{}, netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("::a")})
		return string(quiet(f.Addr.MarshalText()))
	}},
	{field: "p_big", kind: spec.KindString, draw: func(d dice, f *flat) any {
		f.PBig = one(d, []*big.Int{nil, big.NewInt(-7), big.NewInt(7)})
		return orNil(f.PBig != nil, f.PBig.String())
	}},
	{field: "status", kind: spec.KindString, enum: true, draw: func(d dice, f *flat) any {
		f.Status = one(d, []string{"open", "done", "lost"})
		return f.Status
	}},
	{field: "bytes", kind: spec.KindBytes, draw: func(d dice, f *flat) any {
		f.Bytes = one(d, [][]byte{nil, {}, {0}, {'a'}, {255}})
		return orNil(f.Bytes != nil, f.Bytes)
	}},
	plain("time", spec.KindTime, func(f *flat) *time.Time { return &f.Time }, rowTimes...),
	pointer("p_time", spec.KindTime, func(f *flat) **time.Time { return &f.PTime }, rowTimes...),
	{field: "n_time", kind: spec.KindTime, draw: func(d dice, f *flat) any {
		f.NTime = sql.NullTime{Time: one(d, rowTimes), Valid: d(4) > 0}
		return orNil(f.NTime.Valid, f.NTime.Time)
	}},
	plain("stamp", spec.KindTime, func(f *flat) *string { return &f.Stamp }, "2024-07-01T14:00:00+02:00", "2024-07-01T12:00:00.000001Z", "", "now"),
	plain("date", spec.KindDate, func(f *flat) *spec.Date { return &f.Date }, date(2024, 7, 1), date(2024, 2, 29), date(1, 1, 1), date(2023, 2, 29), spec.Date{}),
	pointer("p_date", spec.KindDate, func(f *flat) **spec.Date { return &f.PDate }, date(2024, 7, 1), date(9999, 12, 31)),
	plain("uuid", spec.KindUUID, func(f *flat) *[16]byte { return &f.UUID }, id, [16]byte{}, [16]byte{255}),
	{field: "key", kind: spec.KindUUID, draw: func(d dice, f *flat) any { f.Key = one(d, []uuidLike{id, {}}); return [16]byte(f.Key) }},
	pointer("p_uuid", spec.KindUUID, func(f *flat) **[16]byte { return &f.PUUID }, id, [16]byte{255}),
	plain("ref", spec.KindUUID, func(f *flat) *string { return &f.Ref }, idText, "00000000-0000-0000-0000-000000000000", "", "x"),
	{field: "texts", kind: spec.KindString, list: true, draw: func(d dice, f *flat) any {
		f.Texts = one(d, [][]string{nil, {}, {"a"}, {"a", "b"}, {"", "é"}})
		return orNil(f.Texts != nil, f.Texts)
	}},
	{field: "ints", kind: spec.KindInt, list: true, draw: func(d dice, f *flat) any {
		f.Ints = one(d, [][]int32{nil, {}, {1}, {7, 1}, {0, -1}})
		return orNil(f.Ints != nil, f.Ints)
	}},
	{field: "p_ints", kind: spec.KindInt, list: true, draw: func(d dice, f *flat) any {
		f.PInts = one(d, [][]*int64{nil, {}, {nil}, {ptr[int64](1), nil}, {ptr[int64](7)}})
		return orNil(f.PInts != nil, f.PInts)
	}},
	{field: "array", kind: spec.KindFloat, list: true, draw: func(d dice, f *flat) any {
		f.Array = one(d, [][2]float64{{}, {0.1, 1}, {7, -1.5}})
		return []any{f.Array[0], f.Array[1]}
	}},
}

func plain[T any](field string, kind spec.Kind, at func(*flat) *T, values ...T) cell {
	return cell{field: field, kind: kind, draw: func(d dice, f *flat) any {
		v := one(d, values)
		*at(f) = v
		return v
	}}
}

func pointer[T any](field string, kind spec.Kind, at func(*flat) **T, values ...T) cell {
	return cell{field: field, kind: kind, draw: func(d dice, f *flat) any {
		if d(4) == 0 {
			*at(f) = nil
			return nil
		}
		v := one(d, values)
		*at(f) = &v
		return v
	}}
}

func orNil(ok bool, v any) any {
	if ok {
		return v
	}
	return nil
}

// quiet is for what cannot fail here.
func quiet[V any](v V, _ error) V { return v }
