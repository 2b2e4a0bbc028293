package payload_test

import (
	"encoding/base64"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

func TestVerifyAccepts(t *testing.T) {
	at := func(seconds int64) payload.NumericDate {
		return payload.NumericDate{Time: time.Unix(seconds, 0).UTC()}
	}
	want := Claims{
		Registered: payload.Registered{
			Issuer: issuer, Subject: "u1", Audience: payload.Audience{"api"}, ID: "j1", Type: "access",
			ExpiresAt: at(1767229200), NotBefore: at(1767225600), IssuedAt: at(1767225600),
			Roles: []string{"admin", "user"},
		},
		Account: "a1",
		Profile: &Profile{Tenant: "t", Tags: []string{"x"}},
	}
	token := mint(t, goodHeader, with(`"profile":{"tenant":"t","tags":["x"]}`))
	got, err := verifier[Claims](t).Verify(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	pointer, err := verifier[*Claims](t).Verify(ctx, token)
	if err != nil || !cmp.Equal(&want, pointer) {
		t.Errorf("into a pointer: %+v, %v", pointer, err)
	}
	registered, err := verifier[payload.Registered](t).Verify(ctx, token)
	if err != nil || !cmp.Equal(want.Registered, registered) {
		t.Errorf("into Registered: %+v, %v", registered, err)
	}
}

func replace(old, new string) string {
	if !strings.Contains(goodBody, old) {
		panic("not in goodBody: " + old)
	}
	return strings.Replace(goodBody, old, new, 1)
}

func deep(levels int) string {
	return with(`"d":` + strings.Repeat("[", levels) + strings.Repeat("]", levels))
}

// refusalTests are signed with the right key, so only the strictness stands between them
// and the service.
var refusalTests = []struct {
	name, header, body string
	want               error
}{
	{"header: list", `["alg"]`, goodBody, payload.ErrMalformed},
	{"header: null", `null`, goodBody, payload.ErrMalformed},
	{"header: trailing", goodHeader + "x", goodBody, payload.ErrMalformed},
	{"header: not UTF-8", "{\"alg\":\"HS256\",\"x\":\"\xff\"}", goodBody, payload.ErrMalformed},
	{"header: BOM", "\ufeff" + goodHeader, goodBody, payload.ErrMalformed},
	{"header: no alg", `{"typ":"JWT"}`, goodBody, payload.ErrMalformed},
	{"header: alg empty", `{"alg":""}`, goodBody, payload.ErrMalformed},
	{"header: alg null", `{"alg":null}`, goodBody, payload.ErrMalformed},
	{"header: alg list", `{"alg":["HS256"]}`, goodBody, payload.ErrMalformed},
	{"header: alg in another case", `{"alg":"hs256"}`, goodBody, payload.ErrUnknownKey},
	{"header: alg none", `{"alg":"none"}`, goodBody, payload.ErrUnknownKey},
	{"header: another alg", `{"alg":"HS512"}`, goodBody, payload.ErrUnknownKey},
	{"header: name twice", `{"alg":"HS256","typ":"JWT","typ":"JWT"}`, goodBody, payload.ErrMalformed},
	{"header: name twice, escaped", `{"alg":"none","\u0061lg":"HS256"}`, goodBody, payload.ErrMalformed},
	{"header: name twice inside", `{"alg":"HS256","jwk":{"k":1,"k":2}}`, goodBody, payload.ErrMalformed},
	{"header: Alg", `{"alg":"HS256","Alg":"none"}`, goodBody, payload.ErrMalformed},
	{"header: CRIT", `{"alg":"HS256","CRIT":["x"]}`, goodBody, payload.ErrMalformed},
	{"header: crit", `{"alg":"HS256","crit":["x"],"x":1}`, goodBody, payload.ErrMalformed},
	{"header: crit null", `{"alg":"HS256","crit":null}`, goodBody, payload.ErrMalformed},
	{"header: crit escaped", `{"alg":"HS256","cr\u0069t":["x"]}`, goodBody, payload.ErrMalformed},
	{"header: b64", `{"alg":"HS256","b64":false}`, goodBody, payload.ErrMalformed},
	{"header: typ JWE", `{"alg":"HS256","typ":"JWE"}`, goodBody, payload.ErrMalformed},
	{"header: typ empty", `{"alg":"HS256","typ":""}`, goodBody, payload.ErrMalformed},
	{"header: typ of nothing", `{"alg":"HS256","typ":"application/"}`, goodBody, payload.ErrMalformed},
	{"header: typ of two slashes", `{"alg":"HS256","typ":"application/x/JWT"}`, goodBody, payload.ErrMalformed},
	{"header: typ of another top", `{"alg":"HS256","typ":"text/JWT"}`, goodBody, payload.ErrMalformed},
	{"header: typ null", `{"alg":"HS256","typ":null}`, goodBody, payload.ErrMalformed},
	{"header: kid null", `{"alg":"HS256","kid":null}`, goodBody, payload.ErrMalformed},
	{"header: kid number", `{"alg":"HS256","kid":1}`, goodBody, payload.ErrMalformed},
	{"header: kid empty", `{"alg":"HS256","kid":""}`, goodBody, payload.ErrUnknownKey},
	{"header: kid unknown", `{"alg":"HS256","kid":"x"}`, goodBody, payload.ErrUnknownKey},
	{"header: deep", `{"alg":"HS256","x":` + strings.Repeat("[", 9) + strings.Repeat("]", 9) + `}`, goodBody, payload.ErrMalformed},

	{"body: list", goodHeader, `[]`, payload.ErrMalformed},
	{"body: text", goodHeader, `"x"`, payload.ErrMalformed},
	{"body: null", goodHeader, `null`, payload.ErrMalformed},
	{"body: trailing", goodHeader, goodBody + "{}", payload.ErrMalformed},
	{"body: BOM", goodHeader, "\ufeff" + goodBody, payload.ErrMalformed},
	{"body: not UTF-8", goodHeader, with("\"x\":\"\xff\""), payload.ErrMalformed},
	{"body: too deep", goodHeader, deep(32), payload.ErrMalformed},
	{"body: name twice", goodHeader, with(`"roles":["root"]`), payload.ErrMalformed},
	{"body: name twice, escaped", goodHeader, with(`"r\u006fles":["root"]`), payload.ErrMalformed},
	{"body: name twice inside", goodHeader, with(`"x":[{"a":{"b":1,"c":2,"b":3}}]`), payload.ErrMalformed},
	{"body: name twice among many", goodHeader, with(manyNames(50) + `,"n49":1`), payload.ErrMalformed},
	{"body: early name twice among many", goodHeader, with(manyNames(50) + `,"n00":1`), payload.ErrMalformed},
	{"body: the first name twice among many", goodHeader, with(manyNames(50) + `,"iss":"https://issuer.example"`), payload.ErrMalformed},
	{"body: roles twice among many", goodHeader, with(manyNames(50) + `,"roles":[]`), payload.ErrMalformed},
	{"body: Roles", goodHeader, with(`"Roles":["root"]`), payload.ErrMalformed},
	{"body: role\u017f", goodHeader, with("\"role\u017f\":[\"root\"]"), payload.ErrMalformed},
	{"body: EXP", goodHeader, with(`"EXP":1`), payload.ErrMalformed},
	{"body: Roles instead", goodHeader, replace(`"roles"`, `"Roles"`), payload.ErrMalformed},
	{"body: ACCOUNT", goodHeader, with(`"ACCOUNT":"a2"`), payload.ErrMalformed},
	{"body: Tenant inside", goodHeader, with(`"profile":{"Tenant":"t2"}`), payload.ErrMalformed},
	{"body: Tenant inside a list", goodHeader, with(`"profile":{"inside":[{"tenant":"a"},{"TENANT":"t2"}]}`), payload.ErrMalformed},

	{"exp missing", goodHeader, replace(`"exp":1767229200,`, ``), payload.ErrClaims},
	{"exp text", goodHeader, replace(`1767229200`, `"1767229200"`), payload.ErrClaims},
	{"exp null", goodHeader, replace(`1767229200`, `null`), payload.ErrClaims},
	{"exp negative", goodHeader, replace(`1767229200`, `-1`), payload.ErrClaims},
	{"exp in milliseconds", goodHeader, replace(`1767229200`, `1767229200000`), payload.ErrClaims},
	{"exp beyond int64", goodHeader, replace(`1767229200`, `9223372036854775808`), payload.ErrClaims},
	{"exp 1e300", goodHeader, replace(`1767229200`, `1e300`), payload.ErrClaims},
	{"exp 1e999999999", goodHeader, replace(`1767229200`, `1e999999999`), payload.ErrClaims},
	{"exp with ten digits after the point", goodHeader, replace(`1767229200`, `1767229200.0123456789`), payload.ErrClaims},
	{"nbf text", goodHeader, replace(`"nbf":1767225600`, `"nbf":""`), payload.ErrClaims},
	{"iat list", goodHeader, replace(`"iat":1767225600`, `"iat":[1]`), payload.ErrClaims},
	{"iss number", goodHeader, replace(`"https://issuer.example"`, `7`), payload.ErrClaims},
	{"sub number", goodHeader, replace(`"u1"`, `7`), payload.ErrClaims},
	{"typ null", goodHeader, replace(`"access"`, `null`), payload.ErrClaims},
	{"aud number", goodHeader, replace(`"api"`, `7`), payload.ErrClaims},
	{"aud null", goodHeader, replace(`"api"`, `null`), payload.ErrClaims},
	{"aud mixed", goodHeader, replace(`"api"`, `["api",7]`), payload.ErrClaims},
	{"aud with null", goodHeader, replace(`"api"`, `["api",null]`), payload.ErrClaims},
	{"roles text", goodHeader, replace(`["admin","user"]`, `"superadmin"`), payload.ErrClaims},
	{"roles number", goodHeader, replace(`["admin","user"]`, `7`), payload.ErrClaims},
	{"roles object", goodHeader, replace(`["admin","user"]`, `{"admin":true}`), payload.ErrClaims},
	{"roles nested", goodHeader, replace(`["admin","user"]`, `[["admin"]]`), payload.ErrClaims},
	{"roles with null", goodHeader, replace(`["admin","user"]`, `["admin",null]`), payload.ErrClaims},
	{"account number", goodHeader, replace(`"a1"`, `7`), payload.ErrClaims},
	{"account of another type inside", goodHeader, with(`"profile":{"tags":[1]}`), payload.ErrClaims},

	{"iss another", goodHeader, replace(`issuer.example"`, `issuer.example/"`), payload.ErrIssuer},
	{"iss missing", goodHeader, replace(`"iss":"https://issuer.example",`, ``), payload.ErrIssuer},
	{"aud another", goodHeader, replace(`"api"`, `"API"`), payload.ErrAudience},
	{"aud list of others", goodHeader, replace(`"api"`, `["ap","apis",""]`), payload.ErrAudience},
	{"aud empty list", goodHeader, replace(`"api"`, `[]`), payload.ErrAudience},
	{"aud missing", goodHeader, replace(`"aud":"api",`, ``), payload.ErrAudience},
	{"typ refresh", goodHeader, replace(`"access"`, `"refresh"`), payload.ErrType},
	{"typ missing", goodHeader, replace(`"typ":"access",`, ``), payload.ErrType},
	{"nbf in a second", goodHeader, replace(`"nbf":1767225600`, `"nbf":1767225601`), payload.ErrNotYetValid},
	{"nbf in a moment", goodHeader, replace(`"nbf":1767225600`, `"nbf":1767225600.000000001`), payload.ErrNotYetValid},
	{"iat in a second", goodHeader, replace(`"iat":1767225600`, `"iat":1767225601`), payload.ErrNotYetValid},
	{"exp now", goodHeader, replace(`1767229200`, `1767225600`), payload.ErrExpired},
	{"exp zero", goodHeader, replace(`1767229200`, `0`), payload.ErrExpired},
	{"expired, and for another audience", goodHeader,
		strings.Replace(replace(`1767229200`, `1`), `"api"`, `"x"`, 1), payload.ErrAudience},
}

func manyNames(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = `"n` + string(rune('0'+i/10)) + string(rune('0'+i%10)) + `":0`
	}
	return strings.Join(names, ",")
}

func TestVerifyRefuses(t *testing.T) {
	v := verifier[Claims](t)
	for _, tt := range refusalTests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := v.Verify(ctx, mint(t, tt.header, tt.body))
			if class := refused(t, err); class != tt.want {
				t.Errorf("class %v, want %v", class, tt.want)
			}
			if !reflect.DeepEqual(got, Claims{}) {
				t.Errorf("claims of a refused token: %+v", got)
			}
		})
	}
}

// The edges of what is refused above are accepted.
func TestVerifyEdges(t *testing.T) {
	for name, body := range map[string]string{
		"as deep as allowed":       deep(31),
		"many names":               with(manyNames(60)),
		"exp in a nanosecond":      replace(`1767229200`, `1767225600.000000001`),
		"exp at the end of 9999":   replace(`1767229200`, `253402300799.999999999`),
		"nbf 0":                    replace(`"nbf":1767225600`, `"nbf":0`),
		"no nbf and iat":           replace(`"nbf":1767225600,"iat":1767225600,`, ``),
		"aud list":                 replace(`"api"`, `["x","api"]`),
		"escaped":                  replace(`"roles":["admin"`, `"\u0072oles":["\u0061dmin"`),
		"white space":              strings.ReplaceAll(goodBody, ",", " \r\n\t, "),
		"another case in a map":    with(`"profile":{"extra":{"Tenant":1,"tenant":2,"X":3}}`),
		"another case out of view": with(`"x":{"Roles":1,"roles":2}`),
	} {
		if _, err := verifier[Claims](t).Verify(ctx, mint(t, goodHeader, body)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVerifyForm(t *testing.T) {
	good := mint(t, goodHeader, goodBody)
	parts := strings.Split(good, ".")
	join := func(p ...string) string { return strings.Join(p, ".") }
	v := verifier[Claims](t)
	for name, token := range map[string]string{
		"empty":                "",
		"dots":                 "..",
		"many dots":            strings.Repeat(".", 5000),
		"two segments":         join(parts[0], parts[1]),
		"no signature":         join(parts[0], parts[1], ""),
		"four segments":        join(parts[0], parts[1], parts[2], ""),
		"no header":            join("", parts[1], parts[2]),
		"no payload":           join(parts[0], "", parts[2]),
		"blank before":         " " + good,
		"line break after":     good + "\n",
		"line break inside":    join(parts[0], parts[1], parts[2][:9]+"\r\n"+parts[2][9:]),
		"line break in header": join(parts[0][:4]+"\n"+parts[0][4:], parts[1], parts[2]),
		"Bearer":               "Bearer " + good,
		"padded":               good + "=",
		"standard alphabet":    strings.Replace(good, "-", "+", 1) + "/",
		"NUL":                  good + "\x00",
		"not ASCII":            good + "é",
		"JSON":                 `{"payload":"` + parts[1] + `"}`,
		"length 1 mod 4":       join(parts[0], parts[1], parts[2]+"AA"),
		"longer than 8 KiB":    mint(t, goodHeader, with(`"x":"`+strings.Repeat("x", 6000)+`"`)),
	} {
		_, err := v.Verify(ctx, token)
		if class := refused(t, err); class != payload.ErrMalformed {
			t.Errorf("%s: %v", name, class)
		}
	}
}

// Every other last character that decodes to the same bytes is refused, in each segment.
func TestVerifyCanonical(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	v, tried := verifier[Claims](t), 0
	for pad := range 3 { // so that the body ends in each of the ways there are
		good := mint(t, goodHeader, with(`"x":"`+strings.Repeat("x", pad)+`"`))
		parts := strings.Split(good, ".")
		for i, part := range parts {
			want, _ := base64.RawURLEncoding.DecodeString(part)
			for _, c := range alphabet {
				other := part[:len(part)-1] + string(c)
				got, err := base64.RawURLEncoding.DecodeString(other)
				if err != nil || other == part || string(got) != string(want) {
					continue
				}
				tried++
				token := strings.Join(append(append(append([]string{}, parts[:i]...), other), parts[i+1:]...), ".")
				if _, err := v.Verify(ctx, token); !errors.Is(err, payload.ErrInvalid) {
					t.Errorf("segment %d ends in %c: %v", i, c, err)
				}
			}
		}
	}
	if tried == 0 {
		t.Error("nothing was tried")
	}
}

func TestNoVerifier(t *testing.T) {
	var missing *payload.Verifier[Claims]
	for _, v := range []*payload.Verifier[Claims]{missing, new(payload.Verifier[Claims])} {
		if _, err := v.Verify(ctx, mint(t, goodHeader, goodBody)); refused(t, err) != payload.ErrUnknownKey {
			t.Error(err)
		}
	}
}

// A large id that lands in an interface must not become its neighbour.
func TestVerifyNumbers(t *testing.T) {
	const id = "9007199254740993"
	token := mint(t, goodHeader, with(`"id":`+id+`,"profile":{"extra":{"id":`+id+`}}`))
	loose, err := verifier[map[string]any](t).Verify(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := verifier[Claims](t).Verify(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []any{loose["id"], claims.Profile.Extra["id"]} {
		if n, ok := got.(interface{ String() string }); !ok || n.String() != id {
			t.Errorf("id = %v (%T)", got, got)
		}
	}
}
