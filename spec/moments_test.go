package spec_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

var (
	noon   = time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	berlin = time.FixedZone("Berlin", 2*3600)
	tokyo  = time.FixedZone("Tokyo", 9*3600)
	id     = [16]byte{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10}
)

const idText = "01234567-89ab-cdef-fedc-ba9876543210"

func moment(t time.Time) sample { return sample{Time: &t} }
func status(s string) sample    { return sample{Status: &s} }
func octets(b ...byte) sample   { return sample{Bytes: b} }
func day(y, m, d int) sample {
	return sample{Date: ptr(spec.Date{Year: y, Month: time.Month(m), Day: d})}
}
func date(y, m, d int) spec.Date { return spec.Date{Year: y, Month: time.Month(m), Day: d} }

var momentTests = []opTest{
	{"one instant in two zones", spec.Eq("time", noon.In(berlin)), moment(noon.In(tokyo)), spec.True, "an instant has no zone"},
	{"an hour earlier by the clock, later in truth", spec.Gt("time", noon.In(tokyo)), moment(noon.Add(time.Hour).In(berlin)), spec.True, "an instant has no zone"},
	{"a day later by the clock, earlier in truth", spec.Lt("time", time.Date(2024, 7, 1, 23, 30, 0, 0, time.UTC)), moment(time.Date(2024, 7, 2, 1, 0, 0, 0, berlin)), spec.True, "an instant has no zone"},
	{"nanoseconds are cut from the row", spec.Eq("time", noon), moment(noon.Add(999)), spec.True, "no engine keeps them"},
	{"nanoseconds are cut from the value", spec.Eq("time", noon.Add(999)), moment(noon), spec.True, "no engine keeps them"},
	{"nanoseconds are cut, not rounded", spec.Lt("time", noon.Add(time.Microsecond)), moment(noon.Add(999)), spec.True, "999 ns are 0 µs"},
	{"nanoseconds are cut before 1970", spec.Eq("time", time.Date(1969, 7, 1, 0, 0, 0, 1999, time.UTC)), moment(time.Date(1969, 7, 1, 0, 0, 0, 1000, time.UTC)), spec.True, "towards the past, as after it"},
	{"microseconds count", spec.Eq("time", noon), moment(noon.Add(time.Microsecond)), spec.False, "they are kept"},
	{"half a second", spec.Lt("time", noon.Add(time.Second/2)), moment(noon), spec.True, "as text, Z comes after a point"},
	{"monotonic clock", spec.Gte("time", time.Now().Add(time.Hour)), moment(time.Now()), spec.False, "the wall clock alone counts"},
	{"zero time of a row", spec.Lt("time", noon), moment(time.Time{}), spec.True, "a database stores it as the year 1"},
	{"zero time of a row is not null", spec.IsNull("time"), moment(time.Time{}), spec.False, "it is an instant"},
	{"last instant", spec.Gt("time", noon), moment(time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)), spec.True, "the year 9999"},
	{"row beyond the year 9999", spec.Gt("time", noon), moment(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), spec.Unknown, "no engine can hold it"},
	{"row before the year 1", spec.Lt("time", noon), moment(time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)), spec.Unknown, "no engine can hold it"},
	{"row far beyond", spec.Gt("time", noon), moment(time.Unix(1<<60, 0)), spec.Unknown, "its microseconds overflow an int64"},
	{"time In", spec.In("time", noon, noon.In(tokyo).Add(1)), moment(noon.In(berlin)), spec.True, "an instant has no zone"},
	{"time Distinct", spec.Distinct("time", noon.In(tokyo)), moment(noon), spec.False, "an instant has no zone"},
	{"time as text", spec.Eq("time", "2024-07-01T14:00:00+02:00"), moment(noon), spec.True, "RFC 3339, as JSON writes it"},
	{"time as text with a fraction", spec.Eq("time", "2024-07-01T12:00:00.0000019Z"), moment(noon.Add(time.Microsecond)), spec.True, "cut to microseconds"},

	{"date Eq", spec.Eq("date", date(2024, 7, 1)), day(2024, 7, 1), spec.True, "one day"},
	{"date order of days", spec.Lt("date", date(2024, 7, 10)), day(2024, 7, 9), spec.True, "not as text"},
	{"date order of years", spec.Lt("date", date(1000, 1, 1)), day(999, 12, 31), spec.True, "not as text"},
	{"date order of months", spec.Gt("date", date(2024, 1, 31)), day(2024, 2, 1), spec.True, "the month before the day"},
	{"date In", spec.In("date", date(2024, 2, 29)), day(2024, 2, 29), spec.True, "a leap day"},
	{"date as text", spec.Gte("date", "2024-07-01"), day(2024, 7, 1), spec.True, "YYYY-MM-DD"},
	{"date of a row that is no day", spec.Ne("date", date(2024, 7, 1)), day(2023, 2, 29), spec.Unknown, "it compares with nothing"},
	{"zero date of a row", spec.Lt("date", date(2024, 7, 1)), day(0, 0, 0), spec.Unknown, "it is no day and matches nothing"},

	{"uuid Eq", spec.Eq("uuid", id), sample{UUID: ptr(id)}, spec.True, "octet by octet"},
	{"uuid as text", spec.Eq("uuid", idText), sample{UUID: ptr(id)}, spec.True, "RFC 9562"},
	{"uuid as text in upper case", spec.Eq("uuid", "01234567-89AB-CDEF-FEDC-BA9876543210"), sample{UUID: ptr(id)}, spec.True, "read in either case"},
	{"uuid order", spec.Gt("uuid", [16]byte{0x01}), sample{UUID: ptr(id)}, spec.True, "by the octets"},
	{"uuid zero", spec.Eq("uuid", [16]byte{}), sample{UUID: &[16]byte{}}, spec.True, "the nil UUID is a value"},
	{"uuid zero is not null", spec.IsNull("uuid"), sample{UUID: &[16]byte{}}, spec.False, "the nil UUID is a value"},
	{"uuid In texts", spec.In("uuid", idText), sample{UUID: ptr(id)}, spec.True, "each is converted"},

	{"enum Eq", spec.Eq("status", "open"), status("open"), spec.True, "a label"},
	{"enum In", spec.In("status", "open", "done"), status("done"), spec.True, "labels"},
	{"enum Ne", spec.Ne("status", "open"), status("done"), spec.True, "another label"},
	{"enum row with a label nobody declared", spec.Ne("status", "open"), status("lost"), spec.True, "a text that is not open"},
	{"enum null", spec.Ne("status", "open"), sample{}, spec.Unknown, "no label"},

	{"bytes Eq", spec.Eq("bytes", []byte{0, 255}), octets(0, 255), spec.True, "any bytes, NUL too"},
	{"bytes nil", spec.Eq("bytes", []byte{}), sample{}, spec.Unknown, "nil is null, not the empty bytes"},
	{"bytes empty, not nil", spec.Eq("bytes", []byte{}), sample{Bytes: []byte{}}, spec.True, "no bytes are a value"},
	{"bytes nil value", spec.Eq("bytes", []byte(nil)), octets(1), spec.Unknown, "nil is null"},
	{"bytes order", spec.Lt("bytes", []byte{1}), octets(0, 255), spec.True, "byte by byte, unsigned"},
	{"bytes order of high bytes", spec.Gt("bytes", []byte{127}), octets(128), spec.True, "byte by byte, unsigned"},
	{"bytes In", spec.In("bytes", []byte("a"), []byte("b")), octets('b'), spec.True, "as any other kind"},
}

func TestMoments(t *testing.T) { runOpTests(t, momentTests) }

// Text stands for other kinds only in the one form that JSON has for them.
func TestMomentsRefused(t *testing.T) {
	for name, s := range map[string]spec.Specification{
		"a date beside an instant":            spec.Eq("time", date(2024, 7, 1)),
		"an instant beside a date":            spec.Eq("date", noon),
		"the text of a date as an instant":    spec.Eq("time", "2024-07-01"),
		"the text of an instant as a date":    spec.Eq("date", "2024-07-01T00:00:00Z"),
		"an instant without a zone":           spec.Eq("time", "2024-07-01T12:00:00"),
		"a word":                              spec.Lt("time", "now"),
		"a word as a date":                    spec.Lt("date", "today"),
		"a short date":                        spec.Eq("date", "2024-7-1"),
		"a day that is none":                  spec.Eq("date", "2023-02-29"),
		"the year 0":                          spec.Gt("date", "0000-01-01"),
		"the zero instant as text":            spec.Gt("time", "0001-01-01T00:00:00Z"),
		"the year 10000 in UTC":               spec.Lt("time", "9999-12-31T23:59:59-01:00"),
		"microseconds as an instant":          spec.Eq("time", noon.UnixMicro()),
		"a number beside a date":              spec.Eq("date", 20240701),
		"a short uuid":                        spec.Eq("uuid", idText[1:]),
		"a uuid without dashes":               spec.Eq("uuid", "0123456789abcdeffedcba9876543210"),
		"a uuid in braces":                    spec.Eq("uuid", "{"+idText+"}"),
		"a uuid with another letter":          spec.Eq("uuid", "g"+idText[1:]),
		"bytes beside a uuid":                 spec.Eq("uuid", id[:]),
		"a uuid beside bytes":                 spec.Eq("bytes", id),
		"a text beside bytes":                 spec.Eq("bytes", "a"),
		"bytes beside a text":                 spec.Eq("text", []byte("a")),
		"a label that is not declared":        spec.Eq("status", "Open"),
		"such a label under Ne":               spec.Ne("status", "opne"),
		"such a label in a list":              spec.In("status", "open", "opne"),
		"such a label under Distinct":         spec.Distinct("status", ""),
		"an order of labels":                  spec.Lt("status", "open"),
		"a prefix of labels":                  spec.HasPrefix("status", "op"),
		"a part of labels":                    spec.Contains("status", "op"),
		"a pattern for labels":                spec.Matches("status", "op"),
		"a prefix of an instant":              spec.HasPrefix("time", "2024"),
		"a part of a uuid":                    spec.Contains("uuid", "01"),
		"a part of bytes":                     spec.Contains("bytes", []byte("a")),
		"a uuid in the middle of other bytes": spec.In("uuid", idText, "not a uuid"),
	} {
		if m, err := spec.Compile[sample](s); err == nil || m != nil {
			t.Errorf("%s: %v compiles", name, s)
		}
	}
}

// Such a text may come from a claim, so it must not panic.
func TestUUIDTextWithAFifthDash(t *testing.T) {
	mustNotPanic(t, func() {
		_, err := spec.Compile[sample](spec.Eq("uuid", "-0000000-0000-0000-0000-000000000000"))
		if !errors.Is(err, spec.ErrType) {
			t.Errorf("have %v, want ErrType", err)
		}
	})
}

// time.Parse is more lenient than RFC 3339.
func TestOnlyRFC3339IsAnInstant(t *testing.T) {
	for _, text := range []string{"2024-07-01T9:00:00Z", "2024-07-01T09:00:00,5Z", "2024-07-01T09:00:00+24:00", "2024-07-01T09:00:00+12:60"} {
		if _, err := spec.Compile[sample](spec.Lt("time", text)); !errors.Is(err, spec.ErrType) {
			t.Errorf("%s: have %v, want ErrType", text, err)
		}
	}
}
