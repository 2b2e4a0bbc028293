package payload_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

func TestAudienceJSON(t *testing.T) {
	for _, tt := range []struct {
		in  string
		out string // "" if it is refused
		has bool
	}{
		{`"api"`, `"api"`, true},
		{`["api"]`, `"api"`, true},
		{`["x","api"]`, `["x","api"]`, true},
		{`["x"]`, `"x"`, false},
		{`[]`, `[]`, false},
		{`""`, `""`, false},
		{`"\u0061pi"`, `"api"`, true},
		{`7`, ``, false},
		{`null`, ``, false},
		{`["api",7]`, ``, false},
		{`["api",null]`, ``, false},
		{`{"api":1}`, ``, false},
		{``, ``, false},
		{`"`, ``, false},
		{`[`, ``, false},
	} {
		var a payload.Audience
		err := a.UnmarshalJSON([]byte(tt.in))
		if (err != nil) != (tt.out == "") {
			t.Errorf("%s: %v", tt.in, err)
		}
		if err != nil {
			continue
		}
		out, err := json.Marshal(a)
		if string(out) != tt.out || err != nil || a.Has("api") != tt.has {
			t.Errorf("%s is written %s, %v; has api: %v", tt.in, out, err, a.Has("api"))
		}
	}
	if out, err := json.Marshal(payload.Audience(nil)); string(out) != "[]" || err != nil {
		t.Errorf("nil is written %s, %v", out, err)
	}
}

func TestNumericDateJSON(t *testing.T) {
	for _, tt := range []struct{ in, out string }{ // out "" if it is refused
		{`0`, `0`},
		{`-0`, `0`},
		{`1767225600`, `1767225600`},
		{`1767225600.0`, `1767225600`},
		{`1767225600.75`, `1767225600.75`},
		{`1767225600.000000001`, `1767225600.000000001`},
		{`1767225600.1234567890`, `1767225600.123456789`},
		{`1.7672256e9`, `1767225600`},
		{`17672256000E-1`, `1767225600`},
		{`253402300799.999999999`, `253402300799.999999999`},
		{`253402300800`, ``},
		{`253402300799.9999999999`, ``},
		{`1767225600000`, ``},
		{`-1`, ``},
		{`-0.5`, ``},
		{`1e300`, ``},
		{`1e-10`, ``},
		{`1e-999999999`, ``},
		{`1e99`, ``},
		{`18446744073709551616`, ``},
		{`"1767225600"`, ``},
		{`"1.5"`, ``},
		{`true`, ``},
		{`[]`, ``},
		{`[1.5]`, ``},
		{`{"a":1e5}`, ``},
	} {
		var d payload.NumericDate
		err := json.Unmarshal([]byte(tt.in), &d)
		if (err != nil) != (tt.out == "") {
			t.Errorf("%s: %v, %v", tt.in, d, err)
		}
		if err != nil {
			continue
		}
		if out, err := json.Marshal(d); string(out) != tt.out || err != nil {
			t.Errorf("%s is written %s, %v", tt.in, out, err)
		}
	}
	for _, in := range []string{"", " ", "1/2.0", "0x1p4e", "1_0.0", "+1.0", ".5", "Inf.e", "1.5x"} {
		if err := new(payload.NumericDate).UnmarshalJSON([]byte(in)); err == nil {
			t.Errorf("%q is read", in)
		}
	}
	for _, out := range []time.Time{time.Unix(-1, 0), time.Unix(253402300800, 0)} {
		if data, err := json.Marshal(payload.NumericDate{Time: out}); err == nil {
			t.Errorf("%v is written %s", out, data)
		}
	}
}

// Registered survives a round trip, and the zero Registered is an empty object.
func TestRegisteredJSON(t *testing.T) {
	full := Claims{Registered: payload.Registered{
		Issuer: "i", Subject: "s", Audience: payload.Audience{"a", "b"}, ID: "j", Type: "t", Roles: []string{"r"},
		ExpiresAt: payload.NumericDate{Time: now}, NotBefore: payload.NumericDate{Time: now.Add(time.Millisecond)},
	}}
	for want, in := range map[string]Claims{
		`{}`: {},
		`{"iss":"i","sub":"s","aud":["a","b"],"exp":1767225600,"nbf":1767225600.001,"jti":"j","typ":"t","roles":["r"]}`: full,
	} {
		data := must[[]byte](t)(json.Marshal(in))
		if string(data) != want {
			t.Errorf("written %s, want %s", data, want)
		}
		var back Claims
		if err := json.Unmarshal(data, &back); err != nil || !cmp.Equal(in, back) {
			t.Errorf("read back %+v, %v", back, err)
		}
	}
}
