package spectest

import (
	"time"

	"github.com/rolespec/rolespec/spec"
)

var bytesCases = []Case{
	ask("equal bytes", "with a NUL in them", spec.Eq("raw", []byte{'a', 0}), each("raw", []byte{'a', 0}, []byte("a"), []byte{'a', 0, 0}, nil), "TFFU"),
	ask("bytes are not text", `PostgreSQL reads \x41 as bytes where it is sent as text`, spec.Eq("raw", []byte(`\x61`)), each("raw", []byte(`\x61`), []byte("a")), "TF"),
	ask("bytes that are no text", "0xff is no UTF-8", spec.Eq("raw", []byte{0xff}), each("raw", []byte{0xff}, []byte{0xfe}, nil), "TFU"),
	ask("empty bytes", "equal to themselves, and not to null", spec.Eq("raw", []byte{}), each("raw", []byte{}, []byte{0}, nil), "TFU"),
	ask("nil bytes", "they are null", spec.Eq("raw", []byte(nil)), each("raw", []byte{}, nil), "UU"),
	ask("order of bytes", "unsigned, and a prefix first", spec.Lt("raw", []byte{0x80}), each("raw", []byte{0x7f, 0xff}, []byte{0x80}, []byte{0xff}, []byte{}, nil), "TFFTU"),
	ask("case of bytes", "they have none", spec.Ne("raw", []byte("a")), each("raw", []byte("a"), []byte("A"), []byte("a ")), "FTT"),
}

var timeCases = []Case{
	ask("one instant in two zones", "as text they differ", spec.Eq("at", noon), each("at", noon, noon.In(berlin), noon.Add(time.Hour), nil), "TTFU"),
	ask("an instant given in another zone", "the same", spec.Eq("at", noon.In(berlin)), each("at", noon, noon.Add(2*time.Hour)), "TF"),
	ask("an instant given as text", "RFC 3339 with its zone", spec.Eq("at", "2024-07-01T14:00:00+02:00"), each("at", noon, noon.Add(time.Second)), "TF"),
	ask("order of instants", "as text .5Z comes before Z", spec.Gt("at", noon), each("at", noon.Add(500*time.Millisecond), noon, noon.Add(-time.Microsecond), nil), "TFFU"),
	ask("microseconds", "one more is another instant", spec.Eq("at", noon.Add(time.Microsecond)), each("at", noon, noon.Add(time.Microsecond), noon.Add(2*time.Microsecond)), "FTF"),
	ask("nanoseconds", "cut, on both sides", spec.Eq("at", noon.Add(999*time.Nanosecond)), each("at", noon, noon.Add(time.Microsecond)), "TF"),
	ask("before 1970", "microseconds are cut towards the past", spec.Lt("at", time.Unix(0, 0)), each("at", time.Unix(0, 0).UTC(), time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC)), "FT"),
	ask("the first year", "the year 1", spec.Lte("at", time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)), each("at", time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), noon), "TF"),
	ask("the last year", "the year 9999", spec.Gte("at", time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)), each("at", time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC), noon), "TF"),
	ask("a day of another zone", "in Berlin it is tomorrow already", spec.Lt("at", time.Date(2024, 7, 1, 22, 31, 0, 0, time.UTC)), each("at", time.Date(2024, 7, 2, 0, 30, 0, 0, berlin), time.Date(2024, 7, 2, 0, 30, 0, 0, time.UTC)), "TF"),
	ask("an instant without a zone", "the wall clock of UTC, whatever the zone of the session", spec.Eq("local", noon), each("local", noon, noon.In(berlin), noon.Add(2*time.Hour), nil), "TTFU"),
	ask("order without a zone", "the same for order", spec.Lte("local", noon.In(berlin)), each("local", noon, noon.Add(time.Microsecond), noon.Add(-time.Hour)), "TFT"),
	ask("in, without a zone", "and for lists", spec.In("local", noon.In(berlin), noon.Add(time.Second)), each("local", noon, noon.Add(time.Hour), nil), "TFU"),
}

var dateCases = []Case{
	ask("equal days", "a day has no zone", spec.Eq("day", day("2024-07-01")), each("day", day("2024-07-01"), day("2024-07-02"), nil), "TFU"),
	ask("order of days", "and an order", spec.Lt("day", day("2024-07-01")), each("day", day("2024-06-30"), day("2024-07-01"), day("2023-12-31"), nil), "TFTU"),
	ask("a day given as text", "YYYY-MM-DD", spec.Gte("day", "2024-02-29"), each("day", day("2024-02-29"), day("2024-02-28"), nil), "TFU"),
	ask("the first and the last day", "the years 1 to 9999", spec.Between("day", day("0001-01-01"), day("9999-12-31")), each("day", day("0001-01-01"), day("9999-12-31"), nil), "TTU"),
	ask("before 1970, days", "negative numbers of days", spec.Gt("day", day("1969-12-31")), each("day", day("1970-01-01"), day("1969-12-31")), "TF"),
}

var uuidCases = []Case{
	ask("equal uuids", "in either case", spec.Eq("key", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), each("key", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", keys[0], nil), "TTFU"),
	ask("a uuid of octets", "what a program has", spec.Eq("key", [16]byte{15: 1}), each("key", "00000000-0000-0000-0000-000000000001", keys[0]), "TF"),
	ask("order of uuids", "by the first octet; MariaDB begins with the last group", spec.Lt("key", "00000001-0000-1000-8000-fffffffffffe"), each("key", "00000001-0000-1000-8000-000000000000", "ffffffff-0000-1000-8000-000000000001", "00000000-ffff-1000-8000-ffffffffffff", nil), "TFTU"),
	ask("equal tokens", "UUIDs as 16 bytes", spec.Eq("token", keys[1]), each("token", keys[1], keys[2], nil), "TFU"),
	ask("order of tokens", "as bytes", spec.Gte("token", keys[5]), each("token", keys[5], keys[3], keys[4], nil), "TTFU"),
	ask("in tokens", "lists of bytes", spec.In("token", keys[1], keys[0]), each("token", keys[1], keys[2], keys[0], nil), "TFTU"),
	ask("the zero uuid", "it is a UUID, not null", spec.Ne("key", [16]byte{}), each("key", keys[0], keys[1], nil), "FTU"),
}

var enumCases = []Case{
	ask("equal labels", "Calm is not calm", spec.Eq("mood", "calm"), each("mood", "calm", "Calm", "cross", nil), "TFFU"),
	ask("unequal labels", "three values", spec.Ne("mood", "calm"), each("mood", "calm", "Calm", nil), "FTU"),
	ask("in labels", "lists of labels", spec.In("mood", "Calm", "cross"), each("mood", "calm", "Calm", "cross", nil), "FTTU"),
	ask("distinct labels", "null counts", spec.Distinct("mood", "Calm"), each("mood", "calm", "Calm", nil), "TFT"),
	ask("no label", "an enum can be null", spec.IsNull("mood"), each("mood", "calm", nil), "FT"),
}
