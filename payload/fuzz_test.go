package payload_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rolespec/rolespec/payload"
)

// FuzzVerify: no token but the issued ones is accepted, whatever is done to them, and
// nothing panics.
func FuzzVerify(f *testing.F) {
	v, tokens := everyKey(f)
	known := map[string]bool{}
	for _, token := range tokens {
		known[token] = true
		f.Add(token)
	}
	for _, c := range tokenCases(f) {
		if !known[c.Token] && len(c.Token) < 1<<12 {
			f.Add(c.Token)
		}
	}
	f.Fuzz(func(t *testing.T, token string) {
		claims, err := v.Verify(ctx, token)
		if err != nil {
			refused(t, err)
			return
		}
		// The signature of an ECDSA token has a second form, (r, n-s); the rest has none.
		signed := token[:strings.LastIndexByte(token, '.')+1]
		for issued := range known {
			if strings.HasPrefix(issued, signed) {
				return
			}
		}
		t.Fatalf("accepted %q: %+v", token, claims)
	})
}

// FuzzSigned: with any header and body under a right signature, what is accepted is what
// an independent and simple-minded reading of the JSON says.
func FuzzSigned(f *testing.F) {
	f.Add(goodHeader, goodBody)
	for _, tt := range refusalTests {
		f.Add(tt.header, tt.body)
	}
	for _, tt := range choiceTests {
		f.Add(tt.header, tt.body)
	}
	v := verifier[Claims](f)
	f.Fuzz(func(t *testing.T, header, body string) {
		claims, err := v.Verify(ctx, mint(t, header, body))
		if err != nil {
			refused(t, err)
			return
		}
		head, all := plain(t, header), plain(t, body)
		if head["alg"] != "HS256" || head["crit"] != nil || head["b64"] != nil || head["kid"] != nil {
			t.Errorf("accepted the header %q", header)
		}
		if all["iss"] != issuer || all["typ"] != payload.TypeAccess || all["account"] != nil && all["account"] != claims.Account {
			t.Errorf("accepted the body %q", body)
		}
		switch aud := all["aud"].(type) {
		case string:
			if aud != audience {
				t.Errorf("accepted the audience of %q", body)
			}
		case []any:
			if !claims.Audience.Has(audience) || len(aud) != len(claims.Audience) {
				t.Errorf("accepted the audience of %q", body)
			}
		default:
			t.Errorf("accepted the audience of %q", body)
		}
		roles, _ := all["roles"].([]any)
		if len(roles) != len(claims.RoleNames()) {
			t.Errorf("%q has the roles %q", body, claims.RoleNames())
		}
		for i, role := range roles {
			if role != claims.Roles[i] {
				t.Errorf("%q has the roles %q", body, claims.RoleNames())
			}
		}
		exp, err := all["exp"].(json.Number).Float64()
		if err != nil || exp < float64(now.Unix()) || claims.ExpiresAt.Sub(time.Unix(int64(exp), 0)).Abs() > 2*time.Second {
			t.Errorf("%q expires at %v", body, claims.ExpiresAt)
		}
	})
}

// plain reads an object with the standard library, after refusing names used twice.
func plain(t *testing.T, text string) map[string]any {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("accepted what is not UTF-8: %q", text)
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	unique(t, d)
	var all map[string]any
	d = json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&all); err != nil || all == nil {
		t.Fatalf("accepted %q: %v", text, err)
	}
	return all
}

// unique reads one value and fails if an object in it has a name twice.
func unique(t *testing.T, d *json.Decoder) {
	t.Helper()
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	open, nested := token.(json.Delim)
	if !nested {
		return
	}
	names := map[string]bool{}
	for d.More() {
		if open == '{' {
			name, err := d.Token()
			if err != nil || names[name.(string)] {
				t.Fatalf("accepted the name %v twice, %v", name, err)
			}
			names[name.(string)] = true
		}
		unique(t, d)
	}
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
}
