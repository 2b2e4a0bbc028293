package spec_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

func TestDate(t *testing.T) {
	for text, want := range map[string]spec.Date{
		"2024-02-29": date(2024, 2, 29), "0001-01-01": date(1, 1, 1), "9999-12-31": date(9999, 12, 31), "2000-02-29": date(2000, 2, 29),
	} {
		have, err := spec.ParseDate(text)
		if err != nil || have != want || have.String() != text || !have.Valid() {
			t.Errorf("%s: have %v (error %v)", text, have, err)
		}
	}
	for _, text := range []string{
		"", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32", "0000-01-01", "10000-01-01", "-001-01-01", "2024-1-1", "24-01-01",
		"2024/01/01", " 2024-01-01", "2024-01-01 ", "2024-01-01T00:00:00Z", "20240101", "today", "2024-01-01\x00",
	} {
		if d, err := spec.ParseDate(text); err == nil || d != (spec.Date{}) {
			t.Errorf("%q: have %v, want an error", text, d)
		}
	}
	for _, d := range []spec.Date{{}, date(2023, 2, 29), date(0, 1, 1), date(10000, 1, 1), date(2024, 0, 1), date(2024, 13, 1), date(2024, 1, -1), date(-1, 1, 1)} {
		if d.Valid() {
			t.Errorf("%v is a day", d)
		}
		if text, err := d.MarshalText(); err == nil {
			t.Errorf("%#v marshals as %s", d, text)
		}
		if v, err := d.Value(); err == nil {
			t.Errorf("%#v goes to the database as %v", d, v)
		}
	}
}

// A day is that of the instant's own location, not that of UTC.
func TestDateOf(t *testing.T) {
	late := time.Date(2024, 7, 1, 23, 30, 0, 0, time.UTC)
	if have := spec.DateOf(late); have != date(2024, 7, 1) {
		t.Errorf("UTC: have %v", have)
	}
	if have := spec.DateOf(late.In(tokyo)); have != date(2024, 7, 2) {
		t.Errorf("Tokyo: have %v", have)
	}
}

func TestDateElsewhere(t *testing.T) {
	type invoice struct{ Due spec.Date }
	text, err := json.Marshal(invoice{date(2024, 7, 1)})
	if err != nil || string(text) != `{"Due":"2024-07-01"}` {
		t.Errorf("JSON: %s (error %v)", text, err)
	}
	var back invoice
	if err := json.Unmarshal(text, &back); err != nil || back.Due != date(2024, 7, 1) {
		t.Errorf("JSON: %v (error %v)", back, err)
	}
	if v, err := date(2024, 7, 1).Value(); err != nil || v != "2024-07-01" {
		t.Errorf("database: %v (error %v)", v, err)
	}
	for _, src := range []any{"2024-07-01", []byte("2024-07-01"), noon, noon.In(tokyo), time.Date(2024, 7, 2, 1, 0, 0, 0, berlin)} {
		var d spec.Date
		if err := d.Scan(src); err != nil || d != date(2024, 7, 1) {
			t.Errorf("scan of %v: %v (error %v)", src, d, err)
		}
	}
	for _, src := range []any{nil, 20240701, "x", "2024-07-01 00:00:00"} {
		var d spec.Date
		if err := d.Scan(src); err == nil || d.Valid() {
			t.Errorf("scan of %v: %v, want an error", src, d)
		}
	}
}
